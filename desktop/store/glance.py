"""A first look at a workspace, for the window's first paint: the standard sqlite3 alone, and never a write."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from desktop.domain.clock import ClockState
from desktop.domain.problem import Problem
from desktop.domain.timeline import TimelineRow
from desktop.domain.words import tr
from desktop.store.header import DATABASE, SCHEMA, open_read_only, version_of
from desktop.store.kept import damaged, member
from desktop.store.timeline_rows import NEWEST, timeline_row

LAST_COVERAGE: Final = "last_coverage"
_PATIENCE: Final = 0.2  # seconds: the first paint waits for nobody

_COVERAGE: Final = """
SELECT id, headline, state, body, seal FROM coverage ORDER BY id = ? DESC, changed_at DESC, id DESC LIMIT 1
"""
_SETTING: Final = "SELECT value FROM setting WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Glance:
    """The coverage used last and its IANA zone, the endpoint it was looked at for, and its newest rows."""

    coverage_id: UUID
    headline: str
    state: ClockState
    endpoint_id: UUID | None
    rows: tuple[TimelineRow, ...]
    zone: str


def glance(folder: Path, limit: int = 20) -> Glance | None:
    """Look at a workspace; None when there is nothing to see yet, or nothing this console can read at once."""
    path = folder / DATABASE
    try:
        if version_of(path, _PATIENCE) != SCHEMA:
            return None
        with closing(open_read_only(path, _PATIENCE)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            return _glance(connection, limit)
    except (OSError, sqlite3.Error, Problem, ValueError, LookupError, TypeError):
        # What is wrong is told by Store.open, a moment later and with words.
        return None


def _glance(connection: sqlite3.Connection, limit: int) -> Glance | None:
    last = _id(connection, LAST_COVERAGE)
    row = connection.execute(_COVERAGE, (last.bytes if last else b"",)).fetchone()
    if row is None:
        return None
    coverage_id = UUID(bytes=row["id"])
    # Of the sealed body no more is read than is shown: the rest would import what every block of an entry is.
    if hashlib.sha256(row["body"]).digest() != row["seal"]:
        what = tr("The coverage")
        raise damaged(what)
    coverage = json.loads(row["body"])
    endpoint_id = _id(connection, f"endpoint:{coverage_id}")
    asked = {"coverage": row["id"], "endpoint": endpoint_id.bytes if endpoint_id else None, "limit": limit}
    rows = tuple(timeline_row(each, endpoint_id) for each in connection.execute(NEWEST, asked))
    state = member(ClockState, row["state"])
    return Glance(coverage_id, str(coverage["headline"]), state, endpoint_id, rows, str(coverage["zone"]))


def _id(connection: sqlite3.Connection, key: str) -> UUID | None:
    row = connection.execute(_SETTING, (key,)).fetchone()
    return UUID(row["value"]) if row and row["value"] else None
