"""A kept proof: which rehearsals of a page were played, how they went, and what exactly they were played on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from desktop.domain.members import Json, Reader, read_text
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr, tr_count

WORDING: Final = "wording"
"""The part of a page that is no embed: how the house words its gates, and the script that works them."""


class Went(StrEnum):
    """How one rehearsal went: it held, it did not, or it says nothing about this page and was left out."""

    HELD = "held"
    FAILED = "failed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One rehearsal. `name` tells it from the others, `sentence` is its verdict, `evidence` the folder that shows it.

    `scenario` is what was played, in words. The folder is "" where nothing was written.
    """

    name: str
    scenario: str
    went: Went
    sentence: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a coverage's page, and when.

    `parts` has the SHA-256 of each part the proof stands on: an embed by its element's id, and WORDING. `planned` is
    how many rehearsals make it whole. `report` is the path of the readable evidence, "" when none was written.
    """

    id: UUID
    coverage_id: UUID
    at: datetime
    parts: Mapping[str, str]
    rehearsed: tuple[Rehearsed, ...]
    planned: int
    report: str = ""

    @property
    def verdict(self) -> str:
        """What the proof comes down to, in one sentence."""
        held = sum(each.went is Went.HELD for each in self.rehearsed)
        if failing := self.failing:
            played = held + len(failing)
            return (
                tr_count(
                    "{count} of {played} rehearsal did not hold.",
                    "{count} of {played} rehearsals did not hold.",
                    played,
                ).format(count=len(failing), played=played)
                + f" {failing[0].scenario}: {failing[0].sentence}"
            )
        if not held:
            return tr("Nothing was rehearsed.")
        return tr_count(
            "0 third-party requests before consent, in {count} rehearsal.",
            "0 third-party requests before consent, in {count} rehearsals.",
            held,
        ).format(count=held)

    @property
    def failing(self) -> tuple[Rehearsed, ...]:
        """The rehearsals that did not hold."""
        return tuple(each for each in self.rehearsed if each.went is Went.FAILED)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was planned was played."""
        return len(self.rehearsed) >= self.planned


class Standing(StrEnum):
    """What a page's last proof is worth for the page as it is now."""

    NOT_NEEDED = "not needed"
    MISSING = "missing"
    STALE = "stale"
    PARTIAL = "partial"
    FAILING = "failing"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Stood:
    """A page's standing, the proof it rests on, and which parts of the page that proof does not cover."""

    standing: Standing
    proof: Proof | None = None
    unproved: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether nothing speaks against showing the page to readers."""
        return self.standing in {Standing.NOT_NEEDED, Standing.GOOD}


def stand(proof: Proof | None, parts: Mapping[str, str]) -> Stood:
    """Compare a page as it is now with its last proof; a page without embeds needs none."""
    embeds = sum(part != WORDING for part in parts)
    if not embeds:
        return Stood(Standing.NOT_NEEDED, proof)
    if proof is None:
        return Stood(Standing.MISSING, None, tuple(parts))
    unproved = tuple(part for part, digest in parts.items() if proof.parts.get(part) != digest)
    if unproved:
        return Stood(Standing.STALE, proof, unproved)
    if proof.failing:
        return Stood(Standing.FAILING, proof)
    return Stood(Standing.GOOD if proof.is_whole else Standing.PARTIAL, proof)


def shortfall(stood: Stood) -> str:
    """Say in one sentence what speaks against showing a page to readers; "" when nothing does."""
    match stood.standing:
        case Standing.NOT_NEEDED | Standing.GOOD:
            return ""
        case Standing.MISSING:
            return tr("What the embeds of this page load was never proved.")
        case Standing.STALE:
            return tr("The proof of this page is out of date: {changed} since.").format(
                changed=_changed(stood.unproved)
            )
        case Standing.PARTIAL:
            done = len(stood.proof.rehearsed) if stood.proof else 0
            planned = stood.proof.planned if stood.proof else 0
            return tr("The proof of this page is not whole: {done} of {planned} rehearsals were played.").format(
                done=done, planned=planned
            )
        case Standing.FAILING:
            failing = stood.proof.failing if stood.proof else ()
            count = f"{len(failing)} {'rehearsal' if len(failing) == 1 else 'rehearsals'}"
            return tr("The proof of this page failed in {count}, first in {scenario}.").format(
                count=count, scenario=failing[0].scenario
            )


def joined(before: Proof | None, after: Proof) -> Proof:
    """Join a run of some rehearsals to the proof before it, where both stand on the same parts of the page."""
    if before is None or dict(before.parts) != dict(after.parts) or before.planned != after.planned:
        return after
    anew = {each.name for each in after.rehearsed}
    return replace(after, rehearsed=(*(each for each in before.rehearsed if each.name not in anew), *after.rehearsed))


def proof_to_json(proof: Proof) -> Json:
    """Write what a proof says; its id, coverage and time are kept beside it."""
    return {
        "parts": dict(proof.parts),
        "planned": proof.planned,
        "report": proof.report,
        "rehearsed": [
            {
                "name": each.name,
                "scenario": each.scenario,
                "went": each.went.value,
                "sentence": each.sentence,
                "evidence": each.evidence,
            }
            for each in proof.rehearsed
        ],
    }


def proof_from_json(value: object, *, proof_id: UUID, coverage_id: UUID, at: datetime) -> Proof:
    """Read what a proof says; raises InvalidValue."""
    reader = Reader(value, "A kept proof")
    made = Proof(
        id=proof_id,
        coverage_id=coverage_id,
        at=at,
        parts=reader.one("parts", _parts) or {},
        rehearsed=reader.many("rehearsed", _rehearsed, required=True),
        planned=reader.whole("planned"),
        report=reader.text("report", ""),
    )
    reader.end()
    return made


def _parts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        message = tr("The parts of a kept proof are not an object.")
        raise InvalidValue(message)
    return {read_text(name): read_text(digest) for name, digest in value.items()}


def _rehearsed(value: object) -> Rehearsed:
    reader = Reader(value, "A rehearsal of a kept proof")
    went = reader.text("went")
    if went not in set(Went):
        message = tr("A rehearsal of a kept proof went “{went}”, which is not known here.").format(went=went[:20])
        raise InvalidValue(message)
    made = Rehearsed(
        reader.text("name"),
        reader.text("scenario"),
        Went(went),
        reader.text("sentence", ""),
        reader.text("evidence", ""),
    )
    reader.end()
    return made


def _changed(unproved: Sequence[str]) -> str:
    embeds = sum(part != WORDING for part in unproved)
    said = (
        [
            tr_count("{count} embed was added or changed", "{count} embeds were added or changed", embeds).format(
                count=embeds
            )
        ]
        if embeds
        else []
    )
    # New wording is in every embed: their number would only repeat it.
    return tr("the wording of its gates was changed") if WORDING in unproved else said[0]
