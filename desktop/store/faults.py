"""What SQLite says when the disk or another program is at fault, in words."""

import sqlite3
from pathlib import Path
from typing import Final

from desktop.domain.problem import Problem
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
        title = f"Another program holds {path.name}."
        return StoreLocked(title, done="Nothing was changed.", next_action="Close it there, then try again.")
    if name.startswith(_BROKEN):
        title = f"{path.name} is damaged."
        return StoreDamaged(title, detail=f"SQLite says: {error}.", done="It was left as it is.")
    if name == "SQLITE_FULL":
        return StoreUnwritable(
            "The disk is full.",
            done="Nothing of this change was kept.",
            next_action=f"Make room where {path.parent} is.",
        )
    if name.startswith(_REFUSED):
        return StoreUnwritable(
            f"{path.name} cannot be used.",
            detail=f"SQLite says: {error}.",
            done="Nothing of this change was kept.",
            next_action=f"Check the disk and the rights of {path.parent}.",
        )
    return None
