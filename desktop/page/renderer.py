"""The one renderer: preview, rehearsal, export and the published page all come from here."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from uuid import UUID

from desktop.domain.blocks import Embed
from desktop.domain.entry import Entry, for_readers, media_of, number_embeds
from desktop.domain.progress import counted
from desktop.domain.revision import digest
from desktop.domain.timeline import newest_first
from desktop.page.document import ASKS_EVERY
from desktop.page.edition import Edition
from desktop.page.entry_html import Article, Setting, render_article, revision_of
from desktop.page.frame import frame
from desktop.page.gate import frame_path, gate, our_host, what_loads
from desktop.page.linked_data import update_data
from desktop.page.site import PageFile, Site
from desktop.page.template_set import read

__all__ = ["ASKS_EVERY", "Renderer"]

_ARTICLES_KEPT: Final = 16_384
_EDITIONS_KEPT: Final = 4
_ASSETS: Final = {"page.css": "text/css", "reader.js": "text/javascript", "icon.svg": "image/svg+xml"}

_EditionKey = tuple[UUID, str, str, str, bool]


class Renderer:
    """Renders sites, and keeps what it has rendered: one changed entry renders one entry and rewrites one page.

    Safe to use from several threads. `entries_rendered` counts the entries that were not yet kept.
    """

    def __init__(self) -> None:
        self.entries_rendered = 0
        self._articles: OrderedDict[tuple[object, ...], Article] = OrderedDict()
        self._editions: OrderedDict[_EditionKey, Edition] = OrderedDict()
        self._lock = threading.RLock()

    def edition(self, site: Site) -> Edition:
        """Begin an edition of a site that shares what this renderer keeps; it belongs to its caller alone."""
        return Edition(site, self._article)

    def files(self, site: Site) -> Iterator[PageFile]:
        """Yield every file of a site but the bytes of its media, index.html first."""
        edition = self.edition(site)
        for path in counted("Rendering pages", tuple(edition.paths())):
            if made := edition.fresh(path):
                yield made
        for entry in newest_first(site.entries):
            yield from frames(site, entry)
        yield from (shared for name in _ASSETS if (shared := asset(name)))

    def file(self, site: Site, path: str) -> PageFile | None:
        """Return one file of a site, None when it has none of that name.

        Besides the files of `files` these are head.json and the parts under e/, which open pages ask for.
        """
        if shared := asset(path):
            return shared
        if path.startswith("embed/"):
            return frame_at(site, path)
        with self._lock:
            return self._edition(site).file(path)

    def articles(self, site: Site) -> Iterator[tuple[Entry, str]]:
        """Yield every entry, newest first, with its article exactly as it stands on its page."""
        edition = self.edition(site)
        for entry in newest_first(site.entries):
            yield entry, str(edition.article(entry).html)

    def _edition(self, site: Site) -> Edition:
        key = (site.coverage.id, site.house.digest, site.coverage.zone, site.mark, site.feed)
        edition = self._editions.get(key)
        if edition is None:
            edition = self._editions[key] = self.edition(site)
            while len(self._editions) > _EDITIONS_KEPT:
                self._editions.popitem(last=False)
        else:
            edition.follow(site)
            self._editions.move_to_end(key)
        return edition

    def _article(self, entry: Entry, permalink: str, setting: Setting) -> Article:
        found = (setting.media.get(sha256) for sha256 in media_of(entry))
        files = tuple((file.sha256, file.media_type, file.width, file.height) for file in found if file)
        said, house = digest(entry), setting.house
        key = (said, house.digest, setting.zone, setting.address, permalink, files)
        with self._lock:
            kept = self._articles.get(key)
            if kept is not None:
                self._articles.move_to_end(key)
                return kept
        rev = revision_of(*key)
        html = render_article(entry, rev, permalink, setting)
        made = Article(html, rev, update_data(for_readers(entry), house, setting.zone, setting.address + permalink))
        with self._lock:
            self.entries_rendered += 1
            self._articles[key] = made
            while len(self._articles) > _ARTICLES_KEPT:
                self._articles.popitem(last=False)
        return made


def frames(site: Site, entry: Entry) -> Iterator[PageFile]:
    """Yield the document of each embed of an entry that can be loaded."""
    for index, block in enumerate(for_readers(entry).blocks):
        if isinstance(block, Embed) and (found := _frame(site, entry, index)):
            yield found


def frame_at(site: Site, path: str) -> PageFile | None:
    """Return the document of one embed by its path, None when there is none."""
    for entry in site.entries:
        if path.startswith(f"embed/{entry.id}-"):
            return next((found for found in frames(site, entry) if found.path == path), None)
    return None


@lru_cache(maxsize=16)
def asset(name: str) -> PageFile | None:
    """Return one of the files that are the same for every page, None for any other name."""
    return PageFile(name, _ASSETS[name], read(name).encode()) if name in _ASSETS else None


def _frame(site: Site, entry: Entry, index: int) -> PageFile | None:
    public = for_readers(entry)
    embed = public.blocks[index]
    if entry.withdrawal or not isinstance(embed, Embed):
        return None
    loads = what_loads(embed, our_host(site.house))
    if loads is None:
        return None
    worded = gate(public, index, embed, number_embeds(public)[index], site.coverage.zone, site.house)
    return PageFile(frame_path(entry, index), "text/html", frame(worded, loads, site.house).encode())
