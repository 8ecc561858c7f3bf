"""A coverage: one live page, its clock, its summary."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.domain.clock import Clock


@dataclass(frozen=True, slots=True)
class Seen:
    """What an entry said when a bullet that rests on it was last confirmed, as a digest of its words."""

    entry_id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class SummaryPoint:
    """A bullet at the top of the page, bound to the entries it rests on.

    `seen` and `confirmed_at` are the desk's own: what those entries said when somebody last held the bullet true.
    """

    id: UUID
    text: str
    rests_on: tuple[UUID, ...] = ()
    seen: tuple[Seen, ...] = ()
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """A note to the next shift. `taken_by` is who took over, "" while nobody has."""

    note: str
    by: str
    at: datetime
    taken_by: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A live page. `zone` is the IANA zone readers see times in; `house` names the profile that words the page.

    `planned_for` is when coverage is meant to start. `handovers`, oldest first, never leave the desk.
    """

    id: UUID
    headline: str
    zone: str = "Europe/London"
    house: str = "default"
    description: str = ""
    clock: Clock = ()
    summary: tuple[SummaryPoint, ...] = ()
    pinned: UUID | None = None
    planned_for: datetime | None = None
    handovers: tuple[Handover, ...] = ()
