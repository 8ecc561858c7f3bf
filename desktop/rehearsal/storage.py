"""Where the endpoint keeps what was published to it: an SQLite file and a folder of media files."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.domain.problem import Problem
from desktop.rehearsal import schema
from desktop.rehearsal.ledger import Ledger
from desktop.rehearsal.media_folder import MediaFolder

PRAGMAS = (
    # One process at a time: a second one is told so, and the lock dies with its process.
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = 1",
    "PRAGMA checkpoint_fullfsync = 1",
    "PRAGMA foreign_keys = ON",
)
_LOCK_SECONDS = 2.0


class StorageUnusable(Problem):
    """The endpoint's own file cannot be used."""


class Storage:
    """The endpoint's file, open in this process alone; every use of it is one short transaction, from any thread."""

    def __init__(self, connection: sqlite3.Connection, instance: UUID, media_folder: MediaFolder) -> None:
        self.instance = instance
        self.media_folder = media_folder
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, folder: Path, environment: Environment = Environment.REHEARSAL) -> "Storage":
        """Open the storage in a folder, making both when needed; raises StorageUnusable.

        A folder belongs to the environment it was made for: what was rehearsed never turns up on air.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            connection = sqlite3.connect(
                folder / "endpoint.sqlite", timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise _unusable(folder, error) from error
        try:
            instance = _prepare(connection, environment)
        except sqlite3.Error as error:
            connection.close()
            raise _unusable(folder, error) from error
        except Problem:
            connection.close()
            raise
        try:
            return cls(connection, instance, MediaFolder(folder / "media"))
        except OSError as error:
            connection.close()
            raise _unusable(folder, error) from error

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with self._lock:
            self._connection.close()

    def tally(self, page: UUID) -> dict[UUID, int]:
        """Count how often each entry of a page was created, changed or taken down."""
        with self.read() as rows:
            return rows.tally(page)

    @contextmanager
    def read(self) -> Iterator[Ledger]:
        """Read from one consistent state."""
        with self._lock, _transaction(self._connection, "DEFERRED"):
            yield Ledger(self._connection)

    @contextmanager
    def write(self) -> Iterator[Ledger]:
        """Write in one transaction, on disk when this ends; nothing at all is written when it raises."""
        with self._lock, _transaction(self._connection, "IMMEDIATE"):
            yield Ledger(self._connection)


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _prepare(connection: sqlite3.Connection, environment: Environment) -> UUID:
    for pragma in PRAGMAS:
        connection.execute(pragma).fetchall()
    with _transaction(connection, "IMMEDIATE"):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            _create(connection, environment)
        elif version > schema.VERSION:
            message = "This folder was written by a newer console."
            raise StorageUnusable(message, next_action="Open it with that one.")
        known = dict(connection.execute("SELECT name, value FROM identity").fetchall())
    if known["environment"] != environment.value:
        message = f"This folder is of a {known['environment']} endpoint and cannot serve as {environment.value}."
        raise StorageUnusable(message, next_action="Choose another folder.")
    return UUID(known["instance"])


def _create(connection: sqlite3.Connection, environment: Environment) -> None:
    # Statement by statement: executescript would commit the transaction it stands in.
    for statement in filter(str.strip, schema.TABLES.split(";")):
        connection.execute(statement)
    rows = [("instance", str(new_id())), ("environment", environment.value)]
    connection.executemany("INSERT INTO identity VALUES (?, ?)", rows)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def _unusable(folder: Path, error: Exception) -> StorageUnusable:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        message = "Another endpoint is already serving from this folder."
        return StorageUnusable(message, detail=f"{folder}.", next_action="End it first, or choose another folder.")
    message = "The endpoint's folder cannot be used."
    return StorageUnusable(message, detail=f"{folder}: {error}.", next_action="Choose another folder.")
