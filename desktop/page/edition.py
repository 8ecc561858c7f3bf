"""A coverage's pages kept current, change by change: what a change does not touch is neither rendered nor rewritten."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import is_
from typing import Final
from uuid import UUID

from markupsafe import Markup

from desktop.domain import clock, moment
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, for_readers
from desktop.domain.members import canonical
from desktop.page.document import (
    ASKS_EVERY,
    NO_FRONT,
    Frame,
    clock_html,
    first_picture,
    front_html,
    last_on,
    render_document,
    rev_of,
)
from desktop.page.entry_html import Article, Setting
from desktop.page.layout import FRONT, Layout, page_name
from desktop.page.site import MediaFile, PageFile, Site

HEAD: Final = "head.json"
_JSON: Final = "application/json"
_HTML: Final = "text/html"

RenderEntry = Callable[[Entry, str, Setting], Article]
"""Renders an entry at a permalink, or finds it rendered already."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An article, and what it was rendered for."""

    entry: Entry
    permalink: str
    article: Article


class Edition:
    """The documents of one coverage. Not safe to use from several threads at once.

    `pages_rendered` counts the documents that were made. Changes cost the same among 20 entries or 10,000.
    """

    def __init__(self, site: Site, render_entry: RenderEntry) -> None:
        self.pages_rendered = 0
        self.coverage, self.house = site.coverage, site.house
        self._mark, self._feed = site.mark, site.feed
        self._render_entry = render_entry
        self._media = site.media
        self._source = site.entries
        self._layout = Layout(site.house.entries_per_page, site.entries)
        self._articles: dict[UUID, _Placed] = {}
        self._files: dict[str, PageFile] = {}
        self._front: Markup | None = None
        # Pages to write again, by number; None for every one of them.
        self._touched: set[int] | None = None

    def follow(self, site: Site) -> None:
        """Take over another state of the coverage; what is equal to what was there keeps what was rendered of it.

        House, zone, mark and feed are those the edition began with.
        """
        if site.coverage is not self.coverage and site.coverage != self.coverage:
            self.cover(site.coverage)
        if site.media is not self._media and dict(site.media) != dict(self._media):
            self.hold(site.media)
        if site.entries is not self._source:
            self._follow_entries(site.entries)

    def cover(self, coverage: Coverage) -> None:
        """Take over another headline, clock, summary or pinned entry."""
        self.coverage = coverage
        self._files.clear()
        self._front = None

    def hold(self, media: Mapping[str, MediaFile]) -> None:
        """Take over the files there are now."""
        self._media = media
        self._articles.clear()
        self._files.clear()
        self._touched = None

    def put(self, entry: Entry) -> None:
        """Put a new or changed entry in its place."""
        self._touch(self._layout.put(entry))
        self._source = ()

    def take_down(self, entry_id: UUID) -> None:
        """Take an entry away for good; open pages are told."""
        self._articles.pop(entry_id, None)
        self._touch(self._layout.take_down(entry_id))
        self._source = ()

    def entry(self, entry_id: UUID) -> Entry | None:
        """Return an entry of the coverage, None when there is none of that id."""
        return self._layout.get(entry_id)

    def paths(self) -> Iterator[str]:
        """Yield the name of every document, the front page first."""
        yield from self._layout.paths()

    def file(self, path: str) -> PageFile | None:
        """Return a document, the head or a part that open pages ask for; None when there is none of that name."""
        if path not in self._files and (made := self._made(path)):
            self._files[path] = made
        return self._files.get(path)

    def fresh(self, path: str) -> PageFile | None:
        """Return a document as `file` does, and do not keep it: for who writes all of them once."""
        return self._files.get(path) or self._made(path)

    def rewritten(self) -> Iterator[PageFile]:
        """Yield the documents that changed since they were last asked for here, the head last; at first all of them."""
        for path in (*self.taken(), HEAD):
            if made := self.fresh(path):
                yield made

    def taken(self) -> tuple[str, ...]:
        """Name the documents that changed since this was last asked, the front page first, and take them as written."""
        numbers = range(1, self._layout.total + 1) if self._touched is None else sorted(self._touched)
        self._touched = set()
        return (FRONT, *map(page_name, numbers))

    def article(self, entry: Entry) -> Article:
        """Return an entry's article, rendered when it was not."""
        permalink = self._layout.permalink(entry.id)
        placed = self._articles.get(entry.id)
        if placed is None or placed.permalink != permalink or not _same(placed.entry, entry):
            placed = _Placed(entry, permalink, self._render_entry(entry, permalink, self._setting))
            self._articles[entry.id] = placed
        return placed.article

    @property
    def _setting(self) -> Setting:
        return Setting(self.house, self.coverage.zone, self._media, self._address)

    @property
    def _address(self) -> str:
        return self.house.page_address(self.coverage.id)

    def _follow_entries(self, entries: tuple[Entry, ...]) -> None:
        before = self._source
        if len(before) == len(entries) and before:
            # Compared in C: among 10,000 entries the one that changed is found in less time than it takes to render.
            same = list(map(is_, before, entries))
            changed = [] if all(same) else [entry for entry, kept in zip(entries, same, strict=True) if not kept]
        else:
            changed = list(entries)
        known = self._layout.entries
        for entry in changed:
            if known.get(entry.id) != entry:
                self.put(entry)
        if len(known) != len(entries):
            for entry_id in known.keys() - {entry.id for entry in entries}:
                self.take_down(entry_id)
        self._source = entries

    def _touch(self, numbers: range) -> None:
        self._front = None
        if self._touched is not None:
            self._touched.update(numbers)
        touched = {FRONT, HEAD, *map(page_name, numbers)}
        self._files = {path: file for path, file in self._files.items() if path not in touched and path[:2] != "e/"}

    def _made(self, path: str) -> PageFile | None:
        if path == HEAD:
            return PageFile(HEAD, _JSON, self._head())
        if path.startswith("e/"):
            return self._part(path)
        page = self._layout.page(path)
        if page is None:
            return None
        self.pages_rendered += 1
        html = render_document(
            Frame(self.coverage, self.house, self._mark, self._address, self._feed),
            page,
            [self.article(entry) for entry in page.entries],
            self._front_html() if path == FRONT else NO_FRONT,
            last_on(page, self._layout, self.coverage),
            first_picture(page.entries, self._media),
        )
        return PageFile(path, _HTML, html)

    def _front_html(self) -> Markup:
        if self._front is None:
            self._front = front_html(self.coverage, self.house, self._layout)
        return self._front

    def _part(self, path: str) -> PageFile | None:
        name = path.removeprefix("e/").partition(".")[0]
        if name == "front":
            html = self._front_html()
            return PageFile(path, _HTML, html.encode()) if path == _part_path(name, rev_of(html)) else None
        try:
            entry = self._layout.get(UUID(name))
        except ValueError:
            return None
        if entry is None:
            return None
        article = self.article(entry)
        return PageFile(path, _HTML, article.html.encode()) if path == _part_path(str(entry.id), article.rev) else None

    def _head(self) -> bytes:
        """Write what an open page asks for: which entries stand on the front page, and what changed on the others."""
        coverage, layout, state = self.coverage, self._layout, clock.state(self.coverage.clock)
        page = layout.page(FRONT)
        last = last_on(page, layout, coverage) if page else None
        gone = [{"entry": str(each), "what": "removed"} for each in layout.gone()]
        changed = [{"entry": str(each.id), "rev": self.article(each).rev} for each in layout.changed_lately()]
        return canonical(
            {
                "state": state.value,
                "last": moment.to_json(last) if last else "",
                "next_poll": ASKS_EVERY[state],
                "headline": coverage.headline,
                "description": coverage.description,
                "clock": clock_html(coverage, self.house, last),
                "top": rev_of(self._front_html()),
                "newest": [f"{each.id}.{self.article(each).rev}" for each in layout.newest()],
                "changes": [*gone, *changed],
            }
        )


def _part_path(name: str, rev: str) -> str:
    return f"e/{name}.{rev}.html"


def _same(before: Entry, now: Entry) -> bool:
    return before is now or before == now or for_readers(before) == for_readers(now)
