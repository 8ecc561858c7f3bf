"""Files that come in and go out: which form they have, and where they are written."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from desktop.domain.problem import InvalidValue, Problem
from desktop.domain.words import tr
from desktop.exchange import archive, digest, linked_page, live_blog_page, lossless, page_text, static_site
from desktop.exchange.folder import ExportFolder
from desktop.exchange.history import NO_PAST, Past
from desktop.exchange.imported import Imported, with_new_ids
from desktop.exchange.zip_source import SIGNATURE
from desktop.page import feed, profile
from desktop.page.house import House
from desktop.page.site import Site

__all__ = ["ExportKind", "FileUnreadable", "read", "with_new_ids", "write"]

PAGE_TEXT: Final = "page.txt"
COVERAGE: Final = "coverage.json"
DIGEST: Final = "digest.html"
DIGEST_TEXT: Final = "digest.txt"


class ExportKind(StrEnum):
    """What an export is written as."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"
    ATOM = "atom"
    JSONLD = "jsonld"
    DIGEST = "digest"
    ARCHIVE = "archive"


_Alone = Literal[
    ExportKind.TEXT,
    ExportKind.JSON,
    ExportKind.ATOM,
    ExportKind.JSONLD,
    ExportKind.DIGEST,
    ExportKind.ARCHIVE,
]


class FileUnreadable(Problem):
    """A file that cannot be opened."""


def read(path: Path, house: House | None = None, title: str | None = None) -> Imported:
    """Read a page from a file; raises a Problem.

    What it holds, not what it is called, tells its form: an archive, a coverage.json with its media beside it, a
    page's JSON-LD alone or inside HTML, or a page as text.
    """
    data = _bytes(path)
    if data == SIGNATURE:
        return _worded(lossless.titled(archive.read(path), title), house)
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if live_blog_page.is_one(data):
        return live_blog_page.read(data, house, title)
    if first == b"{" or path.suffix.lower() == ".json":
        return _worded(lossless.titled(lossless.read(data, path.parent), title), house)
    return page_text.read(data, house, title)


def _bytes(path: Path) -> bytes:
    """Return what a file holds, up to the most any form may have; of a zip its signature alone."""
    try:
        with path.open("rb") as file:
            begun = file.read(len(SIGNATURE))
            return begun if begun == SIGNATURE else begun + file.read(lossless.MAX_BYTES)
    except FileNotFoundError as error:
        message = tr("There is no file {name}.").format(name=path.name)
        raise FileUnreadable(message, next_action=tr("Check the name and try again.")) from error
    except IsADirectoryError as error:
        message = tr("{name} is a folder.").format(name=path.name)
        raise FileUnreadable(
            message, next_action=tr("Name a file inside it, such as {coverage}.").format(coverage=COVERAGE)
        ) from error
    except OSError as error:
        message = tr("The file {name} cannot be read.").format(name=path.name)
        raise FileUnreadable(message, detail=f"{error.strerror or error}.") from error


def write(site: Site, kind: ExportKind, out: Path, past: Past | None = None) -> Path:
    """Write a coverage into a folder and return the file to open; `past` goes into an archive.

    Raises ExportRefused.
    """
    if kind is ExportKind.HTML:
        return static_site.write(site, out)
    folder = ExportFolder(out)
    written = _write_alone(site, kind, folder, past)
    folder.finish(replaced=lambda _path: False)
    return written


def _write_alone(site: Site, kind: _Alone, folder: ExportFolder, past: Past | None) -> Path:
    """Write a form that is one file, and what lies beside it."""
    match kind:
        case ExportKind.TEXT:
            return folder.write(PAGE_TEXT, page_text.write(site.coverage, site.entries, site.house).encode())
        case ExportKind.JSON:
            static_site.copy_media(site, folder)
            return folder.write(COVERAGE, lossless.write(site.coverage, site.entries, site.media, _own(site.house)))
        case ExportKind.ATOM:
            static_site.copy_media(site, folder)
            made = feed.feed(site)
            return folder.write(made.path, made.data)
        case ExportKind.JSONLD:
            return folder.write(linked_page.LINKED_PAGE, linked_page.write(site))
        case ExportKind.DIGEST:
            mail = digest.digest(site)
            folder.write(DIGEST_TEXT, mail.text)
            return folder.write(DIGEST, mail.html)
        case ExportKind.ARCHIVE:
            house = _own(site.house)
            return archive.write(folder, site.coverage, site.entries, site.media, house, past or NO_PAST)


def _worded(imported: Imported, house: House | None) -> Imported:
    """Return an import with the profile that was asked for, else its own; one that is nowhere raises InvalidValue."""
    if house is not None:
        return replace(imported, house=house.to_json())
    name = imported.coverage.house
    if imported.house is None and name not in profile.shipped_names():
        message = tr("This coverage is worded by the house profile “{name}”, which is not here.").format(name=name[:40])
        raise InvalidValue(
            message, done=tr("Nothing was imported."), next_action=tr("Name the profile's file with it.")
        )
    return imported


def _own(house: House) -> dict[str, object] | None:
    """Return a profile as it travels; one that ships travels by its name alone."""
    is_shipped = house.name in profile.shipped_names() and house == House.shipped(house.name)
    return None if is_shipped else house.to_json()
