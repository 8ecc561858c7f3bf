"""The one renderer: preview, rehearsal, export and the published page all come from here."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from desktop.domain import clock
from desktop.domain.blocks import Embed
from desktop.domain.clock import ClockState
from desktop.domain.entry import Entry, for_readers, media_of, number_embeds
from desktop.domain.revision import digest
from desktop.domain.timeline import newest_first
from desktop.page.frame import frame
from desktop.page.gate import frame_path, gate, our_host, what_loads
from desktop.page.house import House
from desktop.page.linked_data import as_script_data, linked_data
from desktop.page.pages import FRONT, Page, Pages, last_change, pages
from desktop.page.prose import is_external, link, prose, safe_address
from desktop.page.site import PageFile, Site, media_path
from desktop.page.template_set import read, render

_KEPT: Final = 4_096
_DIGEST_LETTERS: Final = 12
_ASSETS: Final = {"page.css": "text/css", "reader.js": "text/javascript", "icon.svg": "image/svg+xml"}
# How often an open page asks for news, in seconds; a page that has ended never asks.
ASKS_EVERY: Final = {ClockState.PLANNED: 60, ClockState.LIVE: 15, ClockState.PAUSED: 120, ClockState.ENDED: 0}

_EntryKey = tuple[object, ...]


class Renderer:
    """Renders sites, and keeps the HTML of entries it has rendered: one changed entry renders one entry.

    Safe to use from several threads. `entries_rendered` counts the entries that were not yet kept.
    """

    def __init__(self) -> None:
        self.entries_rendered = 0
        self._kept: OrderedDict[_EntryKey, Markup] = OrderedDict()
        self._lock = threading.Lock()

    def files(self, site: Site) -> Iterator[PageFile]:
        """Yield every file of a site but the bytes of its media, index.html first."""
        laid = pages(site)
        for page in laid.documents:
            yield self._document(site, laid, page)
        for entry in site.entries:
            for index, block in enumerate(for_readers(entry).blocks):
                if isinstance(block, Embed) and (found := _frame(site, entry, index)):
                    yield found
        yield from (_asset(name) for name in _ASSETS)

    def file(self, site: Site, path: str) -> PageFile | None:
        """Return one file of a site, None when it has none of that name."""
        if path in _ASSETS:
            return _asset(path)
        if path.startswith("embed/"):
            return _frame_at(site, path)
        laid = pages(site)
        page = laid.at(path)
        return self._document(site, laid, page) if page else None

    def articles(self, site: Site) -> Iterator[tuple[Entry, str]]:
        """Yield every entry, newest first, with its article exactly as it stands on its page."""
        laid = pages(site)
        for entry in newest_first(site.entries):
            yield entry, str(self._entry(site, laid, entry))

    def _document(self, site: Site, laid: Pages, page: Page) -> PageFile:
        coverage, house = site.coverage, site.house
        state = clock.state(coverage.clock)
        # An older page tells of its own entries alone, so that news elsewhere does not change its bytes.
        last = last_change(site.entries, coverage.clock) if page.path == FRONT else last_change(page.entries)
        by_id = {entry.id: entry for entry in site.entries}
        on_page = {entry.id for entry in page.entries}
        html = render(
            "page.html",
            site=site,
            house=house,
            coverage=coverage,
            page=page,
            policy=_policy(house),
            state=state,
            until=coverage.clock[-1].until if coverage.clock else None,
            last=last,
            asks_every=ASKS_EVERY[state] if page.position == 1 else 0,
            entries=[(entry, self._entry(site, laid, entry)) for entry in page.entries],
            summary=[(point, [by_id[each] for each in point.rests_on if each in by_id]) for point in coverage.summary],
            moments=[entry for entry in site.entries if entry.is_key_moment and not entry.withdrawal],
            pinned=by_id.get(coverage.pinned) if coverage.pinned and page.position == 1 else None,
            # Inside the page an entry is jumped to, elsewhere it is gone to.
            jump=lambda entry: f"#{entry.id}" if entry.id in on_page else laid.permalink(entry.id),
            linked_data=linked_data(coverage, page.entries, house, lambda entry: laid.permalink(entry.id), last),
            copy=as_script_data(_script_copy(house)),
            has_gates=any(isinstance(block, Embed) for entry in page.entries for block in entry.blocks),
        )
        return PageFile(page.path, "text/html", html.encode())

    def _entry(self, site: Site, laid: Pages, entry: Entry) -> Markup:
        found = (site.media.get(sha256) for sha256 in media_of(entry))
        files = tuple((file.sha256, file.media_type, file.width, file.height) for file in found if file)
        permalink = laid.permalink(entry.id)
        said = digest(entry)
        key = (said, site.house.digest, site.coverage.zone, site.mark, permalink, files)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        html = Markup(_render_entry(site, entry, permalink, said[:_DIGEST_LETTERS]))  # noqa: S704 - from our own template
        with self._lock:
            self.entries_rendered += 1
            self._kept[key] = html
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return html


def _render_entry(site: Site, entry: Entry, permalink: str, said: str) -> str:
    house, public = site.house, for_readers(entry)
    external, hosts = house.word("copy.external"), house.hosts
    numbers = number_embeds(public)
    gates = {
        index: gate(public, index, block, numbers[index], site.coverage.zone, house)
        for index, block in enumerate(public.blocks)
        if isinstance(block, Embed)
    }
    return render(
        "entry.html",
        entry=public,
        house=house,
        zone=site.coverage.zone,
        permalink=permalink,
        digest=said,
        blocks=[(type(block).__name__, block, gates.get(index)) for index, block in enumerate(public.blocks)],
        media=lambda sha256: site.media.get(sha256) if sha256 else None,
        media_path=media_path,
        prose=lambda running: prose(running, external, hosts),
        link=lambda words, href: link(Markup.escape(words), href, external, hosts),
        playable=lambda address: _playable(address, hosts),
    )


def _playable(address: str | None, hosts: tuple[str, ...]) -> bool:
    return bool(address and safe_address(address)) and not is_external(address or "", hosts)


def _policy(house: House) -> str:
    own = " ".join(f" https://{host}" for host in house.hosts)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"media-src 'self'{own}; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _script_copy(house: House) -> dict[str, object]:
    keys = (
        "loading",
        "loaded",
        "failed",
        "declined",
        "address_missing",
        "no_frame",
        "asked_again",
        "signal",
        "offline",
    )
    live = ("new_update", "new_updates", "changed", "stale")
    return {
        "days": house.values["embed.days"],
        **{key: house.template(f"embed.{key}") for key in keys},
        **{key: house.template(f"live.{key}") for key in live},
        "remembered": house.template("memory.remembered"),
        "withdrawn": house.template("memory.withdrawn"),
        "publisher": house.publisher,
    }


def _frame_at(site: Site, path: str) -> PageFile | None:
    for entry in site.entries:
        if path.startswith(f"embed/{entry.id}-"):
            for index, block in enumerate(for_readers(entry).blocks):
                if isinstance(block, Embed) and frame_path(entry, index) == path:
                    return _frame(site, entry, index)
    return None


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


def _asset(name: str) -> PageFile:
    return PageFile(name, _ASSETS[name], read(name).encode())
