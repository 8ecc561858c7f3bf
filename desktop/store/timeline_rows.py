"""The timeline's one statement, and its rows; shared by the store and by the first paint, so no heavy import here."""

import hashlib
from typing import Any, Final, Protocol
from uuid import UUID

from desktop.domain.outbox import OperationKind, OperationState, Publication
from desktop.domain.stage import Stage
from desktop.domain.status import Status, status
from desktop.domain.timeline import TimelineRow
from desktop.domain.words import tr
from desktop.store.kept import from_ms, ident, member

# An entry, what the endpoint acknowledged of it and who put it there, its newest unfinished operation there, and what
# another desk put over it: look-ups by index for each row that is shown, so that the newest
# twenty cost the same in a coverage of ten thousand.
_COLUMNS: Final = """
SELECT entry.id, entry.coverage, entry.at, entry.stage, entry.headline, entry.digest, entry.author, entry.changed_at,
       entry.embeds, entry.images, entry.is_key, entry.withdrawn_for, entry.row_seal, coverage.pinned,
       publication.operation, publication.revision, publication.digest AS sent_digest, publication.etag,
       publication.acknowledged_at, publication.is_withdrawn,
       operation.state AS operation_state, operation.reason,
       stood.by AS live_by, stood.attempts AS live_attempts, remote.by AS theirs_by
FROM entry
JOIN coverage ON coverage.id = entry.coverage
LEFT JOIN publication
       ON publication.endpoint = :endpoint AND publication.kind = 'entry' AND publication.target = entry.id
LEFT JOIN operation
       ON operation.sequence = (
          SELECT max(newest.sequence) FROM operation AS newest
          WHERE newest.endpoint = :endpoint AND newest.kind = 'entry' AND newest.target = entry.id
            AND newest.state NOT IN ('done', 'cancelled'))
LEFT JOIN operation AS stood ON stood.id = publication.operation
LEFT JOIN remote ON remote.endpoint = :endpoint AND remote.kind = 'entry' AND remote.target = entry.id
WHERE entry.binned_at IS NULL
"""

NEWEST: Final = _COLUMNS + "AND entry.coverage = :coverage ORDER BY entry.at DESC, entry.id DESC LIMIT :limit"
_WITH_WORDS = "AND entry.words_row IN (SELECT rowid FROM entry_words WHERE entry_words MATCH :words)"
WITH_WORDS: Final = NEWEST.replace("ORDER BY", f"{_WITH_WORDS} ORDER BY")
ONE: Final = _COLUMNS + "AND entry.id = :entry"
_SOME: Final = _COLUMNS + "AND entry.id IN ({})"

SOMEBODY: Final = "another desk"

_SHOWN: Final = (
    "id",
    "coverage",
    "at",
    "stage",
    "headline",
    "digest",
    "author",
    "changed_at",
    "embeds",
    "images",
    "is_key",
    "withdrawn_for",
)


def some(count: int) -> str:
    """Return the statement for so many entries, whose ids are asked for as `:entry0`, `:entry1` and so on."""
    return _SOME.format(", ".join(f":entry{at}" for at in range(count)))


class Row(Protocol):
    """A row whose columns are asked for by name, as both sqlite3 and SQLAlchemy give it."""

    def __getitem__(self, name: str, /) -> Any:
        """Return a column."""


def row_seal(row: Row) -> bytes:
    """Return the SHA-256 of what the timeline shows of an entry, from columns as SQLite holds them."""
    return hashlib.sha256("\x1f".join([str(row[name]) for name in _SHOWN]).encode()).digest()


def timeline_row(row: Row, endpoint_id: UUID | None) -> TimelineRow:
    """Make a row of the timeline of a row of the statement.

    A row that was damaged on disk says so in place of its headline, and does not keep the others from being shown.
    """
    published = _publication(row, endpoint_id)
    state = row["operation_state"]
    latest = member(OperationState, state) if state else None
    is_whole = row_seal(row) == row["row_seal"]
    return TimelineRow(
        id=ident(row["id"]),
        at=from_ms(row["at"]),
        headline=row["headline"] if is_whole else tr("This entry was damaged on disk"),
        status=status(member(Stage, row["stage"]), row["digest"], published, latest) if is_whole else Status.FAILED,
        note=row["reason"] or row["withdrawn_for"] if is_whole else tr("Take it from a backup or from its history."),
        live_at=published.acknowledged_at if published else None,
        changed_at=from_ms(row["changed_at"]),
        author=row["author"] if is_whole else "",
        is_key_moment=bool(row["is_key"]),
        is_pinned=row["pinned"] == row["id"],
        embeds=row["embeds"],
        images=row["images"],
        # What is done and was never attempted here was put there by another desk.
        live_by=row["live_by"] if row["live_attempts"] == 0 else "",
        theirs_by="" if row["theirs_by"] is None else row["theirs_by"] or SOMEBODY,
    )


def _publication(row: Row, endpoint_id: UUID | None) -> Publication | None:
    if endpoint_id is None or row["operation"] is None:
        return None
    return Publication(
        endpoint_id=endpoint_id,
        target_id=ident(row["id"]),
        coverage_id=ident(row["coverage"]),
        kind=OperationKind.ENTRY,
        operation_id=ident(row["operation"]),
        revision=row["revision"],
        digest=row["sent_digest"],
        etag=row["etag"],
        acknowledged_at=from_ms(row["acknowledged_at"]),
        is_withdrawn=bool(row["is_withdrawn"]),
    )
