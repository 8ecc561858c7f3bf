"""Kept versions of entries."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select

from desktop.domain import moment
from desktop.domain.codec import entry_from_json
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.domain.revision import Reason, Revision
from desktop.store.kept import member
from desktop.store.sealed import Written, read_body, write_down
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import revision as table

_OF_ENTRY: Final = select(table).where(table.c.entry == bindparam("of")).order_by(table.c.number.desc())
_NEWEST: Final = _OF_ENTRY.limit(1)
_LAST_NUMBERS: Final[Select[Any]] = (
    select(table.c.entry, func.max(table.c.number).label("last"))
    .where(table.c.entry.in_(bindparam("wanted", expanding=True)))
    .group_by(table.c.entry)
)
_KNOWN: Final = select(table.c.id).where(table.c.id.in_(bindparam("wanted", expanding=True))).limit(1)
_AT_ONCE: Final = 500
_ADD: Final = insert(table).inline()


def of_entry(connection: Connection, entry_id: UUID) -> tuple[Revision, ...]:
    """Read every revision of an entry, newest first."""
    return tuple(_revision(row) for row in connection.execute(_OF_ENTRY, {"of": entry_id}))


def newest(connection: Connection, entry_id: UUID) -> Revision | None:
    """Read the newest revision of an entry."""
    row = connection.execute(_NEWEST, {"of": entry_id}).first()
    return None if row is None else _revision(row)


def add(connection: Connection, written: Sequence[Written], reason: Reason, author: str) -> tuple[Revision, ...]:
    """Keep entries for good, each as its next number."""
    now = moment.now()
    last = _last_numbers(connection, written)
    kept = tuple(
        Revision(new_id(), each.entry, last.get(each.entry.id, 0) + 1, reason, author, now, each.digest)
        for each in written
    )
    connection.execute(_ADD, [_row(revision, each) for revision, each in zip(kept, written, strict=True)])
    return kept


def put(connection: Connection, kept: Sequence[Revision]) -> None:
    """Take versions in as they were kept elsewhere; one that is here already raises InvalidValue."""
    for start in range(0, len(kept), _AT_ONCE):
        some = kept[start : start + _AT_ONCE]
        if connection.execute(_KNOWN, {"wanted": [each.id for each in some]}).first() is not None:
            message = "A version with this id is kept here already."
            raise InvalidValue(message, done="Nothing was changed.")
        connection.execute(_ADD, [_row(each, write_down(each.entry)) for each in some])


def _last_numbers(connection: Connection, written: Sequence[Written]) -> dict[UUID, int]:
    numbers: dict[UUID, int] = {}
    for start in range(0, len(written), _AT_ONCE):
        some = [each.entry.id for each in written[start : start + _AT_ONCE]]
        numbers |= {row.entry: row.last for row in connection.execute(_LAST_NUMBERS, {"wanted": some})}
    return numbers


def _row(revision: Revision, written: Written) -> dict[str, object]:
    return sealed_row(
        {
            "id": revision.id,
            "entry": revision.entry.id,
            "number": revision.number,
            "reason": revision.reason.value,
            "author": revision.author,
            "made_at": revision.made_at,
            "body": written.body,
            "digest": revision.digest,
        }
    )


def _revision(row: Row[Any]) -> Revision:
    what = f"Version {row.number} of an entry"
    prove(row._asdict(), what)
    entry = read_body(row.body, entry_from_json, what)
    return Revision(row.id, entry, row.number, member(Reason, row.reason), row.author, row.made_at, row.digest)
