"""Smaller copies of pictures, each made once when somebody first asks for it."""

import os
import secrets
from pathlib import Path

from desktop.page.variants import Variant, make


class Copies:
    """A folder of copies; they can all be made again, so nothing is lost with it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def file(self, variant: Variant, source: Path) -> Path | None:
        """Return where a copy is, making it when it is not there; None when no picture can be read from its source."""
        place = self._path / variant.file.sha256[:2] / Path(variant.path).name
        if not place.is_file():
            try:
                self._keep(make(variant, source), place)
            except (OSError, ValueError):
                return None
        return place

    def forget(self, sha256: str) -> None:
        """Remove every copy of a media file."""
        for copy in (self._path / sha256[:2]).glob(f"{sha256}.*"):
            copy.unlink(missing_ok=True)

    def _keep(self, data: bytes, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # There as a whole or not at all: two readers may ask for the same copy at once.
        arriving = place.with_name(f"incoming-{secrets.token_hex(8)}")
        arriving.write_bytes(data)
        os.replace(arriving, place)  # noqa: PTH105 - the same as Path.replace, and says that it overwrites
