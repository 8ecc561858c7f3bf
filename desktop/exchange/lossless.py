"""The lossless form of a coverage: one JSON file, and the media files it names in the folder `media` beside it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.codec import coverage_from_json, coverage_to_json, entry_from_json, entry_to_json
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, media_of
from desktop.domain.members import Json, Reader, lean, parse, read_sha256
from desktop.domain.problem import InvalidValue, Problem
from desktop.domain.timeline import newest_first
from desktop.exchange.imported import Imported, ImportedFile
from desktop.page.site import MediaFile, media_path

MAX_BYTES: Final = 100_000_000
MAX_FILE: Final = 500_000_000

_FORM: Final = "newsroom-coverage"
_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class _Listed:
    sha256: str
    media_type: str
    width: int
    height: int


def write(
    coverage: Coverage, entries: Iterable[Entry], media: Mapping[str, MediaFile], house: Json | None = None
) -> bytes:
    """Write a coverage, its entries (drafts and desk notes included) and the list of its media files.

    `house` travels along when it is not one that ships. Equal values give equal bytes.
    """
    ordered = newest_first(entries)
    wanted = dict.fromkeys(sha256 for entry in ordered for sha256 in media_of(entry))
    value = {
        "form": _FORM,
        "schema": _SCHEMA,
        "coverage": coverage_to_json(coverage),
        "entries": [entry_to_json(entry) for entry in ordered],
        "media": [_listed_to_json(media[sha256]) for sha256 in wanted if sha256 in media],
        "house": house,
    }
    written = lean(value, keep="form schema coverage entries media")
    return (json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read(data: bytes, folder: Path | None = None) -> Imported:
    """Read what `write` wrote, with the media files of the folder it lies in; raises InvalidValue for anything else.

    A file that is not there, or whose bytes are not the ones it is named after, is listed as missing.
    """
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1_000_000} MB, the most a coverage may have."
        raise InvalidValue(message)
    reader = Reader(parse(data.removeprefix(b"\xef\xbb\xbf")), "The file")
    if reader.text("form", "") != _FORM:
        message = "This JSON is not an exported coverage."
        raise InvalidValue(message, next_action="Import a page as text, or a coverage.json this console wrote.")
    schema = reader.whole("schema")
    if schema != _SCHEMA:
        message = "This coverage was exported by a newer version of the console."
        raise InvalidValue(message, detail=f"Its schema is {schema}, this version reads {_SCHEMA}.")
    coverage = reader.one("coverage", coverage_from_json)
    if coverage is None:
        message = "The file holds no coverage."
        raise InvalidValue(message)
    entries = reader.many("entries", entry_from_json, required=True)
    listed = reader.many("media", _listed_from_json, required=True)
    house = reader.one("house", _object)
    reader.end()
    _check(coverage, entries)
    files = [file for file in (_file(each, folder) for each in listed) if file is not None]
    found = {file.sha256 for file in files}
    wanted = dict.fromkeys(sha256 for entry in newest_first(entries) for sha256 in media_of(entry))
    return Imported(
        coverage=coverage,
        entries=newest_first(entries),
        media=tuple(files),
        missing=tuple(sha256 for sha256 in wanted if sha256 not in found),
        house=house,
    )


def titled(imported: Imported, title: str | None) -> Imported:
    """Return an import under another headline, or as it is when no title is given."""
    return replace(imported, coverage=replace(imported.coverage, headline=title)) if title else imported


def _check(coverage: Coverage, entries: tuple[Entry, ...]) -> None:
    if len({entry.id for entry in entries}) != len(entries):
        message = "Two entries of this file have the same id."
        raise InvalidValue(message)
    if any(entry.coverage_id != coverage.id for entry in entries):
        message = "An entry of this file belongs to another coverage."
        raise InvalidValue(message)
    if len({point.id for point in coverage.summary}) != len(coverage.summary):
        message = "Two summary points of this file have the same id."
        raise InvalidValue(message)


def _listed_to_json(file: MediaFile) -> Json:
    return lean(
        {"sha256": file.sha256, "type": file.media_type, "width": file.width, "height": file.height},
        keep="sha256 type",
    )


def _listed_from_json(value: object) -> _Listed:
    reader = Reader(value, "A media file")
    sha256 = read_sha256(reader.text("sha256"))
    listed = _Listed(sha256, reader.text("type"), reader.whole("width", 0), reader.whole("height", 0))
    reader.end()
    return listed


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        message = "The house profile in this file is not an object."
        raise InvalidValue(message)
    return value


def _file(listed: _Listed, folder: Path | None) -> ImportedFile | None:
    if folder is None:
        return None
    path = folder / media_path(listed)
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > MAX_FILE:
            message = f"The file {path.name} is larger than {MAX_FILE // 1_000_000} MB."
            raise InvalidValue(message)
        data = path.read_bytes()
    except OSError as error:
        message = f"The file {path.name} cannot be read."
        raise Problem(message, detail=f"{error.strerror or 'It could not be opened'}.") from error
    file = ImportedFile(data, listed.media_type, listed.width, listed.height)
    return file if file.sha256 == listed.sha256 else None
