"""Takes a film in: recognised by its own bytes, measured, and what it tells besides the film blanked in place.

No codec is needed: an MP4 is boxes in boxes (ISO/IEC 14496-12), a WebM elements in elements (RFC 8794), and a box
that is renamed to "free", or an element to Void, keeps its size, so that nothing after it moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.problem import Problem
from desktop.domain.words import tr

MAX_BYTES: Final = 100_000_000
MAX_CAPTIONS: Final = 1_000_000

_EBML: Final = b"\x1aE\xdf\xa3"
# Boxes that hold others, and those that say where, when and with what the film was made.
_HOLDERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf"})
_TELLING: Final = frozenset({b"udta", b"meta", b"uuid"})
_BRANDS: Final = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"})
# Segment, Tracks, TrackEntry and Video hold what tells the size.
_MASTERS: Final = frozenset({0x18538067, 0x1654AE6B, 0xAE, 0xE0})
_WIDTH: Final = 0xB0
_HEIGHT: Final = 0xBA
_TAGS: Final = 0x1254C367
_VOID_HEAD: Final = 9
_WIDEST_NUMBER: Final = 4
_MOST_PARTS: Final = 100_000
_LONGEST_SIDE: Final = 16_384


class FilmRefused(Problem):
    """A file that is not a film, or no captions, the console can show safely."""


@dataclass(frozen=True, slots=True)
class Film:
    """A film ready to keep: its bytes and their type, and its size in pixels, 0 when it does not tell.

    `is_blanked` says that it told where, when or with what it was made, and does no more.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    is_blanked: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A box or element: its name, where it begins, where what it holds begins, and where it ends."""

    name: bytes | int
    start: int
    inside: int
    end: int


def prepare_film(source: Path | bytes) -> Film:
    """Take an MP4 or WebM of at most 100 MB; what it tells of place and camera is blanked; raises FilmRefused."""
    data = bytearray(_bytes(source, MAX_BYTES, tr("The film is larger than 100 MB.")))
    if bytes(data[4:8]) == b"ftyp" and _brands(data) & _BRANDS:
        media_type, (width, height), is_blanked = "video/mp4", *_mp4(data)
    elif data.startswith(_EBML) and b"webm" in bytes(data[:64]):
        media_type, (width, height), is_blanked = "video/webm", *_webm(data)
    else:
        message = tr("This file is not a film readers' browsers can play.")
        raise FilmRefused(message, next_action=tr("Use an MP4 (H.264) or WebM file."))
    return Film(bytes(data), media_type, width, height, is_blanked)


def prepare_captions(source: Path | bytes) -> bytes:
    """Take a WebVTT file with at least one timed line; raises FilmRefused."""
    data = _bytes(source, MAX_CAPTIONS, tr("The captions are larger than 1 MB.")).removeprefix(b"\xef\xbb\xbf")
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = tr("The captions are not UTF-8 text.")
        raise FilmRefused(message, next_action=tr("Save them as WebVTT in UTF-8.")) from error
    lines = said.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0] != "WEBVTT" and not lines[0].startswith(("WEBVTT ", "WEBVTT\t")):
        message = tr("This file is not WebVTT: its first line is not “WEBVTT”.")
        raise FilmRefused(message, next_action=tr("Save the captions as a .vtt file."))
    if "\x00" in said or not any("-->" in line for line in lines):
        message = tr("The captions hold no timed line.")
        raise FilmRefused(message, next_action=tr("Check the file in the program that made it."))
    return "\n".join(lines).encode()


def _bytes(source: Path | bytes, most: int, too_large: str) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with source.open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            message = tr("The file {name} cannot be read.").format(name=source.name)
            raise FilmRefused(message, detail=f"{error.strerror or 'It could not be opened'}.") from error
    if len(data) > most:
        raise FilmRefused(too_large, next_action=tr("Save a smaller copy and add that."))
    return data


def _damaged() -> FilmRefused:
    message = tr("The film is damaged: a part of it is cut off.")
    return FilmRefused(message, next_action=tr("Save it anew and add that."))


# --- MP4 ------------------------------------------------------------------------------------------------------------


def _brands(data: bytearray) -> set[bytes]:
    end = min(int.from_bytes(data[:4]), 256, len(data))
    return {bytes(data[at : at + 4]) for at in (8, *range(16, end, 4))}


def _boxes(data: bytearray, start: int, end: int) -> Iterator[_Part]:
    for _ in range(_MOST_PARTS):
        if start + 8 > end:
            return
        size, inside = int.from_bytes(data[start : start + 4]), start + 8
        if size == 1:
            size, inside = int.from_bytes(data[start + 8 : start + 16]), start + 16
        stop = start + size if size else end
        if stop < inside or stop > end:
            raise _damaged()
        yield _Part(bytes(data[start + 4 : start + 8]), start, inside, stop)
        start = stop
    raise _damaged()


def _mp4(data: bytearray) -> tuple[tuple[int, int], bool]:
    measures, is_blanked = (0, 0), False
    waiting = list(_boxes(data, 0, len(data)))
    if all(box.name != b"moov" for box in waiting):
        message = tr("The film says nothing of what is in it.")
        raise FilmRefused(message, next_action=tr("Save it anew as MP4 and add that."))
    while waiting:
        box = waiting.pop()
        if box.name in _HOLDERS:
            waiting += _boxes(data, box.inside, box.end)
        elif box.name in _TELLING:
            data[box.start + 4 : box.start + 8] = b"free"
            data[box.inside : box.end] = bytes(box.end - box.inside)
            is_blanked = True
        elif box.name == b"tkhd":
            # The last eight bytes are width and height in 16.16 fixed point; a sound track says 0.
            found = [int.from_bytes(data[box.end - at : box.end - at + 2]) for at in (8, 4)]
            measures = max(measures, (found[0], found[1]))
    return measures, is_blanked


# --- WebM -----------------------------------------------------------------------------------------------------------


def _number(data: bytearray, at: int, *, with_marker: bool) -> tuple[int, int]:
    """Read a number of a length its first bits tell; returns it and where what follows begins."""
    length = 9 - data[at].bit_length() if at < len(data) and data[at] else 0
    if not length or at + length > len(data):
        raise _damaged()
    value = int.from_bytes(data[at : at + length])
    return (value if with_marker else value & ((1 << 7 * length) - 1)), at + length


def _elements(data: bytearray, start: int, end: int) -> Iterator[_Part]:
    for _ in range(_MOST_PARTS):
        if start >= end:
            return
        name, at = _number(data, start, with_marker=True)
        size, inside = _number(data, at, with_marker=False)
        is_open = size == (1 << 7 * (inside - at)) - 1
        # A recording says no length for what was still growing; a cut-off end is played as far as it goes.
        stop = end if is_open else min(inside + size, end)
        yield _Part(name, start, inside, stop)
        start = stop
    raise _damaged()


def _webm(data: bytearray) -> tuple[tuple[int, int], bool]:
    measures: dict[bytes | int, int] = {_WIDTH: 0, _HEIGHT: 0}
    is_blanked = False
    waiting = list(_elements(data, 0, len(data)))
    while waiting:
        part = waiting.pop()
        if part.name in _MASTERS:
            waiting += _elements(data, part.inside, part.end)
        elif part.name in measures and part.end - part.inside <= _WIDEST_NUMBER:
            measures[part.name] = int.from_bytes(data[part.inside : part.end])
        elif part.name == _TAGS and part.end - part.start >= _VOID_HEAD:
            _void(data, part)
            is_blanked = True
    width, height = measures[_WIDTH], measures[_HEIGHT]
    return ((width, height) if max(width, height) <= _LONGEST_SIDE else (0, 0)), is_blanked


def _void(data: bytearray, part: _Part) -> None:
    """Turn an element into a Void of the same size: its name in one byte, its size in eight."""
    size = part.end - part.start - _VOID_HEAD
    data[part.start : part.end] = b"\xec" + (size | 1 << 56).to_bytes(8) + bytes(size)
