"""The order of entries on a page, and where pages are cut."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from desktop.domain.clock import Clock, ClockEvent, ClockTurn
from desktop.domain.status import Status

if TYPE_CHECKING:  # rows are shown by the first paint, which waits for no block of an entry
    from desktop.domain.entry import Entry

ENTRIES_PER_PAGE = 20

Item = TypeVar("Item")


def order_key(entry: "Entry") -> tuple[datetime, UUID]:
    """Return what entries are ordered by; the id, made in order, decides between equal times."""
    return (entry.at, entry.id)


def newest_first(entries: "Iterable[Entry]") -> "tuple[Entry, ...]":
    """Return entries as readers see them."""
    return tuple(sorted(entries, key=order_key, reverse=True))


def front_page(newest: Sequence[Item], size: int = ENTRIES_PER_PAGE) -> Sequence[Item]:
    """Return the newest entries; the front page may overlap the next."""
    return newest[:size]


def older_pages(newest: Sequence[Item], size: int = ENTRIES_PER_PAGE) -> tuple[Sequence[Item], ...]:
    """Cut all entries into pages counted from the OLDEST, so that a new entry never shifts an older page.

    Page 1 holds the oldest `size` entries. Each page is newest first. The last, newest page may be short.
    """
    count = len(newest)
    return tuple(newest[max(0, count - start - size) : count - start] for start in range(0, count, size))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """An entry as the timeline lists it. `note` says what is behind the status: a refusal, a withdrawal's reason.

    `live_at` is when the endpoint acknowledged what readers have, None when they have nothing. `live_by`
    is who of another desk put that there, `theirs_by` who put a version over it that this desk has not taken over;
    both "" when nobody did. `embeds` and `images` count blocks. `changed_at` is the last save on the desk.
    """

    id: UUID
    at: datetime
    headline: str
    status: Status
    note: str = ""
    live_at: datetime | None = None
    changed_at: datetime
    author: str = ""
    is_key_moment: bool = False
    is_pinned: bool = False
    embeds: int = 0
    images: int = 0
    live_by: str = ""
    theirs_by: str = ""


@dataclass(frozen=True, slots=True)
class Boundary:
    """What lies between a row and the newer one above it.

    `page` is the page that begins here, counted from the oldest as permalinks are, 0 where none does. `turns` are
    the clock's turns, newest first.
    """

    page: int = 0
    turns: tuple[ClockEvent, ...] = ()


def boundaries(rows: Sequence[TimelineRow], clock: Clock, size: int = ENTRIES_PER_PAGE) -> dict[UUID, Boundary]:
    """Return the boundaries among rows, newest first, by the row below each; drafts are on no page."""
    on_page = [row.id for row in rows if row.status is not Status.DRAFT]
    count = len(on_page)
    found = {on_page[count - end]: Boundary(page=end // size) for end in range(size, count, size)}
    for event in clock:
        if event.turn is ClockTurn.STARTED:
            continue
        at = bisect_left(rows, -event.at.timestamp(), key=_older)
        if at < len(rows):
            below = rows[at].id
            known = found.get(below, Boundary())
            found[below] = replace(known, turns=(event, *known.turns))
    return found


def days(rows: Sequence[TimelineRow], zone: tzinfo) -> tuple[date, ...]:
    """Return the days rows lie on in a zone, newest first, looking at no more than a few rows a day."""
    found: list[date] = []
    at = 0
    while at < len(rows):
        found.append(rows[at].at.astimezone(zone).date())
        at = bisect_left(rows, -span(found[-1], zone)[0].timestamp(), lo=at, key=_older)
        while at < len(rows) and rows[at].at.astimezone(zone).date() == found[-1]:
            at += 1
    return tuple(found)


def span(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when a day begins in a zone and when the next one does, in UTC; some are 23 or 25 hours long."""
    begins = (datetime.combine(each, time.min, zone) for each in (day, day + timedelta(days=1)))
    start, end = (each.astimezone(UTC) for each in begins)
    return start, end


def _older(row: TimelineRow) -> float:
    return -row.at.timestamp()
