"""Saving what can be read of a damaged database into a new one; the damaged one is moved aside, untouched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from desktop.domain import moment
from desktop.domain.codec import entry_from_json
from desktop.domain.problem import Problem
from desktop.store import entries, schema, search
from desktop.store.backups import LATER, holds, is_there
from desktop.store.connection import writing_engine
from desktop.store.disk import sync_file, sync_folder
from desktop.store.header import DAMAGED, DATABASE, open_read_only
from desktop.store.kept import ident
from desktop.store.migrations.v0005_two_desks import brought_up
from desktop.store.sealed import entry_of, read_body, write_down

_AFTER_ENTRIES: Final = (
    "revision",
    "summary_version",
    "proof",
    "endpoint",
    "operation",
    "publication",
    "remote",
    "receipt",
    "media",
    "setting",
)
_OF: Final = {
    "entry": "coverage",
    "revision": "entry",
    "summary_version": "coverage",
    "proof": "coverage",
    "operation": "coverage",
    "publication": "coverage",
    "remote": "coverage",
}
_WHERE: Final = {table: f' WHERE EXISTS (SELECT 1 FROM "{of}" WHERE id = ?)' for table, of in _OF.items()}  # noqa: S608 - names of ours
_PATIENCE: Final = 5.0

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rescue:
    """What came of it: where the damaged database is, how many rows were saved, and in words what was not."""

    aside: Path
    saved: int
    lost: tuple[str, ...]


@dataclass
class _Tally:
    saved: int = 0
    lost: list[str] = field(default_factory=list)


def rescue(folder: Path) -> Rescue:
    """Make a new database of what is whole in a damaged one. For a workspace nobody has open.

    An entry that is damaged goes back to its newest whole version. Nothing is moved before the new one is complete.
    """
    path = folder / DATABASE
    fresh = schema.build(folder, _PATIENCE)
    tally = _Tally()
    engine = writing_engine(fresh, _PATIENCE)
    try:
        with closing(open_read_only(path)) as damaged, engine.begin() as connection:
            _save(damaged, connection, tally)
    finally:
        engine.dispose()
    sync_file(fresh)
    aside = folder / DAMAGED / moment.now().strftime("%Y%m%dT%H%M%S.%f")
    aside.mkdir(parents=True)
    for beside in ("", "-wal", "-shm"):
        piece = path.with_name(DATABASE + beside)
        if piece.exists():
            piece.rename(aside / piece.name)
    fresh.rename(path)
    sync_folder(aside)
    sync_folder(folder)
    return Rescue(aside, tally.saved, tuple(tally.lost))


def _save(damaged: sqlite3.Connection, connection: Connection, tally: _Tally) -> None:
    for row in _whole_rows(damaged, "coverage", tally):
        _insert(connection, "coverage", row, tally)
    known = set()
    for row in _whole_rows(damaged, "entry", tally):
        entry = entry_of(str(row["headline"]), _bytes(row["body"]), _bytes(row["seal"]))
        if _insert(connection, "entry", row, tally):
            search.add(connection, entry, int(str(row["words_row"])))
            known.add(entry.id)
    revisions = sorted(_whole_rows(damaged, "revision", tally), key=lambda row: int(str(row["number"])), reverse=True)
    for row in revisions:
        if ident(_bytes(row["entry"])) not in known:
            known |= _go_back_to(connection, row, tally)
    for table in _AFTER_ENTRIES:
        if table in LATER and not is_there(damaged, table):
            continue
        for row in revisions if table == "revision" else _whole_rows(damaged, table, tally):
            _insert(connection, table, brought_up(table, row), tally)


def _go_back_to(connection: Connection, revision: Row, tally: _Tally) -> set[UUID]:
    what = f"version {revision['number']}"
    try:
        entry = read_body(_bytes(revision["body"]), entry_from_json, what)
        entries.put(connection, [write_down(entry)], str(revision["author"]))
    except Problem as problem:
        tally.lost.append(f"An entry: {problem}")
        return set()
    tally.lost.append(f"What was written in “{entry.headline}” since its {what}.")
    return {entry.id}


def _insert(connection: Connection, table: str, row: Row, tally: _Tally) -> bool:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    # OR IGNORE passes over a row that was read twice; one whose coverage or entry is lost is refused.
    statement = f'INSERT OR IGNORE INTO "{table}" ({names}) SELECT {marks}{_WHERE.get(table, "")}'
    asked = (*row.values(), *([row[_OF[table]]] if table in _OF else []))
    done = connection.exec_driver_sql(statement, asked).rowcount > 0
    tally.saved += done
    return done


def _whole_rows(damaged: sqlite3.Connection, table: str, tally: _Tally) -> Iterator[Row]:
    """Read a table from both ends, so that a broken page in the middle hides no more than itself."""
    seen: set[int] = set()
    broken = False
    for direction in ("ASC", "DESC"):
        cursor = damaged.cursor()
        cursor.row_factory = sqlite3.Row
        try:
            cursor.execute(f'SELECT rowid AS place, * FROM "{table}" ORDER BY rowid {direction}')  # noqa: S608 - names of ours
            for row in cursor:
                if row["place"] not in seen:
                    seen.add(row["place"])
                    if holds(table, row):
                        yield {name: row[name] for name in row.keys() if name != "place"}  # noqa: SIM118 - a row is no mapping
                    else:
                        tally.lost.append(f"Row {row['place']} of {table}.")
        except (sqlite3.Error, UnicodeDecodeError):
            broken = True
        else:
            break
    if broken:
        tally.lost.append(f"A part of {table} that cannot be read.")


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
