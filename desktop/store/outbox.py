"""Operations in the store: the outbox."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, text, update

from desktop.domain.outbox import (
    Operation,
    OperationKind,
    OperationState,
    can_become,
    superseded_by,
)
from desktop.domain.words import tr
from desktop.store.kept import member
from desktop.store.problems import NotFound
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import UNFINISHED
from desktop.store.tables import operation as table

_ONE: Final = select(table).where(table.c.id == bindparam("wanted"))
_UNFINISHED_OF_TARGET: Final = (
    select(table)
    .where(
        table.c.endpoint == bindparam("at_endpoint"),
        table.c.kind == bindparam("of_kind"),
        table.c.target == bindparam("of_target"),
        text(UNFINISHED),
    )
    .order_by(table.c.sequence)
)
_ADD: Final = insert(table).inline()
_LAST_SEQUENCE: Final = "SELECT seq FROM sqlite_sequence WHERE name = ?"
_SET: Final = (
    update(table)
    .where(table.c.id == bindparam("wanted"))
    .values(
        state=bindparam("to_state"),
        attempts=bindparam("to_attempts"),
        reason=bindparam("to_reason"),
        not_before=bindparam("to_not_before"),
        reserved=bindparam("to_reserved"),
        rank=bindparam("to_rank"),
        seal=bindparam("to_seal"),
    )
)


def every(
    connection: Connection,
    *,
    endpoint_id: UUID | None,
    coverage_id: UUID | None,
    states: Iterable[OperationState] | None,
    target_ids: Collection[UUID] | None = None,
    limit: int | None = None,
) -> tuple[Operation, ...]:
    """Read operations, oldest first."""
    statement = select(table).order_by(table.c.sequence).limit(limit)
    if endpoint_id is not None:
        statement = statement.where(table.c.endpoint == endpoint_id)
    if coverage_id is not None:
        statement = statement.where(table.c.coverage == coverage_id)
    if target_ids is not None:
        # The kinds are named so that the index, which has them before the target, is used.
        statement = statement.where(table.c.kind.in_(list(OperationKind)), table.c.target.in_(target_ids))
    if states is not None:
        wanted = sorted({state.value for state in states})
        statement = statement.where(table.c.state.in_(wanted))
        if not {OperationState.DONE, OperationState.CANCELLED} & set(wanted):
            # Said twice, so that SQLite may use the index that leaves out what is finished.
            statement = statement.where(text(UNFINISHED))
    return tuple(_operation(row) for row in connection.execute(statement))


def one(connection: Connection, operation_id: UUID) -> Operation:
    """Read an operation."""
    row = connection.execute(_ONE, {"wanted": operation_id}).first()
    if row is None:
        raise missing()
    return _operation(row)


def missing() -> NotFound:
    """Say that there is no such operation."""
    return NotFound(tr("This change is not in the outbox."), next_action=tr("It may have been sent or discarded."))


def add(connection: Connection, newer: Operation) -> Operation:
    """Append an operation and return it with its sequence; unsent ones it replaces are cancelled.

    A place an endpoint holds for one of those is held for the newer one.
    """
    rows = connection.execute(
        _UNFINISHED_OF_TARGET,
        {"at_endpoint": newer.endpoint_id, "of_kind": newer.kind.value, "of_target": newer.target_id},
    )
    reserved = newer.reserved
    for older in superseded_by([_operation(row) for row in rows], newer):
        reserved = reserved or older.reserved
        put_state(connection, replace(older, state=OperationState.CANCELLED, reason=tr("Replaced by a newer version.")))
    added = replace(newer, sequence=next_sequence(connection, "operation"), reserved=reserved)
    connection.execute(_ADD, _row(added))
    return added


def next_sequence(connection: Connection, of_table: str) -> int:
    """Return the number after the highest a table ever had, whatever was deleted since."""
    return int(connection.exec_driver_sql(_LAST_SEQUENCE, (of_table,)).scalar() or 0) + 1


def _row(operation: Operation) -> dict[str, object]:
    return sealed_row(
        {
            "sequence": operation.sequence,
            "id": operation.id,
            "endpoint": operation.endpoint_id,
            "instance": operation.instance,
            "coverage": operation.coverage_id,
            "kind": operation.kind.value,
            "target": operation.target_id,
            "revision": operation.revision,
            "digest": operation.digest,
            "payload": operation.payload,
            "media": json.dumps(operation.media),
            "state": operation.state.value,
            "attempts": operation.attempts,
            "reason": operation.reason,
            "by": operation.by,
            "made_at": operation.made_at,
            "not_before": operation.not_before,
            "reserved": operation.reserved,
            "rank": operation.rank,
        }
    )


def put_state(connection: Connection, following: Operation) -> None:
    """Keep an operation's state, attempts, reason, next time, place and rank; anything else about it never changes.

    A state the operation cannot go to, and a difference in what was to be sent, raise ValueError.
    """
    standing = one(connection, following.id)
    if following.state is not standing.state and not can_become(standing.state, following.state):
        message = f"An operation that is {standing.state} cannot become {following.state}."
        raise ValueError(message)
    changed = replace(
        standing,
        state=following.state,
        attempts=following.attempts,
        reason=following.reason,
        not_before=following.not_before,
        reserved=following.reserved,
        rank=following.rank,
    )
    if changed != following:
        message = tr("What an operation sends, where and in which order never changes.")
        raise ValueError(message)
    connection.execute(
        _SET,
        {
            "wanted": following.id,
            "to_state": following.state.value,
            "to_attempts": following.attempts,
            "to_reason": following.reason,
            "to_not_before": following.not_before,
            "to_reserved": following.reserved,
            "to_rank": following.rank,
            "to_seal": _row(following)["seal"],
        },
    )


def _operation(row: Row[Any]) -> Operation:
    prove(row._asdict(), f"Change {row.sequence} of the outbox")
    return Operation(
        id=row.id,
        sequence=row.sequence,
        endpoint_id=row.endpoint,
        instance=row.instance,
        coverage_id=row.coverage,
        kind=member(OperationKind, row.kind),
        target_id=row.target,
        revision=row.revision,
        digest=row.digest,
        payload=row.payload,
        media=tuple(json.loads(row.media)),
        state=member(OperationState, row.state),
        attempts=row.attempts,
        reason=row.reason,
        by=row.by,
        made_at=row.made_at,
        not_before=row.not_before,
        reserved=row.reserved,
        rank=row.rank,
    )
