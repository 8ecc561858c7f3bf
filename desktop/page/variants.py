"""Smaller copies of pictures: which there are and what they are called; making them is for who serves the bytes."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from desktop.page.site import MediaFile, media_path

WIDTHS: Final = (480, 960, 1_600)
"""How wide copies are, in pixels; only those narrower than the picture exist."""

# Animations would stand still in a copy, and video is not copied at all.
_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_SAVED: Final[Mapping[str, Mapping[str, int]]] = {
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 80},
}
_NAME: Final = re.compile(r"media/(?P<sha256>[0-9a-f]{64})\.(?P<width>[1-9][0-9]{2,3})\.(?P<suffix>[a-z0-9]{2,4})")


class Place(StrEnum):
    """Where a picture stands, which decides how wide it is shown."""

    COLUMN = "column"
    TILE = "tile"


_SIZES: Final = {
    Place.COLUMN: "(min-width:64rem) 42rem, calc(100vw - 4rem)",
    Place.TILE: "(min-width:64rem) 21rem, (min-width:34rem) 50vw, calc(100vw - 4rem)",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """A smaller copy of a media file, `width` pixels wide."""

    file: MediaFile
    width: int

    @property
    def path(self) -> str:
        """Where it stands in the rendered site: media/<sha256>.<width>.<ending>."""
        stem, suffix = media_path(self.file).rsplit(".", 1)
        return f"{stem}.{self.width}.{suffix}"


def variants(file: MediaFile) -> tuple[Variant, ...]:
    """Return the smaller copies of a media file, the narrowest first; none of what is no picture."""
    if file.media_type not in _FORMATS or not file.height:
        return ()
    return tuple(Variant(file, width) for width in WIDTHS if width < file.width)


def find_variant(path: str, media: Mapping[str, MediaFile]) -> Variant | None:
    """Return the copy at a path, None where the files of a page have none of that name."""
    named = _NAME.fullmatch(path)
    file = media.get(named["sha256"]) if named else None
    return next((each for each in variants(file) if each.path == path), None) if file else None


def make(variant: Variant, source: Path) -> bytes:
    """Make a copy's bytes from the file of its picture; raises OSError or ValueError for what is no such picture."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only who serves bytes needs it, never the renderer

    form = _FORMATS[variant.file.media_type]
    try:
        with Image.open(source, formats=(form,)) as opened:
            # A JPEG can be read at a fraction of its size, which saves most of the work.
            opened.draft(None, (variant.width * 2, variant.width * 2))
            upright = ImageOps.exif_transpose(opened)
            height = max(1, round(upright.height * variant.width / upright.width))
            shown = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            copy = shown.resize((variant.width, height), Image.Resampling.LANCZOS)
    except (SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(str(error)) from error
    out = io.BytesIO()
    copy.save(out, form, **_SAVED[form])
    return out.getvalue()


def srcset(file: MediaFile) -> str:
    """Return the widths a browser may choose from, the picture itself the widest; "" when there is no choice."""
    copies = [f"{each.path} {each.width}w" for each in variants(file)]
    return ", ".join([*copies, f"{media_path(file)} {file.width}w"]) if copies else ""


def picture_sizes(place: Place) -> str:
    """Return how wide a picture is shown, for the browser to choose by before any style is there."""
    return _SIZES[place]
