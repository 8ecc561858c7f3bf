"""Making a database, and bringing an older one up to date: all or nothing, with a proved backup first."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import event

from desktop.domain.identity import new_id
from desktop.store import backups
from desktop.store.connection import told_as_problems, writing_engine
from desktop.store.disk import sync_file, sync_folder
from desktop.store.header import APPLICATION_ID, DAMAGED, DATABASE
from desktop.store.migrations import (
    v0001_first_tables,
    v0002_other_adapters,
    v0003_summary_versions,
    v0004_proofs,
    v0005_two_desks,
)
from desktop.store.problems import StoreDamaged

Migrations = Mapping[int, Callable[[], None]]

MIGRATIONS: Final[Migrations] = MappingProxyType(
    {
        1: v0001_first_tables.upgrade,
        2: v0002_other_adapters.upgrade,
        3: v0003_summary_versions.upgrade,
        4: v0004_proofs.upgrade,
        5: v0005_two_desks.upgrade,
    }
)


def create(folder: Path, patience: float, migrations: Migrations = MIGRATIONS) -> None:
    """Make the database of a folder; it gets its name once it is whole, so a half-made one is never opened.

    Raises StoreDamaged where the folder shows that there was one.
    """
    path = folder / DATABASE
    backup = backups.newest(folder)
    traces = (path.with_name(f"{DATABASE}-wal"), folder / DAMAGED)
    if backup is not None or any(trace.exists() for trace in traces):
        title = f"{DATABASE} is missing from {folder}, though this workspace has been worked in."
        back = f"Put it back, or copy {backup} there under this name." if backup else "Put it back."
        raise StoreDamaged(title, done="Nothing was changed.", next_action=back)
    build(folder, patience, migrations).replace(path)
    sync_folder(folder)


def build(folder: Path, patience: float, migrations: Migrations = MIGRATIONS) -> Path:
    """Make an empty database under a name of its own and return it, synced; what an earlier try left is cleared."""
    for abandoned in folder.glob(".newsroom-*.part*"):
        abandoned.unlink()
    partial = folder / f".newsroom-{new_id().hex}.part"
    _migrate(partial, 0, patience, migrations)
    sync_file(partial)
    return partial


def migrate(folder: Path, version: int, patience: float, migrations: Migrations = MIGRATIONS) -> Path:
    """Bring a database of an older version up to date and return the backup made before."""
    backup = backups.back_up(folder)
    _migrate(folder / DATABASE, version, patience, migrations)
    return backup


def _migrate(path: Path, version: int, patience: float, migrations: Migrations) -> None:
    engine = writing_engine(path, patience)

    @event.listens_for(engine, "connect")
    def _let_tables_be_rebuilt(connection: sqlite3.Connection, _record: object) -> None:
        # SQLite changes a table by making a new one; the rows that refer to it must not go with the old one.
        connection.execute("PRAGMA foreign_keys = OFF")

    try:
        with told_as_problems(path), engine.begin() as connection:
            with Operations.context(MigrationContext.configure(connection)):
                for number in sorted(migrations):
                    if number > version:
                        migrations[number]()
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                title = f"{path.name} holds rows that refer to nothing."
                raise StoreDamaged(title, done="It was left as it is.")
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {max(migrations)}")
    finally:
        # Closing the last connection moves the log into the file, so that its header tells the new version.
        engine.dispose()
