"""How the entries of a site lie on its pages, and what a page links to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from desktop.domain.clock import Clock
from desktop.domain.entry import Entry
from desktop.domain.timeline import front_page, newest_first, older_pages
from desktop.page.site import Site

FRONT = "index.html"


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


@dataclass(frozen=True, slots=True)
class Pages:
    """All documents of a site, the front page first, then from the newest to the oldest."""

    documents: tuple[Page, ...]
    homes: Mapping[UUID, str]

    def at(self, path: str) -> Page | None:
        """Return the document of that name, None when there is none."""
        return next((page for page in self.documents if page.path == path), None)

    def permalink(self, entry_id: UUID) -> str:
        """Return the address that stays an entry's own: its page is counted from the oldest, so it never shifts."""
        return f"{self.homes[entry_id]}#{entry_id}"


def pages(site: Site) -> Pages:
    """Lay out the pages of a site."""
    entries, size = newest_first(site.entries), site.house.entries_per_page
    cut = tuple(tuple(part) for part in older_pages(entries, size))
    total = max(1, len(cut))
    names = [page_name(number) for number in range(1, len(cut) + 1)]
    documents = [Page(FRONT, tuple(front_page(entries, size)), 1, total, "", names[-2] if total > 1 else "")]
    for number in range(len(cut), 0, -1):
        position = total - number + 1
        newer = "" if position == 1 else FRONT if position == 2 else names[number]  # noqa: PLR2004 - the one after the front page
        older = names[number - 2] if number > 1 else ""
        documents.append(Page(names[number - 1], cut[number - 1], position, total, newer, older))
    homes = {entry.id: names[number] for number, part in enumerate(cut) for entry in part}
    return Pages(tuple(documents), MappingProxyType(homes))


def page_name(number: int) -> str:
    """Return the name of a page counted from the oldest, which is 1."""
    return f"page-{number}.html"


def last_change(entries: tuple[Entry, ...], clock: Clock = ()) -> datetime | None:
    """Return when readers last got something else, None when they have nothing yet."""
    moments = [event.at for event in clock]
    for entry in entries:
        moments += [entry.at, *(correction.at for correction in entry.corrections)]
        moments += [at for at in (entry.edited_at, entry.withdrawal and entry.withdrawal.at) if at]
    return max(moments, default=None)
