"""Files that come in for the blocks of entries: each is looked into, stripped, and kept by the SHA-256 of its bytes."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.blocks import Crop, Focus, Image, Video
from desktop.domain.problem import Problem
from desktop.domain.words import tr
from desktop.records import Records

if TYPE_CHECKING:
    from desktop.exchange.picture import Picture, Trace

_WHOLE = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class TakenPicture:
    """A picture that was taken in, and what its file told that was taken out of it."""

    image: Image
    removed: "tuple[Trace, ...]"


@dataclass(frozen=True, slots=True)
class TakenFilm:
    """A film that was taken in; `is_blanked` says that its file told of place or camera and does no more."""

    video: Video
    is_blanked: bool


class Intake(Records):
    """Takes pictures, films and captions in; from any thread."""

    def add_picture(self, source: Path | bytes) -> Image:
        """Take a picture into the workspace: decoded, stripped of its metadata, re-encoded; raises PictureRefused."""
        return self.take_picture(source).image

    def take_picture(self, source: Path | bytes) -> TakenPicture:
        """Take a picture in and tell what was taken out of it; raises PictureRefused."""
        from desktop.exchange.picture import prepare  # noqa: PLC0415 - Pillow is only needed when a picture comes in

        picture = prepare(source)
        return TakenPicture(self._keep(picture), picture.removed)

    def crop_picture(self, image: Image, part: tuple[float, float, float, float], focus: Focus) -> Image:
        """Show a part of a picture's original: left, top, width and height as fractions; the original stays kept.

        The part becomes a file of its own, so that readers get nothing of what was cut away. The whole as the part
        brings the original back. Raises PictureRefused, and a Problem for a picture whose original is not here.
        """
        from desktop.exchange.picture import cut  # noqa: PLC0415 - Pillow is only needed when a picture is cut

        original = image.crop.original if image.crop else image.media
        file = self.store.media_file(original) if original else None
        if original is None or file is None:
            message = tr("The original of this picture is missing.")
            raise Problem(message, next_action=tr("Replace the picture."))
        if part == _WHOLE:
            return replace(image, media=original, width=file.width, height=file.height, crop=None, focus=focus)
        crop = Crop(original, *part)
        kept = self._keep(cut(file.path, crop))
        return replace(image, media=kept.media, width=kept.width, height=kept.height, crop=crop, focus=focus)

    def add_video(self, source: Path | bytes) -> TakenFilm:
        """Take an MP4 or WebM film in, blanked of what its file tells of place and camera; raises FilmRefused."""
        from desktop.exchange.film import prepare_film  # noqa: PLC0415 - only needed when a film comes in

        film = prepare_film(source)
        sha256 = self.store.add_media(film.data, film.media_type, film.width, film.height)
        return TakenFilm(Video(media=sha256, width=film.width, height=film.height), film.is_blanked)

    def add_captions(self, source: Path | bytes) -> str:
        """Take a film's captions in, a WebVTT file; returns its SHA-256, raises FilmRefused."""
        from desktop.exchange.film import prepare_captions  # noqa: PLC0415 - only needed when captions come in

        return self.store.add_media(prepare_captions(source), "text/vtt")

    def _keep(self, picture: "Picture") -> Image:
        sha256 = self.store.add_media(picture.data, picture.media_type, picture.width, picture.height)
        return Image(media=sha256, width=picture.width, height=picture.height)
