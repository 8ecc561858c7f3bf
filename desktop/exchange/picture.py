"""Takes a picture in: decoded, turned upright, stripped of everything but its pixels, and encoded anew."""

import io
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from PIL import ExifTags, ImageOps, UnidentifiedImageError
from PIL import Image as Pillow

from desktop.domain.blocks import Crop
from desktop.domain.problem import Problem
from desktop.domain.words import tr

MAX_BYTES: Final = 40_000_000
MAX_PIXELS: Final = 80_000_000
MAX_SIDE: Final = 2560
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_JPEG_QUALITY: Final = 86


class PictureRefused(Problem):
    """A file that is not a picture the console can show safely."""


class Trace(StrEnum):
    """What a file told besides its pixels, and tells no more."""

    PLACE = "place"
    CAMERA = "camera"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to keep: its new bytes, their type, its size in pixels, and what was taken out of it."""

    data: bytes
    media_type: str
    width: int
    height: int
    removed: tuple[Trace, ...] = ()


def prepare(source: Path | bytes) -> Picture:
    """Decode a JPEG, PNG, WebP or GIF and encode it anew, at most 2,560 pixels a side; raises PictureRefused.

    EXIF (where and when it was taken), comments and colour profiles do not survive; the rotation they asked for is
    applied first. SVG is refused: it is a document, not a picture.
    """
    data = source if isinstance(source, bytes) else _bytes(source)
    if len(data) > MAX_BYTES:
        message = tr("The picture is larger than {megabytes} MB.").format(megabytes=MAX_BYTES // 1000000)
        raise PictureRefused(message, next_action=tr("Save a smaller copy and add that."))
    try:
        with Pillow.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                message = tr("The picture has more than {megabytes} million pixels.").format(
                    megabytes=MAX_PIXELS // 1000000
                )
                raise PictureRefused(message, next_action=tr("Save a smaller copy and add that."))
            removed = _traces(opened)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            return replace(_encode(upright), removed=removed)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        message = tr("This file is not a picture the console can read.")
        raise PictureRefused(message, next_action=tr("Use a JPEG, PNG, WebP or GIF file.")) from error


def cut(source: Path, part: Crop) -> Picture:
    """Cut a part out of a picture that was taken in, at least a pixel a side; raises PictureRefused."""
    try:
        with Pillow.open(source, formats=_FORMATS) as opened:
            width = max(1, round(part.width * opened.width))
            height = max(1, round(part.height * opened.height))
            left = min(round(part.left * opened.width), opened.width - width)
            top = min(round(part.top * opened.height), opened.height - height)
            return _encode(opened.crop((left, top, left + width, top + height)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        message = tr("The original of this picture cannot be read.")
        raise PictureRefused(message, next_action=tr("Replace the picture.")) from error


def _traces(opened: Pillow.Image) -> tuple[Trace, ...]:
    """Tell what a file says besides its pixels."""
    exif = opened.getexif()
    told = {
        Trace.PLACE: bool(exif.get_ifd(ExifTags.IFD.GPSInfo)),
        Trace.CAMERA: bool(exif),
        Trace.COMMENT: bool(opened.info.get("comment") or opened.info.get("xmp") or getattr(opened, "text", None)),
    }
    return tuple(trace for trace, is_told in told.items() if is_told)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        message = tr("The file {name} cannot be read.").format(name=path.name)
        raise PictureRefused(message, detail=f"{error.strerror or 'It could not be opened'}.") from error


def _encode(picture: Pillow.Image) -> Picture:
    out = io.BytesIO()
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    clean = picture.convert("RGBA" if has_alpha else "RGB")
    clean.info.clear()
    if has_alpha:
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), "image/png" if has_alpha else "image/jpeg", clean.width, clean.height)
