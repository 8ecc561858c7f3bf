"""What was published, ready to be rendered: each page read once, then only what changed since."""

import threading
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from desktop.domain import wire
from desktop.domain.clock import Clock, ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.members import Json, parse, read_time
from desktop.domain.outbox import OperationKind
from desktop.page.edition import Edition
from desktop.page.house import House, HouseInvalid
from desktop.page.renderer import Renderer, asset, frame_at
from desktop.page.site import Mark, PageFile, Site, media_path
from desktop.page.variants import Variant, find_variant
from desktop.rehearsal.ledger import Ledger, MediaFile, Taken
from desktop.rehearsal.limits import CHANGES_A_READ
from desktop.rehearsal.storage import Storage

_ID_LETTERS: Final = 36


class Shelf:
    """The reader's pages of everything in a storage; safe to use from several threads."""

    def __init__(self, storage: Storage, mark: Mark) -> None:
        self._storage = storage
        self._mark = mark
        self._renderer = Renderer()
        self._copies: dict[UUID, _Copy] = {}
        self._lock = threading.Lock()

    def titles(self) -> tuple[tuple[UUID, str], ...]:
        """Return every page and its headline, the last changed first."""
        with self._storage.read() as rows:
            pages = rows.pages()
        return tuple((page.target.id, str(parse(page.body or b"{}").get("headline"))) for page in pages)

    def file(self, page: UUID, path: str) -> PageFile | None:
        """Return a file of a page as it stands now, None when there is no such page or file."""
        with self._lock:
            return self._refreshed(page).file(path)

    def media(self, page: UUID, path: str) -> MediaFile | Variant | None:
        """Return the media file at a path of a page, or its smaller copy; None where its entries show no such file."""
        with self._storage.read() as rows:
            shown = {file.sha256: file for file in rows.shown_media(page)}
        whole = next((file for file in shown.values() if media_path(file) == path), None)
        return whole or find_variant(path, shown)

    def _refreshed(self, page: UUID) -> "_Copy":
        copy = self._copies.get(page) or _Copy(self._renderer)
        with self._storage.read() as rows:
            changes = _since(rows, page, copy.sequence)
            media = {file.sha256: file for file in rows.shown_media(page)}
        if changes or media != copy.media:
            copy.update(changes, media, self._mark)
            self._copies[page] = copy
        return copy


class _Copy:
    """One page as it was last read. `sequence` is that of the last change in it."""

    def __init__(self, renderer: Renderer) -> None:
        self.sequence = 0
        self.media: dict[str, MediaFile] = {}
        self._renderer = renderer
        self._mark: Mark = ""
        self._edition: Edition | None = None
        self._page: tuple[Coverage, House] | None = None
        self._summary: tuple[SummaryPoint, ...] = ()
        self._entries: dict[UUID, Entry] = {}

    def file(self, path: str) -> PageFile | None:
        """Return a file of the page, None when it has none of that name."""
        if self._edition is None or self._page is None:
            return None
        if path.startswith("embed/"):
            named = path.removeprefix("embed/")[:_ID_LETTERS]
            entry = next((entry for entry in self._entries.values() if str(entry.id) == named), None)
            return frame_at(self._site((entry,)), path) if entry else None
        return self._edition.file(path) or asset(path)

    def update(self, changes: tuple[Taken, ...], media: dict[str, MediaFile], mark: Mark) -> None:
        """Take in what changed."""
        latest = {(change.target.kind, change.target.id): change for change in changes}.values()
        self.sequence = changes[-1].sequence if changes else self.sequence
        self._mark = mark
        entries = [self._take(change) for change in latest]
        if self._page is None:
            return
        coverage, house = self._page
        before = self._edition
        if before is None or (before.house, before.coverage.zone) != (house, coverage.zone):
            self.media = media
            self._edition = self._renderer.edition(self._site(tuple(self._entries.values())))
            return
        if media != self.media:
            self.media = media
            before.hold(MappingProxyType(dict(media)))
        before.cover(replace(coverage, summary=self._summary))
        for entry_id in entries:
            if entry_id in self._entries:
                before.put(self._entries[entry_id])
            elif entry_id is not None:
                before.take_down(entry_id)

    def _site(self, entries: tuple[Entry, ...]) -> Site:
        coverage, house = self._page or (None, None)
        if coverage is None or house is None:
            message = "The page has not been read."
            raise LookupError(message)
        return Site(
            coverage=replace(coverage, summary=self._summary),
            entries=entries,
            house=house,
            media=MappingProxyType(dict(self.media)),
            mark=self._mark,
        )

    def _take(self, change: Taken) -> UUID | None:
        """Take one change in, and return the entry it changed, None for the page and its summary."""
        if change.body is None:
            self._entries.pop(change.target.id, None)
            return change.target.id
        written = parse(change.body)
        match change.target.kind:
            case OperationKind.PAGE:
                self._page = read_page(written, change.taken_at)
            case OperationKind.SUMMARY:
                self._summary, _ = wire.summary_from_wire(written)
            case OperationKind.ENTRY:
                self._entries[change.target.id], _ = wire.entry_from_wire(written, change.target.page)
                return change.target.id
        return None


def read_page(written: Json, taken_at: datetime) -> tuple[Coverage, House]:
    """Read a stored page and the profile that words it: its own, or the one that ships when it carries none.

    A page that states where it stands but has no clock gets one that stands there.
    """
    coverage, house, _ = wire.page_from_wire(written)
    if not coverage.clock:
        coverage = replace(coverage, clock=_clock_of(written, taken_at))
    try:
        return coverage, House.from_json(house) if house else House.shipped()
    except HouseInvalid:
        # It was whole when it was taken, so a newer console asks for more words: better ours than no page at all.
        return coverage, House.shipped()


def _clock_of(written: Json, taken_at: datetime) -> Clock:
    def at(name: str, default: datetime) -> datetime:
        return read_time(written[name]) if written.get(name) else default

    stated = written["state"]
    if stated == "upcoming":
        return ()
    started = ClockEvent(ClockTurn.STARTED, at("coverage_start", taken_at))
    after = max(started.at, taken_at)
    if stated == "paused":
        until = read_time(written["resumes_at"]) if written.get("resumes_at") else None
        return (started, ClockEvent(ClockTurn.PAUSED, after, until))
    if stated == "ended":
        return (started, ClockEvent(ClockTurn.ENDED, at("coverage_end", after)))
    return (started,)


def _since(rows: Ledger, page: UUID, sequence: int) -> tuple[Taken, ...]:
    changes: list[Taken] = []
    while found := rows.changes(page, changes[-1].sequence if changes else sequence, CHANGES_A_READ):
        changes += found
    return tuple(changes)
