"""Where every entry of a coverage stands: kept in order, so that one change costs the same among 20 or 10,000."""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from desktop.domain.entry import Entry
from desktop.domain.timeline import order_key

FRONT: Final = "index.html"
Key = tuple[datetime, UUID]
Numbers = range
"""Numbers of pages, counted from the oldest, which is 1."""

_REMEMBERED: Final = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One document: its file's name, its entries newest first, where readers are ("page 2 of 5"), its neighbours.

    `newer` and `older` are file names, "" where there is none.
    """

    path: str
    entries: tuple[Entry, ...]
    position: int
    total: int
    newer: str = ""
    older: str = ""


class Layout:
    """The entries of a coverage on their pages. Pages are cut from the OLDEST entry; `size` is how many fit on one."""

    def __init__(self, size: int, entries: Iterable[Entry] = ()) -> None:
        self.size = size
        self._entries = {entry.id: entry for entry in entries}
        self._order = sorted(map(order_key, self._entries.values()))
        self._moments = sorted(order_key(entry) for entry in self._entries.values() if _is_moment(entry))
        self._changed = sorted(_change(entry) for entry in self._entries.values() if _is_changed(entry))
        self._gone: deque[UUID] = deque(maxlen=_REMEMBERED)

    def __len__(self) -> int:
        return len(self._order)

    def get(self, entry_id: UUID) -> Entry | None:
        """Return an entry, None when there is none of that id."""
        return self._entries.get(entry_id)

    @property
    def entries(self) -> Mapping[UUID, Entry]:
        """Every entry by its id, in no order."""
        return self._entries

    @property
    def total(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self._order) // self.size))

    @property
    def last(self) -> datetime | None:
        """When an entry was last published or changed, None when there is none."""
        known = [keys[-1][0] for keys in (self._order, self._changed) if keys]
        return max(known, default=None)

    def number_of(self, entry_id: UUID) -> int:
        """Return the page an entry stays on, counted from the oldest; an unknown entry is a KeyError."""
        return bisect_left(self._order, order_key(self._entries[entry_id])) // self.size + 1

    def permalink(self, entry_id: UUID) -> str:
        """Return the address that stays an entry's own: its page is counted from the oldest, so it never shifts."""
        return f"{page_name(self.number_of(entry_id))}#{entry_id}"

    def newest(self, most: int | None = None) -> tuple[Entry, ...]:
        """Return the newest entries, newest first; as many as fit on the front page unless `most` says otherwise."""
        start = max(0, len(self._order) - (self.size if most is None else most))
        return self._cut(start, len(self._order))

    def moments(self) -> tuple[Entry, ...]:
        """Return the key moments that still stand, newest first."""
        return tuple(self._entries[entry_id] for _, entry_id in reversed(self._moments))

    def changed_lately(self, most: int = _REMEMBERED) -> tuple[Entry, ...]:
        """Return the entries off the front page that changed last, the last changed first."""
        front = {entry_id for _, entry_id in self._order[-self.size :]}
        found = (self._entries[entry_id] for _, entry_id in reversed(self._changed) if entry_id not in front)
        return tuple(entry for entry, _ in zip(found, range(most), strict=False))

    def gone(self) -> tuple[UUID, ...]:
        """Return the entries taken down last, for pages that still show them."""
        return tuple(self._gone)

    def paths(self) -> Iterator[str]:
        """Yield the name of every document, the front page first, then from the newest to the oldest."""
        yield FRONT
        if self._order:
            yield from map(page_name, range(self.total, 0, -1))

    def page(self, path: str) -> Page | None:
        """Return a document of the site, None when there is none of that name."""
        count, total = len(self._order), self.total
        if path == FRONT:
            older = page_name(total - 1) if total > 1 else ""
            return Page(FRONT, self.newest(), 1, total, "", older)
        written = path.removeprefix("page-").removesuffix(".html")
        number = int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 - more pages than anybody writes
        if page_name(number) != path or not count or not 1 <= number <= total:
            return None
        position = total - number + 1
        newer = "" if position == 1 else FRONT if position == 2 else page_name(number + 1)  # noqa: PLR2004 - the one after the front page
        older = page_name(number - 1) if number > 1 else ""
        entries = self._cut((number - 1) * self.size, min(number * self.size, count))
        return Page(path, entries, position, total, newer, older)

    def put(self, entry: Entry) -> Numbers:
        """Put a new or changed entry in its place; returns the pages that look different now, the front page aside."""
        before, total = self._entries.get(entry.id), self.total
        key = order_key(entry)
        if before is not None and order_key(before) == key:
            self._forget(before)
            self._note(entry)
            number = self.number_of(entry.id)
            return range(number, number + 1)
        first = total if before is None else self._take(before)
        insort(self._order, key)
        self._note(entry)
        return self._pages_from(min(first, self.number_of(entry.id)), total)

    def take_down(self, entry_id: UUID) -> Numbers:
        """Take an entry away for good; returns the pages that look different now."""
        entry, total = self._entries.get(entry_id), self.total
        if entry is None:
            return range(0)
        first = self._take(entry)
        self._gone.append(entry_id)
        return self._pages_from(first, total)

    def _pages_from(self, first: int, total_before: int) -> Numbers:
        # Every page says how many there are.
        return range(first if self.total == total_before else 1, self.total + 1)

    def _take(self, entry: Entry) -> int:
        number = self.number_of(entry.id)
        self._forget(entry)
        del self._entries[entry.id]
        del self._order[bisect_left(self._order, order_key(entry))]
        return number

    def _note(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        if _is_moment(entry):
            insort(self._moments, order_key(entry))
        if _is_changed(entry):
            insort(self._changed, _change(entry))

    def _forget(self, entry: Entry) -> None:
        if _is_moment(entry):
            del self._moments[bisect_left(self._moments, order_key(entry))]
        if _is_changed(entry):
            del self._changed[bisect_left(self._changed, _change(entry))]

    def _cut(self, start: int, end: int) -> tuple[Entry, ...]:
        return tuple(self._entries[entry_id] for _, entry_id in reversed(self._order[start:end]))


def page_name(number: int) -> str:
    """Return the name of a page counted from the oldest, which is 1."""
    return f"page-{number}.html"


def changed_at(entry: Entry) -> datetime:
    """Return when an entry last gave readers something else."""
    moments = [entry.at, *(correction.at for correction in entry.corrections)]
    moments += [at for at in (entry.edited_at, entry.withdrawal and entry.withdrawal.at) if at]
    return max(moments)


def _is_moment(entry: Entry) -> bool:
    return entry.is_key_moment and entry.withdrawal is None


def _is_changed(entry: Entry) -> bool:
    return bool(entry.edited_at or entry.corrections or entry.withdrawal)


def _change(entry: Entry) -> Key:
    return (changed_at(entry), entry.id)
