"""The store: a workspace's folder, its database and its media."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from desktop.domain.words import tr
from desktop.store import backups, header, media
from desktop.store.connection import reading_engine, told_as_problems, writing_engine
from desktop.store.problems import StoreDamaged, StoreGone, StoreTooNew, StoreUnwritable
from desktop.store.reading import Reading
from desktop.store.tables import metadata
from desktop.store.values import CoverageRow, Hit, MediaFile
from desktop.store.writing import Writing

__all__ = ["CoverageRow", "Hit", "MediaFile", "Reading", "Store", "Writing"]

PATIENCE: Final = 5.0


class Store:
    """An open store. Its methods may be called from any thread; one connection writes, others read beside it."""

    def __init__(self, folder: Path, patience: float) -> None:
        self.folder: Final = folder
        self.path: Final = folder / header.DATABASE
        self._identity = _identity(self.path)
        self._turn = threading.Lock()
        self._writes_in: int | None = None
        self._readers = reading_engine(self.path, patience)
        self._engine = writing_engine(self.path, patience)
        with told_as_problems(self.path):
            self._writer = self._engine.connect()

    @classmethod
    def open(cls, folder: Path, *, patience: float = PATIENCE) -> Self:
        """Open a folder's store: made when there is none, brought up to date when it is older.

        `patience` is how many seconds to wait for another process. Raises StoreTooNew, StoreDamaged, StoreLocked
        or StoreUnwritable, and then the file is as it was.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _prepare(folder, patience)
        except StoreDamaged as damage:
            raise _with_backup(damage, folder) from damage
        except OSError as error:
            title = tr("The workspace in {folder} cannot be opened.").format(folder=folder)
            raise StoreUnwritable(title, detail=f"{error.strerror}.", next_action=tr("Check its rights.")) from error
        return cls(folder, patience)

    def close(self) -> None:
        """Wait for the writer, then let the files go; doing so twice is no error."""
        with self._turn:
            self._writer.close()
            self._engine.dispose()
            self._readers.dispose()

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """Make changes in one transaction: all are committed when the block ends, none when it raises.

        A second `write` inside the block raises RuntimeError: it would wait for itself, or commit half of the first.
        """
        if self._writes_in == threading.get_ident():
            message = tr("A write() was begun inside another write() of the same thread.")
            raise RuntimeError(message)
        with self._turn:
            self._check_in_place()
            self._writes_in = threading.get_ident()
            try:
                with told_as_problems(self.path), self._writer.begin():
                    writing = Writing(self._writer)
                    try:
                        yield writing
                    finally:
                        writing.end()
            finally:
                self._writes_in = None

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Ask in one snapshot: what is committed while the block runs is not seen in it."""
        with told_as_problems(self.path), self._readers.connect() as connection:
            reading = Reading(connection)
            try:
                yield reading
            finally:
                reading.end()

    def add_media(self, data: bytes, media_type: str, width: int = 0, height: int = 0) -> str:
        """Keep a picture or video and return its SHA-256: first the file, synced, then its row. Not inside `write`."""
        sha256 = media.keep(self.folder, data)
        with self.write() as writing:
            writing.put_media(sha256, media_type, (width, height), len(data))
        return sha256

    def media_path(self, sha256: str) -> Path | None:
        """Return where a file is, None when it is not there."""
        return media.place(self.folder, sha256)

    def media_file(self, sha256: str) -> MediaFile | None:
        """Return a file with what is known of it, None when it is not there."""
        with told_as_problems(self.path), self._readers.connect() as connection:
            return media.one(connection, self.folder, sha256)

    def backup(self) -> Path:
        """Copy the database into `backups/`, proved readable, while others may read and write; returns the copy.

        Older backups are thinned afterwards: hourly for a day, daily for a month, weekly for a year.
        """
        copy = backups.back_up(self.folder)
        backups.thin(self.folder)
        return copy

    def backups(self) -> tuple[Path, ...]:
        """Return the backups there are, the newest first; their names say when they were made."""
        return backups.every(self.folder)

    def check_backup(self, backup: Path) -> tuple[str, ...]:
        """Say what is damaged in a backup, row by row; slow, so for a thread of its own. Nothing is changed."""
        return backups.damage(backup)

    def is_backup_due(self) -> bool:
        """Tell whether the newest backup is an hour old, or there is none."""
        return backups.is_due(self.folder)

    def check(self) -> tuple[str, ...]:
        """Say what is damaged in the database, row by row; slow, so for a thread of its own. Nothing is changed."""
        return backups.damage(self.path)

    def _check_in_place(self) -> None:
        # Linux and macOS let an open file be deleted or replaced; SQLite would go on committing into nothing.
        if _identity(self.path) != self._identity:
            title = tr("{name} was moved, deleted or replaced while it was open.").format(name=self.path.name)
            raise StoreGone(
                title,
                done=tr("Nothing of this change was kept."),
                next_action=tr("Put it back in {folder}.").format(folder=self.folder),
            )


def _prepare(folder: Path, patience: float) -> None:
    path = folder / header.DATABASE
    version = header.version_of(path, patience) if path.exists() else None
    if version == header.SCHEMA:
        columns = {name: frozenset(table.columns.keys()) for name, table in metadata.tables.items()}
        header.check_tables(path, columns, patience)
        return
    if version is not None and version > header.SCHEMA:
        title = tr(
            "{name} was written by a newer Newsroom Console (format {version}, this one reads {SCHEMA})."
        ).format(name=path.name, version=version, SCHEMA=header.SCHEMA)
        raise StoreTooNew(title, done=tr("It was left as it is."), next_action=tr("Update the console to open it."))
    from desktop.store import schema  # noqa: PLC0415 - Alembic is slow to import and needed once per version

    if version is None:
        schema.create(folder, patience)
    else:
        schema.migrate(folder, version, patience)


def _with_backup(damage: StoreDamaged, folder: Path) -> StoreDamaged:
    told, backup = damage.explanation, backups.newest(folder)
    next_action = told.next_action or (tr("The newest backup is {backup}.").format(backup=backup) if backup else "")
    return StoreDamaged(told.title, detail=told.detail, done=told.done, next_action=next_action)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
