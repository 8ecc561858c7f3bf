"""The timeline as the store lists it."""

from uuid import UUID

from sqlalchemy import Connection

from desktop.domain.timeline import TimelineRow
from desktop.store import search
from desktop.store.timeline_rows import NEWEST, ONE, WITH_WORDS, timeline_row


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
