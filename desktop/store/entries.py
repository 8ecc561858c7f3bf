"""Working copies of entries in the store."""

from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop.domain import moment
from desktop.domain.blocks import Embed, images
from desktop.domain.codec import entry_from_json, entry_to_json
from desktop.domain.entry import Entry, Stage
from desktop.domain.problem import InvalidValue
from desktop.domain.revision import digest
from desktop.store import coverages, search
from desktop.store.problems import NotFound
from desktop.store.sealed import read_sealed, sealed
from desktop.store.tables import entry as table

_BODY: Final = select(table.c.headline, table.c.body, table.c.seal)
_ONE: Final = _BODY.where(table.c.id == bindparam("wanted"))
_ALL: Final = _BODY.where(table.c.coverage == bindparam("of"), table.c.binned_at.is_(None)).order_by(
    table.c.at.desc(), table.c.id.desc()
)
_BINNED: Final = _BODY.where(table.c.coverage == bindparam("of"), table.c.binned_at.is_not(None)).order_by(
    table.c.binned_at.desc(), table.c.id.desc()
)
_READY: Final = _ALL.where(table.c.stage == Stage.READY.value)
_BEFORE: Final = select(table.c.coverage, table.c.at, table.c.words_row).where(table.c.id == bindparam("wanted"))
_INSERT: Final = insert(table)
_NEW: Final = _INSERT.excluded
_KEPT_ON_SAVING: Final = {"id", "coverage", "author", "binned_at"}
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.id],
    set_={
        **{column.name: _NEW[column.name] for column in table.c if column.name not in _KEPT_ON_SAVING},
        "author": case((_NEW.author == "", table.c.author), else_=_NEW.author),
    },
)


def one(connection: Connection, entry_id: UUID) -> Entry:
    """Read an entry, also one in the bin."""
    row = connection.execute(_ONE, {"wanted": entry_id}).first()
    if row is None:
        raise _missing()
    return _entry(row.headline, row.body, row.seal)


def of_coverage(connection: Connection, coverage_id: UUID, *, ready_only: bool) -> tuple[Entry, ...]:
    """Read the entries of a coverage outside the bin, newest first."""
    rows = connection.execute(_READY if ready_only else _ALL, {"of": coverage_id})
    return tuple(_entry(row.headline, row.body, row.seal) for row in rows)


def binned(connection: Connection, coverage_id: UUID) -> tuple[Entry, ...]:
    """Read the entries in the bin of a coverage, the last one put there first."""
    return tuple(_entry(row.headline, row.body, row.seal) for row in connection.execute(_BINNED, {"of": coverage_id}))


def _entry(headline: str, body: bytes, seal: bytes) -> Entry:
    return read_sealed(body, seal, entry_from_json, f"The entry “{headline}”" if headline else "An entry")


def _missing() -> NotFound:
    return NotFound("This entry is not on this computer.", next_action="It may have been deleted.")


def put(connection: Connection, entry: Entry, author: str) -> None:
    """Keep an entry as it stands, and its words for search. An entry in the bin stays there.

    An empty author keeps the one before. An entry never moves to another coverage: that raises InvalidValue.
    """
    coverages.touch(connection, entry.coverage_id)
    before = connection.execute(_BEFORE, {"wanted": entry.id}).first()
    if before is not None and before.coverage != entry.coverage_id:
        message = "An entry with this id belongs to another coverage."
        raise InvalidValue(message, done="Nothing was changed.")
    was_row: int | None = None if before is None else before.words_row
    is_where_it_was = before is not None and before.at == entry.at
    words_row = was_row if was_row is not None and is_where_it_was else search.row_for(connection, entry)
    connection.execute(
        _PUT,
        {
            "id": entry.id,
            "coverage": entry.coverage_id,
            "at": entry.at,
            "stage": entry.stage.value,
            "headline": entry.headline,
            "digest": digest(entry),
            "author": author,
            "changed_at": moment.now(),
            "embeds": sum(isinstance(block, Embed) for block in entry.blocks),
            "images": sum(not isinstance(block, Embed) and bool(images(block)) for block in entry.blocks),
            "is_key": entry.is_key_moment,
            "withdrawn_for": entry.withdrawal.reason if entry.withdrawal else "",
            "words_row": words_row,
            **sealed(entry_to_json(entry)),
        },
    )
    search.put(connection, entry, words_row, was_row=was_row)


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
