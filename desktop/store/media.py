"""Pictures and videos as files, named by the SHA-256 of their bytes."""

import hashlib
import re
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.words import tr
from desktop.store.disk import write_whole
from desktop.store.problems import StoreUnwritable
from desktop.store.tables import media as table
from desktop.store.values import MediaFile

MEDIA: Final = "media"
_SHA256: Final = re.compile("[0-9a-f]{64}")
_INSERT: Final = insert(table)
# A file that is added again without its measures keeps those it has.
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.sha256],
    set_={
        "media_type": _INSERT.excluded.media_type,
        "width": func.max(table.c.width, _INSERT.excluded.width),
        "height": func.max(table.c.height, _INSERT.excluded.height),
    },
)


def place(folder: Path, sha256: str) -> Path | None:
    """Return where a file is, None when it is not there or its name is no SHA-256."""
    if not _SHA256.fullmatch(sha256):
        return None
    path = _path(folder, sha256)
    return path if path.is_file() else None


def _path(folder: Path, sha256: str) -> Path:
    return folder / MEDIA / sha256[:2] / sha256


def keep(folder: Path, data: bytes) -> str:
    """Write a file, synced, and return its SHA-256; one that is there already is proved equal, else replaced."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(folder, sha256)
    try:
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)
    except OSError as error:
        title = tr("The picture could not be kept.")
        raise StoreUnwritable(title, detail=f"{error.strerror}.", next_action=tr("Make room on the disk.")) from error
    return sha256


def put(connection: Connection, sha256: str, media_type: str, measures: tuple[int, int], size: int) -> None:
    """Keep what is known of a file; `measures` are width and height in pixels, `size` is in bytes."""
    width, height = measures
    row = {"sha256": sha256, "media_type": media_type, "width": width, "height": height, "size": size}
    connection.execute(_PUT, row)


def one(connection: Connection, folder: Path, sha256: str) -> MediaFile | None:
    """Return a file with what is known of it, None when the row or the file is not there."""
    path = place(folder, sha256)
    row = connection.execute(select(table).where(table.c.sha256 == sha256)).first()
    if path is None or row is None:
        return None
    return MediaFile(row.sha256, row.media_type, row.width, row.height, row.size, path)
