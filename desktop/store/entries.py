"""Working copies of entries in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, case, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop.domain import moment
from desktop.domain.blocks import Embed, Gallery, Image
from desktop.domain.entry import Entry, Stage
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.store import coverages, search
from desktop.store.kept import to_ms
from desktop.store.problems import NotFound
from desktop.store.sealed import Written, entry_of
from desktop.store.tables import entry as table
from desktop.store.timeline_rows import row_seal

_BODY: Final = select(table.c.headline, table.c.body, table.c.seal)
_ONE: Final = _BODY.where(table.c.id == bindparam("wanted"))
_ALL: Final = _BODY.where(table.c.coverage == bindparam("of"), table.c.binned_at.is_(None)).order_by(
    table.c.at.desc(), table.c.id.desc()
)
_BINNED: Final = _BODY.where(table.c.coverage == bindparam("of"), table.c.binned_at.is_not(None)).order_by(
    table.c.binned_at.desc(), table.c.id.desc()
)
_READY: Final = _ALL.where(table.c.stage == Stage.READY.value)
_BEFORE: Final = "SELECT id, coverage, at, author, words_row FROM entry WHERE id IN "
_AT_ONCE: Final = 500  # ids in one question: SQLite takes 32,766, and long ones are slow to read
_INSERT: Final = insert(table)
_NEW: Final = _INSERT.excluded
_KEPT_ON_SAVING: Final = {"id", "coverage", "binned_at"}
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.id],
    set_={column.name: _NEW[column.name] for column in table.c if column.name not in _KEPT_ON_SAVING},
)


def one(connection: Connection, entry_id: UUID) -> Entry:
    """Read an entry, also one in the bin."""
    row = connection.execute(_ONE, {"wanted": entry_id}).first()
    if row is None:
        raise _missing()
    return entry_of(row.headline, row.body, row.seal)


def of_coverage(connection: Connection, coverage_id: UUID, *, ready_only: bool) -> tuple[Entry, ...]:
    """Read the entries of a coverage outside the bin, newest first."""
    rows = connection.execute(_READY if ready_only else _ALL, {"of": coverage_id})
    return tuple(entry_of(row.headline, row.body, row.seal) for row in rows)


def binned(connection: Connection, coverage_id: UUID) -> tuple[Entry, ...]:
    """Read the entries in the bin of a coverage, the last one put there first."""
    return tuple(entry_of(row.headline, row.body, row.seal) for row in connection.execute(_BINNED, {"of": coverage_id}))


def _missing() -> NotFound:
    return NotFound(tr("This entry is not on this computer."), next_action=tr("It may have been deleted."))


def put(connection: Connection, written: Sequence[Written], author: str) -> None:
    """Keep entries, each at most once, as they stand, and their words for search. One in the bin stays there.

    An empty author keeps the one before. An entry never moves to another coverage: that raises InvalidValue.
    """
    entries = [each.entry for each in written]
    before = _before(connection, entries)
    if len({entry.id for entry in entries}) != len(entries):
        message = tr("An entry stands twice among those to be kept together.")
        raise ValueError(message)
    for coverage_id in {entry.coverage_id for entry in entries}:
        coverages.touch(connection, coverage_id)
    index = search.Index(connection, entries)
    now = moment.now()
    rows = []
    for each in written:
        was = before.get(each.entry.id.bytes)
        if was is not None and was.coverage != each.entry.coverage_id.bytes:
            message = tr("An entry with this id belongs to another coverage.")
            raise InvalidValue(message, done=tr("Nothing was changed."))
        stays = was is not None and was.at == to_ms(each.entry.at)
        words_row = index.put(each.entry, None if was is None else was.words_row, stays=stays)
        rows.append(_row(each, author or ("" if was is None else was.author), now, words_row))
    connection.execute(_PUT, rows)
    index.write()


def _before(connection: Connection, entries: Sequence[Entry]) -> dict[bytes, Row[Any]]:
    found: dict[bytes, Row[Any]] = {}
    for start in range(0, len(entries), _AT_ONCE):
        some = entries[start : start + _AT_ONCE]
        asked = f"{_BEFORE}({', '.join('?' * len(some))})"
        for row in connection.exec_driver_sql(asked, tuple(entry.id.bytes for entry in some)):
            found[row.id] = row
    return found


def _row(written: Written, author: str, now: datetime, words_row: int) -> dict[str, object]:
    entry = written.entry
    shown: dict[str, object] = {
        "id": entry.id.bytes,
        "coverage": entry.coverage_id.bytes,
        "at": to_ms(entry.at),
        "stage": entry.stage.value,
        "headline": entry.headline,
        "digest": written.digest,
        "author": author,
        "changed_at": to_ms(now),
        "embeds": sum(isinstance(block, Embed) for block in entry.blocks),
        "images": sum(isinstance(block, Image | Gallery) for block in entry.blocks),
        "is_key": int(entry.is_key_moment),
        "withdrawn_for": entry.withdrawal.reason if entry.withdrawal else "",
    }
    return {
        **shown,
        "id": entry.id,
        "coverage": entry.coverage_id,
        "at": entry.at,
        "changed_at": now,
        "row_seal": row_seal(shown),
        "words_row": words_row,
        "body": written.body,
        "seal": written.seal,
    }


def move_to_bin(connection: Connection, entry_id: UUID) -> None:
    """Put an entry into the bin; one that is there keeps its time."""
    _bin(connection, entry_id, is_binned=True)


def take_from_bin(connection: Connection, entry_id: UUID) -> None:
    """Bring an entry back."""
    _bin(connection, entry_id, is_binned=False)


def _bin(connection: Connection, entry_id: UUID, *, is_binned: bool) -> None:
    now = moment.now()
    coverage_id = connection.execute(
        update(table)
        .where(table.c.id == entry_id)
        .values(binned_at=case((table.c.binned_at.is_(None), now), else_=table.c.binned_at) if is_binned else None)
        .returning(table.c.coverage)
    ).scalar()
    if coverage_id is None:
        raise _missing()
    coverages.touch(connection, coverage_id)
