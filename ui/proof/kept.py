"""What is kept of a proof in the workspace: the small record, beside the folder of evidence it names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desktop.domain.identity import new_id
from desktop.domain.proof import Proof, Rehearsed, Went
from ui.proof.plan import Played
from ui.proof.results import Result


def rehearsed(result: Result, folder: str = "") -> Rehearsed:
    """Return what is kept of one rehearsal; `folder` is where the evidence of its run lies."""
    plan = result.plan
    if isinstance(result, Played):
        went = Went.HELD if result.verdict.is_good else Went.FAILED
        evidence = f"{folder}/{plan.name}" if folder else ""
        return Rehearsed(plan.name, plan.scenario.title, went, result.verdict.sentence, evidence)
    return Rehearsed(plan.name, plan.scenario.title, Went.FAILED if result.is_failure else Went.LEFT, result.why)


def kept(
    coverage_id: UUID,
    parts: Mapping[str, str],
    results: Sequence[Result],
    planned: int,
    report: Path,
    workspace: Path,
    at: datetime,
) -> Proof:
    """Return a proof to be kept; the evidence is named from the workspace's folder where it lies inside it."""
    folder = report.parent
    if folder.resolve().is_relative_to(workspace.resolve()):
        folder = folder.resolve().relative_to(workspace.resolve())
    return Proof(
        id=new_id(),
        coverage_id=coverage_id,
        at=at,
        parts=parts,
        rehearsed=tuple(rehearsed(each, folder.as_posix()) for each in results),
        planned=planned,
        report=(folder / report.name).as_posix(),
    )
