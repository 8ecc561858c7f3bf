"""Coverages in the store."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop.domain import moment
from desktop.domain.clock import ClockState, state
from desktop.domain.codec import coverage_to_json
from desktop.domain.coverage import Coverage
from desktop.domain.outbox import WAITING, OperationState
from desktop.domain.words import tr, tr_count
from desktop.store import search
from desktop.store.problems import NotFound, StillInUse, StoreDamaged
from desktop.store.sealed import coverage_of, sealed
from desktop.store.tables import coverage as table
from desktop.store.tables import entry, operation
from desktop.store.values import CoverageRow

_COUNT: Final = (
    select(func.count())
    .where(entry.c.coverage == table.c.id, entry.c.binned_at.is_(None))
    .scalar_subquery()
    .label("entries")
)
_ROWS: Final[Select[Any]] = select(
    table.c.id, table.c.headline, table.c.body, table.c.seal, _COUNT, table.c.changed_at
).order_by(table.c.changed_at.desc(), table.c.id.desc())
_ONE: Final = select(table.c.headline, table.c.body, table.c.seal).where(table.c.id == bindparam("wanted"))
_TOUCH: Final = update(table).where(table.c.id == bindparam("wanted")).values(changed_at=bindparam("now"))
_INSERT: Final = insert(table)
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.id],
    set_={name: _INSERT.excluded[name] for name in ("headline", "state", "pinned", "body", "seal", "changed_at")},
)


def rows(connection: Connection) -> tuple[CoverageRow, ...]:
    """List coverages, the one changed last first; a damaged one says so, and does not hide the others."""
    return tuple(_row(row) for row in connection.execute(_ROWS))


def _row(row: Row[Any]) -> CoverageRow:
    try:
        coverage = coverage_of(row.headline, row.body, row.seal)
    except StoreDamaged:
        return CoverageRow(
            row.id, tr("This coverage was damaged on disk"), ClockState.PAUSED, row.entries, row.changed_at
        )
    return CoverageRow(row.id, coverage.headline, state(coverage.clock), row.entries, row.changed_at)


def one(connection: Connection, coverage_id: UUID) -> Coverage:
    """Read a coverage."""
    row = connection.execute(_ONE, {"wanted": coverage_id}).first()
    if row is None:
        raise missing()
    return coverage_of(row.headline, row.body, row.seal)


def missing() -> NotFound:
    """Say that there is no such coverage."""
    return NotFound(tr("This coverage is not on this computer."), next_action=tr("It may have been deleted."))


def put(connection: Connection, coverage: Coverage) -> None:
    """Keep a coverage as it stands."""
    connection.execute(
        _PUT,
        {
            "id": coverage.id,
            "headline": coverage.headline,
            "state": state(coverage.clock).value,
            "pinned": coverage.pinned,
            "changed_at": moment.now(),
            **sealed(coverage_to_json(coverage)),
        },
    )


def touch(connection: Connection, coverage_id: UUID) -> None:
    """Note that something in a coverage was saved now."""
    if connection.execute(_TOUCH, {"wanted": coverage_id, "now": moment.now()}).rowcount == 0:
        raise missing()


def drop(connection: Connection, coverage_id: UUID) -> None:
    """Delete a coverage with its entries, revisions and outbox; receipts stay. Waiting operations forbid it."""
    waiting = connection.execute(
        select(func.count())
        .select_from(operation)
        .where(
            operation.c.coverage == coverage_id,
            operation.c.state.in_([each.value for each in WAITING | {OperationState.HELD}]),
        )
    ).scalar_one()
    if waiting:
        title = tr_count(
            "This coverage still has {count} change in the outbox.",
            "This coverage still has {count} changes in the outbox.",
            waiting,
        ).format(count=waiting)
        raise StillInUse(title, done=tr("Nothing was deleted."), next_action=tr("Send or discard them first."))
    search.drop_coverage(connection, coverage_id)
    if connection.execute(delete(table).where(table.c.id == coverage_id)).rowcount == 0:
        raise missing()
