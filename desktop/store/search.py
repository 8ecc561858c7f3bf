"""Searching entries for words: newest first, whatever is typed."""

from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from desktop.domain.blocks import words
from desktop.domain.entry import Entry
from desktop.store.milliseconds import to_ms
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
_TAKEN: Final = "SELECT max(words_row) FROM entry WHERE words_row BETWEEN ? AND ?"


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


def row_for(connection: Connection, entry: Entry) -> int:
    """Choose a free row at the entry's time."""
    first = to_ms(entry.at) * _ROWS_IN_A_MILLISECOND
    last = first + _ROWS_IN_A_MILLISECOND - 1
    taken = connection.exec_driver_sql(_TAKEN, (first, last)).scalar()
    return first if taken is None else int(taken) + 1


def put(connection: Connection, entry: Entry, words_row: int, *, was_row: int | None) -> None:
    """Index an entry; `was_row` is the row it had until now, None for a new one."""
    said = {
        "words_row": words_row,
        "headline": entry.headline,
        "words": "\n".join(filter(None, map(words, entry.blocks))),
        "coverage": entry.coverage_id.hex,
    }
    if was_row == words_row:
        connection.exec_driver_sql(_CHANGE, said)
        return
    if was_row is not None:
        connection.exec_driver_sql(_DROP, (was_row,))
    connection.exec_driver_sql(_ADD, said)


def drop_coverage(connection: Connection, coverage_id: UUID) -> None:
    """Take a coverage's entries out of the index."""
    connection.exec_driver_sql(_DROP_COVERAGE, (coverage_id.bytes,))
