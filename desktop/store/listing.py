"""The timeline as the store lists it."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from desktop.domain.timeline import TimelineRow
from desktop.store import search
from desktop.store.timeline_rows import NEWEST, ONE, WITH_WORDS, some, timeline_row

_AT_ONCE: Final = 500  # entries a statement; SQLite takes no more than 999 values in old versions


def newest(
    connection: Connection, coverage_id: UUID, endpoint_id: UUID | None, *, limit: int | None, typed: str
) -> tuple[TimelineRow, ...]:
    """List entries outside the bin, newest first; typed words keep those that hold them."""
    words = search.query(typed, coverage_id)
    asked = {
        "coverage": coverage_id.bytes,
        "endpoint": None if endpoint_id is None else endpoint_id.bytes,
        "limit": -1 if limit is None else limit,
        "words": words,
    }
    rows = connection.exec_driver_sql(WITH_WORDS if words else NEWEST, asked)
    return tuple(timeline_row(row, endpoint_id) for row in rows.mappings())


def one(connection: Connection, entry_id: UUID, endpoint_id: UUID | None) -> TimelineRow | None:
    """Return one entry's row, None when it is in the bin or not there."""
    asked = {"entry": entry_id.bytes, "endpoint": None if endpoint_id is None else endpoint_id.bytes}
    row = connection.exec_driver_sql(ONE, asked).mappings().first()
    return None if row is None else timeline_row(row, endpoint_id)


def of_entries(connection: Connection, entry_ids: Sequence[UUID], endpoint_id: UUID | None) -> dict[UUID, TimelineRow]:
    """Return the rows of some entries by id; one that is in the bin or not there has none."""
    return dict(_of_entries(connection, tuple(dict.fromkeys(entry_ids)), endpoint_id))


def _of_entries(
    connection: Connection, entry_ids: Sequence[UUID], endpoint_id: UUID | None
) -> Iterator[tuple[UUID, TimelineRow]]:
    for start in range(0, len(entry_ids), _AT_ONCE):
        part = entry_ids[start : start + _AT_ONCE]
        asked: dict[str, bytes | None] = {f"entry{at}": entry_id.bytes for at, entry_id in enumerate(part)}
        asked["endpoint"] = None if endpoint_id is None else endpoint_id.bytes
        for row in connection.exec_driver_sql(some(len(part)), asked).mappings():
            made = timeline_row(row, endpoint_id)
            yield made.id, made
