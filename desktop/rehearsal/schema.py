"""The tables of the endpoint's own SQLite file."""

from typing import Final

APPLICATION: Final = 0x4C495645  # "LIVE"
VERSION: Final = 1

# `revision` is the ledger: a row for every change ever taken, in order. A taken-down entry keeps its rows, so that
# its operations are still recognised, but loses its words. `standing` points at the newest revision of each target.
TABLES: Final = """
CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE revision (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    page TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    op TEXT,
    etag TEXT NOT NULL,
    body BLOB,
    taken_at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX revision_operation ON revision (page, kind, target, op);
CREATE INDEX revision_page ON revision (page, sequence);
CREATE TABLE standing (
    page TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES revision (sequence),
    at TEXT NOT NULL,
    is_taken_down INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (page, kind, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_order ON standing (page, kind, is_taken_down, at, target);
CREATE TABLE media (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    taken_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE shown (
    page TEXT NOT NULL,
    target TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (page, target, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_file ON shown (sha256);
"""
