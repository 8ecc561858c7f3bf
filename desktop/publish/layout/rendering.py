"""A page rendered from its state: the objects a change makes, and the documents it touches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from desktop.domain import wire
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.members import Json
from desktop.domain.outbox import OperationKind
from desktop.page import objects
from desktop.page.edition import Edition
from desktop.page.feed import FEED, feed
from desktop.page.house import House, HouseInvalid
from desktop.page.layout import FRONT, Layout, page_name
from desktop.page.renderer import Renderer, asset, frames
from desktop.page.site import Mark, MediaFile, PageFile, Site
from desktop.publish.layout.state import Picture, Record, State, StateFiles, digest_of

ASSETS: Final = ("page.css", "reader.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What makes a state public: objects in the order they are to be written, those named by their bytes apart.

    `named` never change under their name, `fixed` may; `head` commits all of it; `state` names the documents that
    are to be rewritten afterwards.
    """

    named: tuple[PageFile, ...]
    fixed: tuple[PageFile, ...]
    head: PageFile
    state: State


class Rendering:
    """One page as it was last drawn. Not safe to use from several threads at once."""

    def __init__(self, coverage_id: UUID, mark: Mark) -> None:
        self._page_target = (OperationKind.PAGE, coverage_id)
        self._summary_target = (OperationKind.SUMMARY, coverage_id)
        self._mark = mark
        self._renderer = Renderer()
        self._files = StateFiles()
        self._state = State()
        self._page: tuple[Coverage, House] | None = None
        self._summary: tuple[SummaryPoint, ...] = ()
        self._entries: dict[UUID, Entry] = {}
        self._media: dict[str, MediaFile] = {}
        self._edition: Edition | None = None
        self._layout = Layout(objects.SEGMENT)
        self._segments: dict[int, PageFile] = {}
        self._recut: set[int] = set()
        self._sent: dict[UUID, str] = {}
        self._pending: set[str] = set()

    @property
    def pending(self) -> tuple[str, ...]:
        """The documents that are not surely written as they stand, index.html last."""
        return tuple(sorted(self._pending, key=lambda path: (path == FRONT, path == FEED, path)))

    def follow(self, state: State) -> None:
        """Show a state from now on."""
        before = self._state.records
        changed = [record for target, record in state.records.items() if before.get(target) is not record]
        is_less = any(target not in state.records for target in before)
        self._state = state
        if is_less:
            changed = list(state.records.values())
            self._page, self._summary, self._edition = None, (), None
            self._entries.clear()
            self._media.clear()
        page = self._page
        entries = self._take(changed)
        if self._page is None:
            return
        if self._edition is None or page is None or _wording(page) != _wording(self._page):
            self._begin()
            return
        if len(entries) != len(changed):
            self._edition.cover(replace(self._page[0], summary=self._summary))
        for entry in entries:
            self._edition.put(entry)
            self._forget_segments(self._layout.total, self._layout.put(entry), entry)

    def adopt(self, state: State, head: Json) -> tuple[str, ...]:
        """Take over a state that is public already, under this head; returns the objects that are surely there."""
        self.follow(state)
        self._pending |= {*state.documents}
        if self._edition is None:
            return ()
        touched, segments = self._edition.taken(), self._cut()
        listed = objects.listing(segments)
        if listed.path == head.get("all_segments"):
            self.sent()
            return (*(file.path for file in segments), listed.path, f"e/front.{head.get('top')}.html")
        # Another version of the console renders it otherwise: everything is to be written anew.
        self._sent.clear()
        self._recut = set(self._segments)
        self._pending |= {*touched, *self._edition.paths()}
        return ()

    def draw(self, state: State, head_before: bytes | None) -> Drawn | None:
        """Work out what makes a state public; `head_before` is the head that stands. None while it has no page."""
        self.follow(state)
        edition = self._edition
        if edition is None:
            return None
        self._pending |= {*edition.taken(), FEED}
        segments = self._cut()
        listed = objects.listing(segments)
        changed = [entry for entry in self._newly_cut() if self._sent.get(entry.id) != edition.article(entry).rev]
        front = objects.front_part(edition)
        shared = {name: file for name in ASSETS if (file := asset(name))}
        assets = {name: digest_of(file.data) for name, file in shared.items()}
        state = replace(state, documents=self.pending, assets=assets)
        kept = self._files.write(state)
        site = self._site(tuple(changed))
        fixed = [file for name, file in shared.items() if self._state.assets.get(name) != assets[name]]
        return Drawn(
            named=(
                *(file for entry in changed for file in objects.entry_parts(entry, edition)),
                *([front] if front else []),
                *segments,
                listed,
                *kept,
            ),
            fixed=(*fixed, *(file for entry in changed for file in frames(site, entry))),
            head=objects.head(edition, segments, listed, head_before, kept[-1].path),
            state=state,
        )

    def document(self, path: str) -> PageFile | None:
        """Return a document or the feed as it stands, None where there is none of that name any more."""
        if self._edition is None:
            return None
        return feed(self._site(tuple(self._entries.values()))) if path == FEED else self._edition.fresh(path)

    def settle(self, path: str) -> None:
        """Take a document as written."""
        self._pending.discard(path)

    def sent(self) -> None:
        """Take everything that was drawn as public."""
        if self._edition is not None:
            self._sent.update((entry.id, self._edition.article(entry).rev) for entry in self._newly_cut())
        self._recut.clear()

    def _take(self, records: Iterable[Record]) -> list[Entry]:
        """Take in what changed, and return the entries among it."""
        entries = []
        for record in records:
            match record.kind:
                case OperationKind.PAGE:
                    self._page = _read_page(record.body)
                case OperationKind.SUMMARY:
                    self._summary, _ = wire.summary_from_wire(record.body)
                case OperationKind.ENTRY:
                    entry, _ = wire.entry_from_wire(record.body, self._page_target[1])
                    self._entries[entry.id] = entry
                    self._media.update({each.sha256: each for each in record.media})
                    entries.append(entry)
        return entries

    def _begin(self) -> None:
        entries = tuple(self._entries.values())
        self._edition = self._renderer.edition(self._site(entries))
        self._layout = Layout(objects.SEGMENT, entries)
        self._segments.clear()

    def _forget_segments(self, total_before: int, numbers: range, entry: Entry) -> None:
        first = self._layout.number_of(entry.id) if self._layout.total != total_before else numbers.start
        for number in range(first, self._layout.total + 1):
            self._segments.pop(number, None)

    def _cut(self) -> list[PageFile]:
        """Return every segment; only those an entry changed in, or moved through, are cut anew."""
        if self._edition is None or not self._entries:
            return []
        for number in range(1, self._layout.total + 1):
            page = None if number in self._segments else self._layout.page(page_name(number))
            if page is not None:
                self._segments[number] = objects.segment(number, page.entries, self._edition)
                self._recut.add(number)
        return [self._segments[number] for number in range(1, self._layout.total + 1)]

    def _newly_cut(self) -> Iterator[Entry]:
        """Yield the entries of every segment that was cut since all was public, the oldest first."""
        for number in sorted(self._recut):
            if page := self._layout.page(page_name(number)):
                yield from reversed(page.entries)

    def _site(self, entries: tuple[Entry, ...]) -> Site:
        coverage, house = self._page or (None, None)
        if coverage is None or house is None:
            message = "The page has not been read."
            raise LookupError(message)
        return Site(
            coverage=replace(coverage, summary=self._summary),
            entries=entries,
            house=house,
            # A view: a new picture changes nothing about the entries that do not show it.
            media=MappingProxyType(self._media),
            mark=self._mark,
            feed=True,
        )


def picture_of(file: MediaFile) -> Picture:
    """Return what a page needs to know of a file."""
    return Picture(file.sha256, file.media_type, file.width, file.height)


def _read_page(body: Json) -> tuple[Coverage, House]:
    coverage, house, _ = wire.page_from_wire(body)
    try:
        return coverage, House.from_json(house) if house else House.shipped()
    except HouseInvalid:
        # It was whole when it was published, so a newer console asks for more words: better ours than no page.
        return coverage, House.shipped()


def _wording(page: tuple[Coverage, House]) -> tuple[str, str]:
    coverage, house = page
    return house.digest, coverage.zone
