"""A coverage's pages as a source: everything comes from the one renderer, media from the workspace.

Importing this imports the renderer: do it in a thread, after the first paint.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

from desktop.page.pages import FRONT, pages
from desktop.page.renderer import Renderer
from desktop.page.site import Site, media_path
from desktop.page.variants import Variant, find_variant, make
from ui.sealed.scheme import Served

# One for the whole process: an entry that any pane has rendered is not rendered again.
RENDERER: Final = Renderer()

_TEXTS: Final = ("text/", "application/json")


class SitePages:
    """Serves one site as it stood when it was read. `find_media` gives the file of a SHA-256."""

    def __init__(self, site: Site, find_media: Callable[[str], Path | None]) -> None:
        self.site = site
        self._find_media = find_media
        self._media: Mapping[str, str] = {media_path(file): sha256 for sha256, file in site.media.items()}

    def __call__(self, path: str) -> Served | None:
        """Return the file at a path, None where there is none."""
        if path in self._media:
            sha256 = self._media[path]
            found = self._find_media(sha256)
            return Served(self.site.media[sha256].media_type, found) if found else None
        if variant := find_variant(path, self.site.media):
            return self._copy(variant)
        made = RENDERER.file(self.site, path)
        if made is None:
            return None
        is_text = made.media_type.startswith(_TEXTS)
        return Served(f"{made.media_type}; charset=utf-8" if is_text else made.media_type, made.data)

    def _copy(self, variant: Variant) -> Served | None:
        """Make a smaller copy of a picture; the picture itself where none can be made."""
        found = self._find_media(variant.file.sha256)
        if found is None:
            return None
        try:
            return Served(variant.file.media_type, make(variant, found))
        except (OSError, ValueError):
            return Served(variant.file.media_type, found)

    def page_of(self, entry_id: UUID | None) -> str:
        """Return the page that shows an entry: the front page when it is there, or when there is no such entry."""
        laid = pages(self.site)
        if entry_id is None or any(entry.id == entry_id for entry in laid.documents[0].entries):
            return FRONT
        return laid.homes.get(entry_id, FRONT)
