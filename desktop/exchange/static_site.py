"""The reader's page as a folder anybody can serve or open: index.html, its pages, and the objects they are made of."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from desktop.domain.progress import counted
from desktop.domain.words import tr
from desktop.exchange.folder import ExportFolder
from desktop.page.edition import HEAD
from desktop.page.site import PageFile, Site, media_path
from desktop.page.variants import Variant, make, variants

INDEX: Final = "index.html"
OTHER_EXPORTS: Final = frozenset(
    {"page.txt", "coverage.json", "page.jsonld", "digest.html", "digest.txt", "coverage.zip"}
)

_MUTABLE: Final = ("page-", INDEX)


def write(site: Site, out: Path) -> Path:
    """Write the whole site into an empty or new folder, or over an earlier export; returns index.html.

    Only files whose bytes changed are written: first what others point at (media, frames, entries, segments), then
    head.json, which tells open pages, then the pages and the feed, and index.html last. Raises ExportRefused.
    """
    write_into(site, ExportFolder(out, must_be_ours=True))
    return out / INDEX


def write_into(site: Site, folder: ExportFolder) -> None:
    """Write the whole site into a folder, which then tells what of it changed."""
    from desktop.page.feed import feed  # noqa: PLC0415 - templates are only needed when a site is written
    from desktop.page.objects import objects  # noqa: PLC0415
    from desktop.page.renderer import Renderer  # noqa: PLC0415

    site, renderer = replace(site, feed=True), Renderer()
    rendered = list(renderer.files(site))
    made = objects(site, renderer.edition(site), folder.read(HEAD))
    pages = sorted((file for file in rendered if file.path.startswith(_MUTABLE)), key=_index_last)
    assets = [file for file in rendered if not file.path.startswith(_MUTABLE)]
    ordered: list[PageFile] = [*assets, *made.files, made.head, feed(site), *pages]
    folder.claim([*_media_paths(site), *(file.path for file in ordered)])
    copy_media(site, folder)
    copy_variants(site, folder)
    for file in counted(tr("Writing files"), ordered):
        folder.write(file.path, file.data)
    folder.finish(replaced=lambda path: path not in OTHER_EXPORTS)


def copy_media(site: Site, folder: ExportFolder) -> None:
    """Copy the media files a site names into the folder's own `media`."""
    for sha256, path in counted(tr("Copying media"), tuple(_stored(site).items())):
        folder.copy(media_path(site.media[sha256]), path)


def copy_variants(site: Site, folder: ExportFolder) -> None:
    """Make the smaller copies of pictures that are not there yet; their names tell what they hold."""
    for variant, source in counted(tr("Making smaller pictures"), _variants(site)):
        folder.keep(variant.path, lambda variant=variant, source=source: make(variant, source))  # type: ignore[misc]


def _media_paths(site: Site) -> list[str]:
    return [
        *(media_path(site.media[sha256]) for sha256 in _stored(site)),
        *(variant.path for variant, _ in _variants(site)),
    ]


def _variants(site: Site) -> list[tuple[Variant, Path]]:
    return [(variant, path) for sha256, path in _stored(site).items() for variant in variants(site.media[sha256])]


def _stored(site: Site) -> Mapping[str, Path]:
    """Return the files of a site that lie on this machine."""
    found = ((sha256, getattr(file, "path", None)) for sha256, file in site.media.items())
    return {sha256: path for sha256, path in found if isinstance(path, Path)}


def _index_last(file: PageFile) -> bool:
    return file.path == INDEX
