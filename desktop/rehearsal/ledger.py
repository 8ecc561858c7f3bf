"""The rows of the endpoint: what stands now, and every change that ever was taken."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.domain import moment
from desktop.domain.outbox import OperationKind

_COLUMNS = "sequence, page, kind, target, op, etag, body, taken_at, by"
_QUALIFIED = ", ".join(f"r.{column}" for column in _COLUMNS.split(", "))
_STANDING = (
    f"SELECT {_QUALIFIED} FROM standing s JOIN revision r ON r.sequence = s.sequence "  # noqa: S608 - constants alone
    "WHERE s.page = ? AND s.kind = ? AND s.is_taken_down = 0"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a change is made to: a page, its summary (both named by the page's id) or one of its entries."""

    page: UUID
    kind: OperationKind
    id: UUID

    @property
    def key(self) -> tuple[str, str, str]:
        """The target as the tables name it."""
        return (str(self.page), self.kind.value, str(self.id))


@dataclass(frozen=True, slots=True)
class Taken:
    """A change the endpoint took; `by` is who published, as the publisher says, "" when it does not.

    `body` is None where an entry was taken down; the row that says so has no `op` either.
    """

    sequence: int
    target: Target
    op: UUID | None
    etag: str
    body: bytes | None
    taken_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A stored media file; `width` and `height` are in pixels, 0 for what is no picture."""

    sha256: str
    media_type: str
    size: int
    width: int = 0
    height: int = 0


class Ledger:
    """The rows, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def standing(self, target: Target) -> Taken | None:
        """Return the newest revision of a target; None when there is none, or it was taken down."""
        found = self._rows(f"{_STANDING} AND s.target = ?", *target.key)
        return found[0] if found else None

    def is_taken_down(self, target: Target) -> bool:
        """Tell whether a target was taken down."""
        query = "SELECT 1 FROM standing WHERE page = ? AND kind = ? AND target = ? AND is_taken_down = 1"
        return self._connection.execute(query, target.key).fetchone() is not None

    def taken(self, target: Target, op: UUID) -> Taken | None:
        """Return the revision an operation made of a target, also when newer ones followed."""
        query = f"SELECT {_COLUMNS} FROM revision WHERE page = ? AND kind = ? AND target = ? AND op = ?"  # noqa: S608 - constants alone
        found = self._rows(query, *target.key, str(op))
        return found[0] if found else None

    def history(self, target: Target) -> tuple[Taken, ...]:
        """Return every change taken of a target, oldest first."""
        query = f"SELECT {_COLUMNS} FROM revision WHERE page = ? AND kind = ? AND target = ? ORDER BY sequence"  # noqa: S608 - constants alone
        return self._rows(query, *target.key)

    def tally(self, page: UUID) -> dict[UUID, int]:
        """Count how often each entry of a page was created, changed or taken down: once each, if nothing doubled."""
        query = "SELECT target, count(*) FROM revision WHERE page = ? AND kind = ? GROUP BY target"
        rows = self._connection.execute(query, (str(page), OperationKind.ENTRY.value))
        return {UUID(target): count for target, count in rows}

    def pages(self) -> tuple[Taken, ...]:
        """Return every page, the last changed first."""
        query = f"SELECT {_QUALIFIED} FROM standing s JOIN revision r ON r.sequence = s.sequence"  # noqa: S608 - constants alone
        return self._rows(f"{query} WHERE s.kind = ? ORDER BY s.sequence DESC", OperationKind.PAGE.value)

    def entries(self, page: UUID, before: tuple[str, str] | None, limit: int) -> tuple[Taken, ...]:
        """Return entries newest first by (at, id), those before a place in that order when one is given."""
        place = " AND (s.at, s.target) < (?, ?)" if before else ""
        query = f"{_STANDING}{place} ORDER BY s.at DESC, s.target DESC LIMIT ?"
        return self._rows(query, str(page), OperationKind.ENTRY.value, *(before or ()), limit)

    def changes(self, page: UUID, after: int, limit: int) -> tuple[Taken, ...]:
        """Return what was taken after a sequence number, oldest first, without the words of what was taken down."""
        query = (
            f"SELECT {_COLUMNS} FROM revision WHERE page = ? AND sequence > ? "  # noqa: S608 - constants alone
            "AND (body IS NOT NULL OR op IS NULL) ORDER BY sequence LIMIT ?"
        )
        return self._rows(query, str(page), after, limit)

    def newest(self, page: UUID) -> int:
        """Return the sequence number of a page's last change, 0 when there is none."""
        query = "SELECT max(sequence) FROM revision WHERE page = ?"
        return int(self._connection.execute(query, (str(page),)).fetchone()[0] or 0)

    def add(self, target: Target, op: UUID, body: bytes, etag: str, by: str, at: datetime) -> Taken:
        """Take a change; `at` places an entry in the order readers see."""
        added = self._add(target, str(op), etag, body, by)
        stand = (
            "INSERT INTO standing (page, kind, target, sequence, at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET sequence = excluded.sequence, at = excluded.at"
        )
        self._connection.execute(stand, (*target.key, added, moment.to_json(at)))
        return self._one(added)

    def take_down(self, target: Target, by: str) -> Taken:
        """Take an entry down for good: its words and its files' places go, the row that says so stays."""
        added = self._add(target, None, "", None, by)
        update = "UPDATE standing SET sequence = ?, is_taken_down = 1 WHERE page = ? AND kind = ? AND target = ?"
        self._connection.execute(update, (added, *target.key))
        blank = "UPDATE revision SET body = NULL WHERE page = ? AND kind = ? AND target = ?"
        self._connection.execute(blank, target.key)
        self.show_media(target, ())
        return self._one(added)

    def show_media(self, target: Target, files: Iterable[str]) -> None:
        """Note which media files an entry shows, in place of those it showed."""
        place = (str(target.page), str(target.id))
        self._connection.execute("DELETE FROM shown WHERE page = ? AND target = ?", place)
        self._connection.executemany("INSERT INTO shown VALUES (?, ?, ?)", [(*place, file) for file in set(files)])

    def media(self, sha256: str) -> MediaFile | None:
        """Find a stored media file."""
        query = "SELECT sha256, media_type, size, width, height FROM media WHERE sha256 = ?"
        found = self._connection.execute(query, (sha256,)).fetchone()
        return MediaFile(*found) if found else None

    def shown_media(self, page: UUID) -> tuple[MediaFile, ...]:
        """Return the stored media files that the entries of a page show."""
        query = (
            "SELECT DISTINCT m.sha256, m.media_type, m.size, m.width, m.height FROM shown s "
            "JOIN media m ON m.sha256 = s.sha256 WHERE s.page = ?"
        )
        return tuple(MediaFile(*row) for row in self._connection.execute(query, (str(page),)))

    def is_shown(self, sha256: str) -> bool:
        """Tell whether any entry of any page shows a media file."""
        return self._connection.execute("SELECT 1 FROM shown WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def forget_media(self, sha256: str) -> None:
        """Forget a media file."""
        self._connection.execute("DELETE FROM media WHERE sha256 = ?", (sha256,))

    def add_media(self, file: MediaFile) -> None:
        """Note a media file whose bytes are on disk."""
        row = (file.sha256, file.media_type, file.size, file.width, file.height, moment.to_json(moment.now()))
        self._connection.execute("INSERT INTO media VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)

    def _add(self, target: Target, op: str | None, etag: str, body: bytes | None, by: str) -> int:
        insert = (
            "INSERT INTO revision (page, kind, target, op, etag, body, taken_at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        row = (*target.key, op, etag, body, moment.to_json(moment.now()), by)
        added = self._connection.execute(insert, row).lastrowid
        return added or 0

    def _one(self, sequence: int) -> Taken:
        return self._rows(f"SELECT {_COLUMNS} FROM revision WHERE sequence = ?", sequence)[0]  # noqa: S608 - constants alone

    def _rows(self, query: str, *values: object) -> tuple[Taken, ...]:
        return tuple(_taken(row) for row in self._connection.execute(query, values))


def _taken(row: tuple[int, str, str, str, str | None, str, bytes | None, str, str]) -> Taken:
    sequence, page, kind, target, op, etag, body, taken_at, by = row
    place = Target(UUID(page), OperationKind(kind), UUID(target))
    return Taken(sequence, place, UUID(op) if op else None, etag, body, moment.from_json(taken_at), by)
