"""What SQLite says when the disk or another program is at fault, in words."""

import sqlite3
from pathlib import Path
from typing import Final

from desktop.domain.problem import Problem
from desktop.domain.words import tr
from desktop.store.problems import StoreDamaged, StoreLocked, StoreUnwritable

_HELD: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_BROKEN: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_REFUSED: Final = ("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")


def problem_of(path: Path, error: sqlite3.Error) -> Problem | None:
    """Return what went wrong as a Problem; None when it is a mistake in our own statements."""
    name = getattr(error, "sqlite_errorname", "")
    if not name and str(error).startswith("Could not decode"):
        # Python says this itself, of text that is not UTF-8 any more; we never wrote such text.
        name = "SQLITE_CORRUPT"
    if name.startswith(_HELD):
        title = tr("Another program holds {name}.").format(name=path.name)
        return StoreLocked(title, done=tr("Nothing was changed."), next_action=tr("Close it there, then try again."))
    if name.startswith(_BROKEN):
        title = tr("{name} is damaged.").format(name=path.name)
        return StoreDamaged(
            title, detail=tr("SQLite says: {error}.").format(error=error), done=tr("It was left as it is.")
        )
    if name == "SQLITE_FULL":
        return StoreUnwritable(
            tr("The disk is full."),
            done=tr("Nothing of this change was kept."),
            next_action=tr("Make room where {folder} is.").format(folder=path.parent),
        )
    if name.startswith(_REFUSED):
        return StoreUnwritable(
            tr("{name} cannot be used.").format(name=path.name),
            detail=tr("SQLite says: {error}.").format(error=error),
            done=tr("Nothing of this change was kept."),
            next_action=tr("Check the disk and the rights of {folder}.").format(folder=path.parent),
        )
    return None
