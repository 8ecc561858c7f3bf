"""Kept versions of entries."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from desktop.domain import moment
from desktop.domain.codec import entry_from_json, entry_to_json
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.revision import Reason, Revision, digest
from desktop.store.sealed import read_sealed, sealed
from desktop.store.tables import revision as table

_OF_ENTRY: Final = select(table).where(table.c.entry == bindparam("of")).order_by(table.c.number.desc())
_NEWEST: Final = _OF_ENTRY.limit(1)
_LAST_NUMBER: Final = select(func.max(table.c.number)).where(table.c.entry == bindparam("of"))
_ADD: Final = insert(table).inline()


def of_entry(connection: Connection, entry_id: UUID) -> tuple[Revision, ...]:
    """Read every revision of an entry, newest first."""
    return tuple(_revision(row) for row in connection.execute(_OF_ENTRY, {"of": entry_id}))


def newest(connection: Connection, entry_id: UUID) -> Revision | None:
    """Read the newest revision of an entry."""
    row = connection.execute(_NEWEST, {"of": entry_id}).first()
    return None if row is None else _revision(row)


def add(connection: Connection, entry: Entry, reason: Reason, author: str) -> Revision:
    """Keep an entry for good, as its next number."""
    number = (connection.execute(_LAST_NUMBER, {"of": entry.id}).scalar() or 0) + 1
    kept = Revision(new_id(), entry, number, reason, author, moment.now(), digest(entry))
    connection.execute(
        _ADD,
        {
            "id": kept.id,
            "entry": entry.id,
            "number": number,
            "reason": reason.value,
            "author": author,
            "made_at": kept.made_at,
            "digest": kept.digest,
            **sealed(entry_to_json(entry)),
        },
    )
    return kept


def _revision(row: Row[Any]) -> Revision:
    entry = read_sealed(row.body, row.seal, entry_from_json, f"Version {row.number} of an entry")
    return Revision(row.id, entry, row.number, Reason(row.reason), row.author, row.made_at, row.digest)
