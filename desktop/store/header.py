"""What a database file says of itself, read without changing a byte of it."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from desktop.domain.words import tr
from desktop.store.faults import problem_of
from desktop.store.problems import StoreDamaged

DATABASE: Final = "newsroom.sqlite"
DAMAGED: Final = "damaged"  # where databases are moved that cannot be trusted
APPLICATION_ID: Final = 0x4E52434E  # "NRCN", for `file` and for us
SCHEMA: Final = 5

_MAGIC: Final = b"SQLite format 3\0"
_APPLICATION_ID_AT: Final = slice(68, 72)
_HEADER_BYTES: Final = 100


def open_read_only(path: Path, patience: float = 5.0) -> sqlite3.Connection:
    """Connect to a database without the right to change it; `patience` is in seconds."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=patience, isolation_level=None)


def version_of(path: Path, patience: float = 5.0) -> int:
    """Return the schema version of a database of ours; anything else raises StoreDamaged."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if len(head) < _HEADER_BYTES or not head.startswith(_MAGIC):
        raise unreadable(path)
    # The header is where SQLite's file format (section 1.3) puts it; the first page in the log may be newer.
    if int.from_bytes(head[_APPLICATION_ID_AT], "big") != APPLICATION_ID:
        title = tr("{name} belongs to another program.").format(name=path.name)
        raise StoreDamaged(
            title, detail=tr("It is in {folder}.").format(folder=path.parent), done=tr("It was left as it is.")
        )
    try:
        with closing(open_read_only(path, patience)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        raise problem_of(path, error) or unreadable(path) from error
    except UnicodeDecodeError as error:
        raise unreadable(path) from error
    return int(version)


def check_tables(path: Path, columns: Mapping[str, frozenset[str]], patience: float = 5.0) -> None:
    """Raise StoreDamaged when a database lacks a table, or a column of one, that its version has."""
    try:
        with closing(open_read_only(path, patience)) as connection:
            for table, wanted in columns.items():
                found = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
                if not wanted <= found:
                    title = tr("{name} lacks parts of its table “{table}”.").format(name=path.name, table=table)
                    raise StoreDamaged(
                        title,
                        detail=tr("It is in {folder}.").format(folder=path.parent),
                        done=tr("It was left as it is."),
                    )
    except sqlite3.Error as error:
        raise problem_of(path, error) or unreadable(path) from error


def unreadable(path: Path) -> StoreDamaged:
    """Say that a file is no database."""
    title = tr("{name} is not a readable database.").format(name=path.name)
    return StoreDamaged(
        title, detail=tr("It is in {folder}.").format(folder=path.parent), done=tr("It was left as it is.")
    )
