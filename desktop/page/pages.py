"""All pages of a site at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from desktop.domain.clock import Clock
from desktop.domain.entry import Entry
from desktop.page.layout import FRONT, Layout, Page, changed_at
from desktop.page.site import Site

__all__ = ["FRONT", "Page", "Pages", "changed_at", "last_change", "pages"]


@dataclass(frozen=True, slots=True)
class Pages:
    """All documents of a site, the front page first, then from the newest to the oldest; `homes` is entry to file."""

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
    layout = Layout(site.house.entries_per_page, site.entries)
    documents = tuple(page for page in map(layout.page, layout.paths()) if page)
    homes = {entry.id: page.path for page in documents if page.path != FRONT for entry in page.entries}
    return Pages(documents, MappingProxyType(homes))


def last_change(entries: Sequence[Entry], clock: Clock = ()) -> datetime | None:
    """Return when readers last got something else, None when they have nothing yet."""
    return max([*(event.at for event in clock), *map(changed_at, entries)], default=None)
