"""One writer a workspace: a lock of the operating system on a file, gone with the process that held it."""

import os
import sys
from pathlib import Path
from typing import Final, Self

from desktop.domain.words import tr
from desktop.store.problems import StoreLocked, StoreUnwritable

LOCK_FILE: Final = "newsroom.lock"


class WorkspaceLock:
    """The right to write in a workspace's folder, held until `release` or the end of the process.

    The file's being there means nothing, so an old or foreign one locks nobody out.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, folder: Path) -> Self:
        """Take the lock of a folder, made when it is not there; raises StoreLocked when another holds it."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            title = tr("The folder {folder} cannot be written to.").format(folder=folder)
            raise StoreUnwritable(title, detail=f"{error.strerror}.", next_action=tr("Check its rights.")) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            title = tr("This workspace is open in another window or command.")
            raise StoreLocked(
                title, done=tr("Nothing was changed."), next_action=tr("Close it there first.")
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let the folder go; doing so twice is no error."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
