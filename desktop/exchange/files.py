"""Files that come in and go out: which form they have, and where they are written."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from desktop.domain.problem import InvalidValue, Problem
from desktop.exchange import lossless, page_text, static_site
from desktop.exchange.folder import ExportFolder
from desktop.exchange.imported import Imported, with_new_ids
from desktop.page import profile
from desktop.page.house import House
from desktop.page.site import Site

__all__ = ["ExportKind", "FileUnreadable", "read", "with_new_ids", "write"]

PAGE_TEXT: Final = "page.txt"
COVERAGE: Final = "coverage.json"


class ExportKind(StrEnum):
    """What an export is written as."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"


class FileUnreadable(Problem):
    """A file that cannot be opened."""


def read(path: Path, house: House | None = None, title: str | None = None) -> Imported:
    """Read a page from a file: an exported coverage.json with its media, or text; raises a Problem."""
    try:
        with path.open("rb") as file:
            data = file.read(lossless.MAX_BYTES + 1)
    except FileNotFoundError as error:
        message = f"There is no file {path.name}."
        raise FileUnreadable(message, next_action="Check the name and try again.") from error
    except IsADirectoryError as error:
        message = f"{path.name} is a folder."
        raise FileUnreadable(message, next_action=f"Name a file inside it, such as {COVERAGE}.") from error
    except OSError as error:
        message = f"The file {path.name} cannot be read."
        raise FileUnreadable(message, detail=f"{error.strerror or error}.") from error
    if path.suffix.lower() == ".json" or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _worded(lossless.titled(lossless.read(data, path.parent), title), house)
    return page_text.read(data, house, title)


def write(site: Site, kind: ExportKind, out: Path) -> Path:
    """Write a coverage into a folder and return the file to open; raises ExportRefused."""
    match kind:
        case ExportKind.HTML:
            return static_site.write(site, out)
        case ExportKind.TEXT:
            text = page_text.write(site.coverage, site.entries, site.house)
            return _alone(ExportFolder(out), PAGE_TEXT, text.encode())
        case ExportKind.JSON:
            folder = ExportFolder(out)
            static_site.copy_media(site, folder)
            data = lossless.write(site.coverage, site.entries, site.media, _own(site.house))
            return _alone(folder, COVERAGE, data)


def _alone(folder: ExportFolder, path: str, data: bytes) -> Path:
    written = folder.write(path, data)
    folder.finish(replaced=lambda _path: False)
    return written


def _worded(imported: Imported, house: House | None) -> Imported:
    """Return an import with the profile that was asked for, else its own; one that is nowhere raises InvalidValue."""
    if house is not None:
        return replace(imported, house=house.to_json())
    name = imported.coverage.house
    if imported.house is None and name not in profile.shipped_names():
        message = f"This coverage is worded by the house profile “{name[:40]}”, which is not here."
        raise InvalidValue(message, done="Nothing was imported.", next_action="Name the profile's file with it.")
    return imported


def _own(house: House) -> dict[str, object] | None:
    """Return a profile as it travels; one that ships travels by its name alone."""
    is_shipped = house.name in profile.shipped_names() and house == House.shipped(house.name)
    return None if is_shipped else house.to_json()
