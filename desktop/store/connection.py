"""Connections to SQLite: durable, strict, with transactions of our own."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Pool, QueuePool, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from desktop.store.faults import problem_of

_DURABLE: Final = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON")
# macOS's fsync leaves data in the drive's cache; these ask for F_FULLFSYNC.
_DURABLE_MACOS: Final = ("PRAGMA fullfsync = ON", "PRAGMA checkpoint_fullfsync = ON")


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Connect for writing; `patience` is how many seconds to wait for another process."""
    # isolation_level None keeps sqlite3 from beginning and committing by itself.
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    for pragma in (*_DURABLE, *(_DURABLE_MACOS if sys.platform == "darwin" else ())):
        connection.execute(pragma)
    return connection


def writing_engine(path: Path, patience: float) -> Engine:
    """Make the engine with the one connection that writes."""
    return _engine(path, patience, StaticPool, begin="BEGIN IMMEDIATE")


def reading_engine(path: Path, patience: float) -> Engine:
    """Make the engine whose connections only read, each transaction one snapshot."""
    engine = _engine(path, patience, QueuePool, begin="BEGIN")

    @event.listens_for(engine, "connect")
    def _forbid_writing(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    return engine


def _engine(path: Path, patience: float, pool: type[Pool], *, begin: str) -> Engine:
    sizes = {"pool_size": 4, "max_overflow": -1} if pool is QueuePool else {}
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, patience), poolclass=pool, hide_parameters=True, **sizes
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def told_as_problems(path: Path) -> Iterator[None]:
    """Raise what the disk or another process did as a Problem; a mistake in our own statements stays what it is."""
    try:
        yield
    except DBAPIError as error:
        problem = problem_of(path, error.orig) if isinstance(error.orig, sqlite3.Error) else None
        if problem is None:
            raise
        raise problem from error
