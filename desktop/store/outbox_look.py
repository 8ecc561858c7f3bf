"""The outbox as the desk lists it: no body of what is sent is read for it."""

from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from desktop.domain.outbox import FAILED, PARKED, OperationKind, OperationState
from desktop.store.kept import from_ms, ident, member
from desktop.store.tables import UNFINISHED
from desktop.store.values import Outbox, OutboxItem

_PARKED: Final = ", ".join(f"'{state}'" for state in sorted(PARKED))

_ITEMS: Final = f"""
SELECT operation.id, operation.endpoint, operation.kind, operation.target, operation.state, operation.attempts,
       operation.reason, operation.made_at, operation.not_before, entry.headline
FROM operation LEFT JOIN entry ON operation.kind = 'entry' AND entry.id = operation.target
WHERE operation.{UNFINISHED}
ORDER BY operation.state NOT IN ({_PARKED}), operation.rank, operation.sequence
LIMIT ?
"""  # noqa: S608 - conditions of ours
_COUNTS: Final = f"""
SELECT operation.state, count(*) AS count FROM operation WHERE operation.{UNFINISHED} GROUP BY operation.state
"""  # noqa: S608 - conditions of ours
_UNANSWERED: Final = f"""
SELECT 1 FROM operation
WHERE operation.endpoint = ? AND operation.{UNFINISHED}
  AND (operation.state = 'unknown' OR operation.state = 'queued' AND operation.reason <> '')
LIMIT 1
"""  # noqa: S608 - conditions of ours


def is_unanswered(connection: Connection, endpoint_id: UUID) -> bool:
    """Tell whether something for an endpoint was tried without an answer, and waits to be tried again."""
    return connection.exec_driver_sql(_UNANSWERED, (endpoint_id.bytes,)).first() is not None


def look(connection: Connection, limit: int) -> Outbox:
    """List the first unfinished operations, those that need somebody before those that wait, and count all."""
    counts = {member(OperationState, state): int(count) for state, count in connection.exec_driver_sql(_COUNTS)}
    if not counts:
        return Outbox()
    rows = connection.exec_driver_sql(_ITEMS, (limit,)).mappings()
    items = tuple(
        OutboxItem(
            id=ident(row["id"]),
            endpoint_id=ident(row["endpoint"]),
            kind=member(OperationKind, row["kind"]),
            target_id=ident(row["target"]),
            headline=row["headline"] or "",
            state=member(OperationState, row["state"]),
            attempts=row["attempts"],
            reason=row["reason"],
            made_at=from_ms(row["made_at"]),
            not_before=None if row["not_before"] is None else from_ms(row["not_before"]),
        )
        for row in rows
    )
    failed = sum(counts.get(state, 0) for state in FAILED)
    return Outbox(items, sum(counts.values()) - failed, failed, counts.get(OperationState.HELD, 0))
