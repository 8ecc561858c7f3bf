"""The lossless form of a coverage: one JSON file, and the media files it names in the folder `media` beside it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.codec import coverage_from_json, coverage_to_json, entry_from_json, entry_to_json
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, media_of
from desktop.domain.members import Json, Reader, lean, parse, read_sha256
from desktop.domain.problem import InvalidValue, Problem
from desktop.domain.progress import counted
from desktop.domain.timeline import newest_first
from desktop.domain.words import tr
from desktop.exchange.history import Past, past_from_json, past_to_json
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
    coverage: Coverage,
    entries: Iterable[Entry],
    media: Mapping[str, MediaFile],
    house: Json | None = None,
    *,
    past: Past | None = None,
) -> bytes:
    """Write a coverage, its entries (drafts and desk notes included) and the list of its media files.

    `house` travels along when it is not one that ships, `past` when there is one. Equal values give equal bytes.
    """
    ordered = newest_first(entries)
    wanted = _media_wanted(ordered, past)
    value = {
        "form": _FORM,
        "schema": _SCHEMA,
        "coverage": coverage_to_json(coverage),
        "entries": [entry_to_json(entry) for entry in ordered],
        "media": [_listed_to_json(media[sha256]) for sha256 in wanted if sha256 in media],
        "house": house,
        "past": past_to_json(past) if past else None,
    }
    written = lean(value, keep=tr("form schema coverage entries media"))
    return (json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


Fetch = Callable[[str], bytes | None]
"""Gives the bytes of a file that came along, by its path, None when it did not."""


def read(data: bytes, folder: Path | None = None) -> Imported:
    """Read what `write` wrote, with the media files of the folder it lies in; raises InvalidValue for anything else.

    A file that is not there, or whose bytes are not the ones it is named after, is listed as missing.
    """
    return read_with(data, lambda path: _bytes(folder / path) if folder else None)


def read_with(data: bytes, fetch: Fetch) -> Imported:
    """Read what `write` wrote, with the media files that `fetch` gives."""
    if len(data) > MAX_BYTES:
        message = tr("The file is larger than {megabytes} MB, the most a coverage may have.").format(
            megabytes=MAX_BYTES // 1000000
        )
        raise InvalidValue(message)
    reader = Reader(parse(data.removeprefix(b"\xef\xbb\xbf")), "The file")
    if reader.text("form", "") != _FORM:
        message = tr("This JSON is not an exported coverage.")
        raise InvalidValue(message, next_action=tr("Import a page as text, or a coverage.json this console wrote."))
    schema = reader.whole("schema")
    if schema != _SCHEMA:
        message = tr("This coverage was exported by a newer version of the console.")
        raise InvalidValue(
            message, detail=tr("Its schema is {schema}, this version reads {own}.").format(schema=schema, own=_SCHEMA)
        )
    coverage = reader.one("coverage", coverage_from_json)
    if coverage is None:
        message = tr("The file holds no coverage.")
        raise InvalidValue(message)
    entries = reader.many("entries", entry_from_json, required=True)
    listed = reader.many("media", _listed_from_json, required=True)
    house = reader.one("house", _object)
    past = reader.one("past", past_from_json)
    reader.end()
    every = (*entries, *(past.binned if past else ()))
    _check(coverage, every)
    if past:
        past.check(coverage.id, {entry.id for entry in every})
    if len({each.sha256 for each in listed}) != len(listed):
        message = tr("A media file stands twice in this file.")
        raise InvalidValue(message)
    files = [file for file in (_file(each, fetch) for each in counted(tr("Reading media"), listed)) if file is not None]
    found = {file.sha256 for file in files}
    wanted = _media_wanted(newest_first(entries), past)
    return Imported(
        coverage=coverage,
        entries=newest_first(entries),
        media=tuple(files),
        missing=tuple(sha256 for sha256 in wanted if sha256 not in found),
        house=house,
        past=past,
    )


def titled(imported: Imported, title: str | None) -> Imported:
    """Return an import under another headline, or as it is when no title is given."""
    return replace(imported, coverage=replace(imported.coverage, headline=title)) if title else imported


def _media_wanted(entries: Sequence[Entry], past: Past | None) -> tuple[str, ...]:
    """Return every file that an entry, or a version of one, names, each once."""
    every = (*entries, *(past.entries() if past else ()))
    return tuple(dict.fromkeys(sha256 for entry in every for sha256 in media_of(entry)))


def _check(coverage: Coverage, entries: tuple[Entry, ...]) -> None:
    if len({entry.id for entry in entries}) != len(entries):
        message = tr("Two entries of this file have the same id.")
        raise InvalidValue(message)
    if any(entry.coverage_id != coverage.id for entry in entries):
        message = tr("An entry of this file belongs to another coverage.")
        raise InvalidValue(message)
    if len({point.id for point in coverage.summary}) != len(coverage.summary):
        message = tr("Two summary points of this file have the same id.")
        raise InvalidValue(message)


def _listed_to_json(file: MediaFile) -> Json:
    return lean(
        {"sha256": file.sha256, "type": file.media_type, "width": file.width, "height": file.height},
        keep=tr("sha256 type"),
    )


def _listed_from_json(value: object) -> _Listed:
    reader = Reader(value, "A media file")
    sha256 = read_sha256(reader.text("sha256"))
    listed = _Listed(sha256, reader.text("type"), reader.whole("width", 0), reader.whole("height", 0))
    reader.end()
    return listed


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        message = tr("The house profile in this file is not an object.")
        raise InvalidValue(message)
    return value


def _file(listed: _Listed, fetch: Fetch) -> ImportedFile | None:
    data = fetch(media_path(listed))
    file = ImportedFile(data, listed.media_type, listed.width, listed.height) if data is not None else None
    return file if file and file.sha256 == listed.sha256 else None


def _bytes(path: Path) -> bytes | None:
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > MAX_FILE:
            message = tr("The file {name} is larger than {megabytes} MB.").format(
                name=path.name, megabytes=MAX_FILE // 1000000
            )
            raise InvalidValue(message)
        return path.read_bytes()
    except OSError as error:
        message = tr("The file {name} cannot be read.").format(name=path.name)
        raise Problem(message, detail=f"{error.strerror or 'It could not be opened'}.") from error
