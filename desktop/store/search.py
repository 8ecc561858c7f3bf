"""Searching entries for words: newest first, whatever is typed."""

from collections.abc import Sequence
from functools import cached_property
from itertools import count
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from desktop.domain.blocks import words
from desktop.domain.entry import Entry
from desktop.store.kept import to_ms
from desktop.store.values import Hit

# Rows of `entry_words` are numbered by time, so that FTS5 itself hands them out newest first: the newest twenty of
# a word that stands in every entry cost no more than those of a rare one.
_ROWS_IN_A_MILLISECOND: Final = 1 << 14
_MOST_TERMS: Final = 32

_SEARCH: Final = """
SELECT entry.id, entry.coverage, entry.headline, snippet(entry_words, 1, '', '', '…', 20)
FROM entry_words CROSS JOIN entry ON entry.words_row = entry_words.rowid
WHERE entry_words MATCH :words AND entry.binned_at IS NULL
ORDER BY entry_words.rowid DESC LIMIT :limit
"""
_ADD: Final = (
    "INSERT INTO entry_words (rowid, headline, words, coverage) VALUES (:words_row, :headline, :words, :coverage)"
)
_CHANGE: Final = "UPDATE entry_words SET headline = :headline, words = :words WHERE rowid = :words_row"
_DROP: Final = "DELETE FROM entry_words WHERE rowid = ?"
_DROP_COVERAGE: Final = "DELETE FROM entry_words WHERE rowid IN (SELECT words_row FROM entry WHERE coverage = ?)"
_TAKEN: Final = "SELECT words_row FROM entry WHERE words_row BETWEEN ? AND ?"


def query(typed: str, coverage_id: UUID | None = None) -> str:
    """Write an FTS5 query for typed words, all of them, the last one as the start of a word; "" when there are none.

    Every word is quoted, so that nothing typed is taken for FTS5's own syntax.
    """
    terms = [
        '"' + word.replace('"', '""') + '"'
        for word in typed.replace("\0", " ").encode("utf-8", "replace").decode().split()
        if any(letter.isalnum() for letter in word)
    ][:_MOST_TERMS]
    if not terms:
        return ""
    wanted = "{headline words} : (" + " AND ".join(terms) + " *)"
    return wanted if coverage_id is None else f'{wanted} AND coverage : "{coverage_id.hex}"'


def newest(connection: Connection, typed: str, coverage_id: UUID | None, limit: int) -> tuple[Hit, ...]:
    """Find the newest entries outside the bin that hold the words."""
    asked = query(typed, coverage_id)
    if not asked:
        return ()
    rows = connection.exec_driver_sql(_SEARCH, {"words": asked, "limit": limit})
    return tuple(Hit(UUID(bytes=row[0]), UUID(bytes=row[1]), row[2], row[3]) for row in rows)


class Index:
    """What is to change in the index for some entries, gathered and then written at once."""

    def __init__(self, connection: Connection, entries: Sequence[Entry]) -> None:
        self._connection = connection
        self._dropped: list[tuple[int]] = []
        self._added: list[dict[str, object]] = []
        self._changed: list[dict[str, object]] = []
        self._entries = entries
        self._next: dict[int, int] = {}

    def put(self, entry: Entry, was_row: int | None, *, stays: bool) -> int:
        """Index an entry and return its row; `was_row` is the one it has, None for a new entry."""
        said = _said(entry)
        if was_row is not None and stays:
            self._changed.append({**said, "words_row": was_row})
            return was_row
        if was_row is not None:
            self._dropped.append((was_row,))
        first = _first_row(entry)
        words_row = next(row for row in count(self._next.get(first, first)) if row not in self._taken)
        self._taken.add(words_row)
        self._next[first] = words_row + 1
        self._added.append({**said, "words_row": words_row})
        return words_row

    @cached_property
    def _taken(self) -> set[int]:
        firsts = [_first_row(entry) for entry in self._entries]
        around = (min(firsts), max(firsts) + _ROWS_IN_A_MILLISECOND)
        return set(self._connection.exec_driver_sql(_TAKEN, around).scalars())

    def write(self) -> None:
        """Write what was gathered."""
        if self._dropped:
            self._connection.exec_driver_sql(_DROP, self._dropped)
        if self._added:
            self._connection.exec_driver_sql(_ADD, self._added)
        if self._changed:
            self._connection.exec_driver_sql(_CHANGE, self._changed)


def add(connection: Connection, entry: Entry, words_row: int) -> None:
    """Index an entry at the row it has."""
    connection.exec_driver_sql(_ADD, {**_said(entry), "words_row": words_row})


def _said(entry: Entry) -> dict[str, object]:
    return {
        "headline": entry.headline,
        "words": "\n".join(filter(None, map(words, entry.blocks))),
        "coverage": entry.coverage_id.hex,
    }


def _first_row(entry: Entry) -> int:
    return to_ms(entry.at) * _ROWS_IN_A_MILLISECOND


def drop_coverage(connection: Connection, coverage_id: UUID) -> None:
    """Take a coverage's entries out of the index."""
    connection.exec_driver_sql(_DROP_COVERAGE, (coverage_id.bytes,))
