"""What a reader's page is rendered from, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.page.house import House

Mark = str
"""What sets a page apart from the published one: "" for nothing, "rehearsal" for the banner and its robots rule."""

REHEARSAL: Final = "rehearsal"

_SUFFIXES: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "text/vtt": "vtt",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
}


class MediaFile(Protocol):
    """A file a page shows; `width` and `height` are in pixels, 0 when not known."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes in hex."""

    @property
    def media_type(self) -> str:
        """Its media type, such as image/jpeg."""

    @property
    def width(self) -> int:
        """Its width in pixels, 0 when not known."""

    @property
    def height(self) -> int:
        """Its height in pixels, 0 when not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A coverage as readers get it: its entries newest first, the profile that words it, the files it has, by SHA-256.

    Files that entries name and `media` lacks are shown as still to come. `feed` says that an Atom feed lies beside
    the page, as feed.atom: it is then linked.
    """

    coverage: Coverage
    entries: tuple[Entry, ...]
    house: House
    media: Mapping[str, MediaFile] = field(default_factory=lambda: MappingProxyType({}))
    mark: Mark = ""
    feed: bool = False


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the rendered site; `path` is relative to its top, with "/" between folders."""

    path: str
    media_type: str
    data: bytes


def media_path(file: MediaFile) -> str:
    """Return where a file stands in the rendered site: media/<sha256>.<ending>."""
    return f"media/{file.sha256}.{_SUFFIXES.get(file.media_type, 'bin')}"
