"""Copies of the database, each proved readable before it counts as one."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.words import tr
from desktop.store import shelf
from desktop.store.disk import sync_file, sync_folder
from desktop.store.faults import problem_of
from desktop.store.header import DATABASE, open_read_only, unreadable
from desktop.store.problems import StoreDamaged, StoreUnwritable
from desktop.store.sealed import seal
from desktop.store.seals import seal_row
from desktop.store.timeline_rows import row_seal

BACKUPS: Final = "backups"
_SEALED_BODIES: Final = ("coverage", "entry")
LATER: Final = frozenset({"summary_version", "proof", "remote"})  # tables that an older version does not have
_SEALED_ROWS: Final = (
    "revision",
    "summary_version",
    "endpoint",
    "operation",
    "publication",
    "remote",
    "receipt",
    "proof",
)


def back_up(folder: Path) -> Path:
    """Copy a workspace's database into its `backups/` while it may be in use; returns the proved copy.

    Raises StoreDamaged when the copy does not hold what it should, and then keeps it under a name that says so.
    """
    folder_of_copies = folder / BACKUPS
    try:
        folder_of_copies.mkdir(exist_ok=True)
        return _back_up(folder / DATABASE, folder_of_copies / shelf.name_at(moment.now()))
    except OSError as error:
        title = tr("The backup could not be written.")
        raise StoreUnwritable(
            title,
            detail=f"{error.strerror}.",
            next_action=tr("Check {folder_of_copies} and its disk.").format(folder_of_copies=folder_of_copies),
        ) from error


def _back_up(source: Path, copy: Path) -> Path:
    partial = copy.with_name(f".{new_id().hex}.part")
    try:
        _copy(source, partial)
        wrong = damage(partial)
        sync_file(partial)
        if wrong:
            partial.replace(copy.with_suffix(".damaged"))
            title = tr("The database is damaged: {wrong}.").format(wrong=wrong[0])
            raise StoreDamaged(
                title, done=tr("A copy of what is there was kept in {folder}.").format(folder=copy.parent)
            )
        partial.replace(copy)
        sync_folder(copy.parent)
    finally:
        partial.unlink(missing_ok=True)
    return copy


def newest(folder: Path) -> Path | None:
    """Return the newest backup of a workspace, None when there is none."""
    return max(_every(folder), default=None)


def every(folder: Path) -> tuple[Path, ...]:
    """Return the backups of a workspace, the newest first."""
    return tuple(sorted(_every(folder), reverse=True))


def is_due(folder: Path) -> bool:
    """Tell whether it is time for the next backup."""
    return shelf.is_due(_every(folder), moment.now())


def thin(folder: Path) -> None:
    """Delete the backups that newer or older ones stand for."""
    for path in shelf.surplus(_every(folder), moment.now()):
        path.unlink(missing_ok=True)


def _every(folder: Path) -> list[Path]:
    return list((folder / BACKUPS).glob("newsroom-*.sqlite"))


def _copy(source_path: Path, target_path: Path) -> None:
    try:
        with closing(open_read_only(source_path)) as source, closing(sqlite3.connect(target_path)) as target:
            source.backup(target)
            # A copy is one file: nothing of it may stand in a log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise problem_of(source_path, error) or unreadable(source_path) from error


def damage(path: Path) -> tuple[str, ...]:
    """Say what is wrong in a database file: SQLite's own check, then the seal of every sealed row.

    SQLite's check sees broken pages; only the seals see a letter that is another letter.
    """
    try:
        with closing(open_read_only(path)) as connection:
            said = tuple(row[0] for row in connection.execute("PRAGMA integrity_check"))
            wrong = [] if said == ("ok",) else list(said)
            connection.row_factory = sqlite3.Row
            # Text that is no text any more is to be found, not to stop the search.
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            for table in (*_SEALED_BODIES, *_SEALED_ROWS):
                if table in LATER and not is_there(connection, table):
                    continue
                rows = connection.execute(f"SELECT rowid AS place, * FROM {table}")  # noqa: S608 - names of ours
                wrong += [
                    tr("row {row} of {table}").format(row=row["place"], table=table)
                    for row in rows
                    if not holds(table, row)
                ]
            return tuple(wrong)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return (str(error),)


def is_there(connection: sqlite3.Connection, table: str) -> bool:
    """Tell whether a database has a table."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone() is not None


def holds(table: str, row: sqlite3.Row) -> bool:
    """Tell whether a row, read with its place, is what was written."""
    if table not in _SEALED_BODIES and table not in _SEALED_ROWS:
        return True
    if table in _SEALED_ROWS:
        columns = {name: row[name] for name in row.keys() if name != "place"}  # noqa: SIM118 - a row is no mapping
        return bool(seal_row(columns) == row["seal"])
    is_whole = isinstance(row["body"], bytes) and seal(row["body"]) == row["seal"]
    return is_whole and (table != "entry" or row_seal(row) == row["row_seal"])
