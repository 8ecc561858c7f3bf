"""Media files on disk, each named by the SHA-256 of its bytes and there as a whole or not at all."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from desktop.page.variants import Variant
from desktop.rehearsal.copies import Copies

_INCOMING: Final = "incoming-"
_PICTURES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_HEAD_BYTES: Final = 16
MEDIA_TYPES: Final = (*_PICTURES.values(), "video/mp4", "video/webm", "text/vtt")


class MediaFolder:
    """The folder itself; opening it clears away what a broken-off upload left."""

    def __init__(self, path: Path) -> None:
        path.mkdir(exist_ok=True, mode=0o700)
        for left in path.glob(f"{_INCOMING}*"):
            left.unlink()
        self._path = path
        self._copies = Copies(path / "copies")

    def copy(self, variant: Variant) -> Path:
        """Return where a smaller copy of a picture is, made now when it is the first; else the picture itself."""
        whole = self.file(variant.file.sha256)
        return self._copies.file(variant, whole) or whole

    def file(self, sha256: str) -> Path:
        """Return where a file is, or would be."""
        return self._path / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Tell whether a file is on disk."""
        return self.file(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Remove a file; one that is not there is no matter."""
        self.file(sha256).unlink(missing_ok=True)
        self._copies.forget(sha256)

    def receive(self) -> "Incoming":
        """Begin to take a file in."""
        return Incoming(self._path / f"{_INCOMING}{secrets.token_hex(8)}")

    def keep(self, incoming: "Incoming") -> None:
        """Put a file that is whole at its place, on disk before this returns."""
        incoming.sync()
        place = self.file(incoming.sha256)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        incoming.path.replace(place)
        for folder in (place.parent, self._path):
            _sync_folder(folder)


class Incoming:
    """A file that is arriving. Close it in any case; closing removes what was not kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("xb")
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The SHA-256 in hex of what has arrived."""
        return self._digest.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._file.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def flush(self) -> None:
        """Let the bytes be read back from the file."""
        self._file.flush()

    def sync(self) -> None:
        """Have everything on disk, and the file closed."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def close(self) -> None:
        """Let go of the file, and remove it where it was not kept."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def recognise(path: Path) -> tuple[str, int, int] | None:
    """Tell a file's media type by its own bytes, and a picture's width and height; None for what is not taken."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head[4:8] == b"ftyp":
        return "video/mp4", 0, 0
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm", 0, 0
    if head.startswith(b"WEBVTT"):
        return "text/vtt", 0, 0
    try:
        # Opening reads the header alone; nothing is decoded here.
        with Pillow.open(path, formats=tuple(_PICTURES)) as picture:
            return _PICTURES[picture.format or ""], picture.width, picture.height
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, Pillow.DecompressionBombError):
        return None


def _sync_folder(folder: Path) -> None:
    # A folder can be opened, and so synced, on POSIX systems alone; elsewhere the rename itself is journalled.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
