"""The bullets of a page: what each rests on, whether that still says what it said, and the versions that are kept."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from desktop.domain.coverage import Seen, SummaryPoint
from desktop.domain.entry import Entry, words_of

LONGEST_BULLET: Final = 25  # words: what is read at a glance
LONGEST_SUMMARY: Final = 100
_NOTHING: Final = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """An entry on the desk that a bullet may rest on. `words` is a digest of what it says, and of its withdrawal."""

    entry_id: UUID
    at: datetime
    headline: str
    words: str
    is_withdrawn: bool = False


Grounds = Mapping[UUID, Ground]
"""What bullets rest on, by the entry's id; one that is in the bin or gone is not in it."""


class Doubt(StrEnum):
    """Why a bullet may no longer be true."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


class Keeping(StrEnum):
    """Why a version of the summary was kept."""

    CHANGED = "changed"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class SummaryVersion:
    """One kept version of a coverage's bullets; `number` counts from 1."""

    id: UUID
    number: int
    points: tuple[SummaryPoint, ...]
    keeping: Keeping
    author: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class LiveSummary:
    """The bullets an endpoint acknowledged to hold, and when it did."""

    points: tuple[SummaryPoint, ...]
    accepted_at: datetime


def ground(entry: Entry) -> Ground:
    """Return an entry as something a bullet rests on."""
    said = f"{words_of(entry)}\0{entry.withdrawal.reason if entry.withdrawal else _NOTHING}"
    words = hashlib.sha256(said.encode()).hexdigest()
    return Ground(entry.id, entry.at, entry.headline, words, entry.withdrawal is not None)


def doubts(point: SummaryPoint, grounds: Grounds) -> tuple[tuple[UUID, Doubt], ...]:
    """Return the entries that make a bullet doubtful: they say something else than when it was last confirmed."""
    seen = {each.entry_id: each.words for each in point.seen}
    found = ((entry_id, _doubt(seen.get(entry_id), grounds.get(entry_id))) for entry_id in point.rests_on)
    return tuple((entry_id, doubt) for entry_id, doubt in found if doubt is not None)


def _doubt(seen: str | None, stands: Ground | None) -> Doubt | None:
    """An entry nobody has confirmed a bullet by, as after an import, is doubtful only once it is taken back."""
    if stands is None:
        return None if seen == _NOTHING else Doubt.GONE
    if seen == stands.words:
        return None
    if stands.is_withdrawn:
        return Doubt.WITHDRAWN
    return None if seen is None else Doubt.CHANGED


def confirmed(point: SummaryPoint, grounds: Grounds, now: datetime) -> SummaryPoint:
    """Return a bullet that somebody holds true as its entries stand now."""
    seen = tuple(Seen(entry_id, _words(grounds, entry_id)) for entry_id in point.rests_on)
    return replace(point, seen=seen, confirmed_at=now)


def settled(
    before: Iterable[SummaryPoint], after: Iterable[SummaryPoint], grounds: Grounds, now: datetime
) -> tuple[SummaryPoint, ...]:
    """Return bullets as they are kept: one with new words is confirmed by them, a new bond by being made."""
    known = {point.id: point for point in before}
    return tuple(_settled(known.get(point.id), point, grounds, now) for point in after)


def _settled(before: SummaryPoint | None, point: SummaryPoint, grounds: Grounds, now: datetime) -> SummaryPoint:
    if before is None or before.text != point.text:
        return confirmed(point, grounds, now)
    bound = frozenset(point.rests_on)
    kept = tuple(seen for seen in point.seen if seen.entry_id in bound)
    new = tuple(Seen(each, _words(grounds, each)) for each in point.rests_on if each not in before.rests_on)
    return replace(point, seen=(*kept, *new)) if (kept, new) != (point.seen, ()) else point


def _words(grounds: Grounds, entry_id: UUID) -> str:
    return grounds[entry_id].words if entry_id in grounds else _NOTHING


def count_words(text: str) -> int:
    """Count the words of a bullet."""
    return len(text.split())


def says_the_same(one: Iterable[SummaryPoint], other: Iterable[SummaryPoint]) -> bool:
    """Tell whether readers would see no difference between two summaries."""
    return [(point.text, point.rests_on) for point in one] == [(point.text, point.rests_on) for point in other]
