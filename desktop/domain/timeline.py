"""The order of entries on a page, and where pages are cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

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

    `live_at` is when the endpoint acknowledged what readers have, None when they have nothing. `embeds` and
    `images` count blocks. `changed_at` is the last save on the desk.
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
