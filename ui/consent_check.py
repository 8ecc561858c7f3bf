"""The command that puts a page to the proof, and keeps the evidence."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from desktop.cli.command import Command, say
from desktop.cli.workspace import find_coverage, opened
from desktop.consent.catalogue import catalogue, named
from desktop.domain import moment
from desktop.domain.problem import InUse, InvalidValue
from desktop.domain.proof import Proof as Kept
from ui.proof import evidence, subject
from ui.proof.kept import kept
from ui.proof.plan import Played
from ui.proof.proof import Proof, plans
from ui.proof.results import Result
from ui.proof.subject import Subject

# How often a proof that nobody watches tells how far it is.
_TELLS: Final = 10


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("coverage", nargs="?", help="a coverage's id, the start of one, or its headline")
    parser.add_argument("--page", metavar="FILE_OR_URL", help="a page on disk, or one this computer serves, instead")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the evidence is written")
    parser.add_argument(
        "--scenario",
        action="append",
        default=[],
        metavar="S",
        help=f"play this one alone; may be repeated: {', '.join(each.name for each in catalogue())}",
    )


def _check(args: Namespace) -> int:
    scenarios = named(tuple(args.scenario))
    subjects, kept_of = _subjects(args)
    laid = plans(subjects, scenarios)
    begun = moment.now()
    proof = Proof(laid, args.out, _Progress(len(laid)))
    results = asyncio.run(proof.run())
    report = evidence.write(args.out, results, subjects, begun)
    data = {**evidence.summary(results, subjects, begun), "report": str(report)}
    said = evidence.outcome(results)
    if kept_of is not None:
        planned = len(plans(subjects, catalogue()))
        _keep(args, partial(kept, *kept_of, results, planned, report.resolve()))
    say(args, data, "\n".join((said.sentence, *_lines(results), f"Evidence: {report}")))
    return 0 if said.is_good else 1


def _keep(args: Namespace, proof: Callable[[Path, datetime], Kept]) -> None:
    """Keep the proof in the workspace, unless a window has it open: it proves for itself."""
    try:
        with opened(args, writes=True) as workspace:
            workspace.keep_proof(proof(workspace.store.folder, moment.now()))
    except InUse as problem:
        sys.stderr.write(f"newsroom: The proof was not kept. {problem}\n")


def _subjects(args: Namespace) -> tuple[tuple[Subject, ...], tuple[UUID, dict[str, str]] | None]:
    """Return the pages, and for a coverage whose they are and what a proof of them stands on."""
    if (args.coverage is None) == (args.page is None):
        message = "Name a coverage, or a page with --page."
        raise InvalidValue(message)
    if args.page is None:
        with opened(args, writes=False) as workspace:
            coverage_id = find_coverage(workspace, args.coverage)
            parts = workspace.gated_parts(coverage_id)
            return subject.of_site(workspace.site(coverage_id), workspace.media_path), (coverage_id, parts)
    if "://" in args.page:
        return (asyncio.run(subject.of_address(args.page)),), None
    return (subject.of_file(Path(args.page)),), None


def _lines(results: tuple[Result, ...]) -> list[str]:
    lines: list[str] = []
    for result in results:
        if isinstance(result, Played):
            verdict = result.verdict
            lines += [f"  {result.plan.name}: beyond the forecast: {each}" for each in verdict.exceeded]
            lines += [f"  {result.plan.name}: {each}" for each in verdict.failed]
            lines += [f"  {result.plan.name}: worth a look: {each}" for each in verdict.noticed]
        else:
            lines.append(f"  {result.plan.name}: not played: {result.why}")
    return lines


class _Progress:
    """Tells how far the proof is: a terminal at each rehearsal, a file or a pipe ten times in all."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._done = 0

    def __call__(self, result: Result) -> None:
        self._done += 1
        said = f"{self._done} of {self._count}: {result.plan.name}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{said}{self._end()}")
        elif self._done * _TELLS // self._count > (self._done - 1) * _TELLS // self._count:
            sys.stderr.write(f"{said}\n")
        sys.stderr.flush()

    def _end(self) -> str:
        return "\n" if self._done == self._count else ""


COMMANDS = {"consent-check": Command(_check, _configure)}
