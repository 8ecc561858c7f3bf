"""What was published, ready to be rendered: each page read once, then only what changed since."""

import threading
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from desktop.domain import wire
from desktop.domain.clock import Clock, ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.members import Json, parse, read_time
from desktop.domain.outbox import OperationKind
from desktop.domain.timeline import newest_first
from desktop.page.house import House, HouseInvalid
from desktop.page.renderer import Renderer
from desktop.page.site import Mark, PageFile, Site, media_path
from desktop.rehearsal.ledger import Ledger, MediaFile, Taken
from desktop.rehearsal.limits import CHANGES_A_READ
from desktop.rehearsal.storage import Storage


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
            copy = self._refreshed(page)
            if copy.site is None:
                return None
            if path not in copy.files and (made := self._renderer.file(copy.site, path)):
                copy.files[path] = made
            return copy.files.get(path)

    def media(self, page: UUID, path: str) -> MediaFile | None:
        """Return the media file at a path of a page, None where its entries show no such file."""
        with self._storage.read() as rows:
            shown = rows.shown_media(page)
        return next((file for file in shown if media_path(file) == path), None)

    def _refreshed(self, page: UUID) -> "_Copy":
        copy = self._copies.get(page) or _Copy()
        with self._storage.read() as rows:
            changes = _since(rows, page, copy.sequence)
            media = {file.sha256: file for file in rows.shown_media(page)}
        if changes or media != copy.media:
            copy.update(changes, media, self._mark)
            self._copies[page] = copy
        return copy


class _Copy:
    """One page as it was last read. `sequence` is that of the last change in it; `files` are those rendered of it."""

    def __init__(self) -> None:
        self.sequence = 0
        self.files: dict[str, PageFile] = {}
        self.site: Site | None = None
        self.media: dict[str, MediaFile] = {}
        self._page: tuple[Coverage, House] | None = None
        self._summary: tuple[SummaryPoint, ...] = ()
        self._entries: dict[UUID, Entry] = {}

    def update(self, changes: tuple[Taken, ...], media: dict[str, MediaFile], mark: Mark) -> None:
        """Take in what changed."""
        for change in {(change.target.kind, change.target.id): change for change in changes}.values():
            self._take(change)
        self.sequence = changes[-1].sequence if changes else self.sequence
        self.media = media
        self.files.clear()
        if self._page is not None:
            coverage, house = self._page
            self.site = Site(
                coverage=replace(coverage, summary=self._summary),
                entries=newest_first(self._entries.values()),
                house=house,
                media=MappingProxyType(dict(media)),
                mark=mark,
            )

    def _take(self, change: Taken) -> None:
        if change.body is None:
            self._entries.pop(change.target.id, None)
            return
        written = parse(change.body)
        match change.target.kind:
            case OperationKind.PAGE:
                self._page = read_page(written, change.taken_at)
            case OperationKind.SUMMARY:
                self._summary, _ = wire.summary_from_wire(written)
            case OperationKind.ENTRY:
                self._entries[change.target.id], _ = wire.entry_from_wire(written, change.target.page)


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
