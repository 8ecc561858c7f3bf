"""What readers have against what will be sent: entry by entry, the pages they stand on, the summary, the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import orjson

from desktop.domain.blocks import List, Paragraph
from desktop.domain.comparison import Change, compare, is_changed
from desktop.domain.entry import Entry
from desktop.domain.members import Json, parse
from desktop.domain.outbox import PARKED, WAITING, OperationKind
from desktop.domain.text import text
from desktop.domain.timeline import order_key
from desktop.domain.wire import page_from_wire, summary_from_wire
from desktop.domain.words import tr
from desktop.page.house import House
from desktop.page.linked_data import update_data
from desktop.publish.remote import entry_of
from desktop.store.reading import Reading


class Coming(StrEnum):
    """What readers will see of an entry: it is new to them, says something else, or is taken back."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDifference:
    """One entry that will be sent.

    `pages` are the numbers of its page before and after, counted from the oldest, 0 before for a new one; `data`
    names the members of its structured data that change.
    """

    entry_id: UUID
    headline: str
    coming: Coming
    changes: tuple[Change, ...]
    pages: tuple[int, int]
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that will change. `pages` counts them before and after; `moved` are live entries that change pages.

    `page` and `summary` compare their lines, empty when nothing of them is sent.
    """

    entries: tuple[EntryDifference, ...] = ()
    page: tuple[Change, ...] = ()
    summary: tuple[Change, ...] = ()
    pages: tuple[int, int] = (0, 0)
    moved: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether readers have everything as it stands."""
        return not (self.entries or is_changed(self.page) or is_changed(self.summary))


def difference(reading: Reading, endpoint_id: UUID, coverage_id: UUID, house: House) -> Difference:
    """Compare what an endpoint acknowledged of a coverage with everything of it that is still to be sent there."""
    live = {
        (held.kind, held.target_id): reading.operation(held.operation_id).payload
        for held in reading.publications(endpoint_id, coverage_id)
    }
    left = reading.operations(endpoint_id=endpoint_id, coverage_id=coverage_id, states=WAITING | PARKED)
    sent = {(each.kind, each.target_id): each.payload for each in left}
    before = _entries(live, coverage_id)
    coming = _entries(sent, coverage_id)
    size, after = house.entries_per_page, before | coming
    was, will = _pages(before.values(), size), _pages(after.values(), size)
    zone = reading.coverage(coverage_id).zone
    entries = tuple(
        _entry(
            before.get(each.id),
            each,
            (was.get(each.id, 0), will[each.id]),
            _data(before.get(each.id), each, house, zone),
        )
        for each in sorted(coming.values(), key=order_key, reverse=True)
    )
    page, summary = (OperationKind.PAGE, coverage_id), (OperationKind.SUMMARY, coverage_id)
    return Difference(
        entries=entries,
        page=_lines(_page, live.get(page), sent.get(page)),
        summary=_lines(_summary, live.get(summary), sent.get(summary)),
        pages=(max(was.values(), default=0), max(will.values(), default=0)),
        moved=sum(number != will[entry_id] for entry_id, number in was.items()),
    )


def _entries(bodies: Mapping[tuple[OperationKind, UUID], bytes], coverage_id: UUID) -> dict[UUID, Entry]:
    return {
        target_id: entry_of(body, coverage_id)
        for (kind, target_id), body in bodies.items()
        if kind is OperationKind.ENTRY and body != b"{}"
    }


def _pages(entries: Iterable[Entry], size: int) -> dict[UUID, int]:
    """Return on which page each entry stands, counted from the oldest."""
    return {entry.id: place // size + 1 for place, entry in enumerate(sorted(entries, key=order_key))}


def _entry(before: Entry | None, after: Entry, pages: tuple[int, int], data: tuple[str, ...]) -> EntryDifference:
    if after.withdrawal is not None and (before is None or before.withdrawal is None):
        coming = Coming.WITHDRAWN
    else:
        coming = Coming.NEW if before is None else Coming.CHANGED
    changes = compare(before or _nothing_of(after), after)
    return EntryDifference(
        entry_id=after.id, headline=after.headline, coming=coming, changes=changes, pages=pages, data=data
    )


def _nothing_of(entry: Entry) -> Entry:
    return Entry(id=entry.id, coverage_id=entry.coverage_id, at=entry.at)


def _data(before: Entry | None, after: Entry, house: House, zone: str) -> tuple[str, ...]:
    """Name the members of an entry's BlogPosting that change."""
    old: Json = orjson.loads(update_data(before, house, zone, "")) if before else {}
    new: Json = orjson.loads(update_data(after, house, zone, ""))
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _lines(read: Any, live: bytes | None, sent: bytes | None) -> tuple[Change, ...]:
    """Compare two bodies line by line, as the comparison of entries does; nothing sent changes nothing."""
    if sent is None:
        return ()
    before, after = (read(parse(body)) if body else _BLANK for body in (live, sent))
    return tuple(change for change in compare(before, after) if change.label != "Time" and change.pieces)


def _page(body: Json) -> Entry:
    coverage, _, _ = page_from_wire(body)
    said = (
        coverage.description,
        tr("State: {body}").format(body=body["state"]),
        tr("Zone: {zone}").format(zone=coverage.zone),
    )
    pinned = tr("An entry is pinned.") if coverage.pinned else ""
    blocks = tuple(Paragraph(text(words)) for words in (*said, pinned) if words)
    return replace(_BLANK, headline=coverage.headline, blocks=blocks)


def _summary(body: Json) -> Entry:
    points, _ = summary_from_wire(body)
    return replace(_BLANK, blocks=(List(tuple(text(point.text) for point in points)),))


_BLANK: Final = Entry(id=UUID(int=0), coverage_id=UUID(int=0), at=datetime(2000, 1, 1, tzinfo=UTC))
