"""The reader's page as a folder anybody can serve or open: index.html and its parts."""

from pathlib import Path
from typing import Final, Protocol

from desktop.exchange.folder import ExportFolder, ExportRefused
from desktop.page.site import MediaFile, Site, media_path

INDEX: Final = "index.html"
OTHER_EXPORTS: Final = frozenset({"page.txt", "coverage.json"})


class StoredFile(MediaFile, Protocol):
    """A media file whose bytes lie on this machine."""

    @property
    def path(self) -> Path:
        """Where its bytes are."""


def write(site: Site, out: Path) -> Path:
    """Write the whole site into an empty or new folder, or over an earlier export; returns index.html.

    index.html comes last, so that it never points at a file that is not there yet. Raises ExportRefused.
    """
    from desktop.page.renderer import Renderer  # noqa: PLC0415 - templates are only needed when a site is written

    folder = ExportFolder(out, must_be_ours=True)
    copy_media(site, folder)
    index: bytes | None = None
    for file in Renderer().files(site):
        if file.path == INDEX:
            index = file.data
        else:
            folder.write(file.path, file.data)
    if index is None:
        message = "The page has no index.html."
        raise ExportRefused(message)
    written = folder.write(INDEX, index)
    folder.finish(replaced=lambda path: path not in OTHER_EXPORTS)
    return written


def copy_media(site: Site, folder: ExportFolder) -> None:
    """Copy the media files a site names into the folder's own `media`."""
    for file in site.media.values():
        path = getattr(file, "path", None)
        if isinstance(path, Path):
            folder.copy(media_path(file), path)
