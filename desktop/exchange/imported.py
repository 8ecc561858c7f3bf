"""What an import brings: a coverage, its entries, its files, and what could not be placed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from desktop.domain.clock import ClockEvent
from desktop.domain.coverage import Coverage, Seen, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.members import Json
from desktop.domain.timeline import newest_first
from desktop.exchange.history import NO_PAST, Past


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A media file that came along; `width` and `height` in pixels, 0 when not known."""

    data: bytes
    media_type: str
    width: int = 0
    height: int = 0

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes in hex, by which blocks name it."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line the importer could not place and kept as a paragraph; lines count from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A coverage from outside with its entries, newest first.

    `missing` names files (by SHA-256) that blocks need and that did not come along. `house` is the resolved house
    profile that travelled with it, None when a shipped one words the page. `past` is what an archive brings beside it.
    """

    coverage: Coverage
    entries: tuple[Entry, ...]
    media: tuple[ImportedFile, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    missing: tuple[str, ...] = ()
    house: Json | None = None
    past: Past | None = None


def with_new_ids(imported: Imported) -> Imported:
    """Return the same import under ids of its own, so that it can stand beside the coverage it was made from.

    Entries keep their order. A reference to an entry that did not come along is dropped: it would point into the
    other coverage.
    """
    old, past = imported.coverage, imported.past or NO_PAST
    coverage_id = new_id()
    ids = {entry.id: new_id() for entry in reversed(newest_first((*imported.entries, *past.binned)))}

    def moved(entry: Entry) -> Entry:
        return replace(entry, id=ids[entry.id], coverage_id=coverage_id)

    coverage = replace(
        old,
        id=coverage_id,
        clock=tuple(_turned(event, ids) for event in old.clock),
        summary=tuple(_bound(point, ids) for point in old.summary),
        pinned=ids.get(old.pinned) if old.pinned else None,
    )
    history = (replace(each, id=new_id(), entry=moved(each.entry)) for each in past.history)
    return replace(
        imported,
        coverage=coverage,
        entries=newest_first(map(moved, imported.entries)),
        past=Past(tuple(map(moved, past.binned)), tuple(history)) if imported.past else None,
    )


def _turned(event: ClockEvent, ids: Mapping[UUID, UUID]) -> ClockEvent:
    return replace(event, entry_id=ids.get(event.entry_id) if event.entry_id else None)


def _bound(point: SummaryPoint, ids: Mapping[UUID, UUID]) -> SummaryPoint:
    seen = tuple(Seen(ids[each.entry_id], each.words) for each in point.seen if each.entry_id in ids)
    rests_on = tuple(ids[entry] for entry in point.rests_on if entry in ids)
    return replace(point, id=new_id(), rests_on=rests_on, seen=seen)
