"""What endpoints answered, kept for good."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select

from desktop.domain.endpoint import Receipt
from desktop.domain.outbox import OperationKind
from desktop.store import outbox
from desktop.store.kept import member
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import entry, operation
from desktop.store.tables import receipt as table
from desktop.store.values import Answered


def newest(
    connection: Connection, *, endpoint_id: UUID | None, coverage_id: UUID | None, limit: int
) -> tuple[Receipt, ...]:
    """Read receipts, the newest first."""
    statement = select(table).order_by(table.c.sequence.desc()).limit(limit)
    if endpoint_id is not None:
        statement = statement.where(table.c.endpoint == endpoint_id)
    if coverage_id is not None:
        statement = statement.where(table.c.coverage == coverage_id)
    return tuple(_receipt(row) for row in connection.execute(statement))


def answered(connection: Connection, *, coverage_id: UUID | None, limit: int) -> tuple[Answered, ...]:
    """Read receipts with what each was for, the newest first."""
    found = newest(connection, endpoint_id=None, coverage_id=coverage_id, limit=limit)
    asked = select(operation.c.id, operation.c.kind, entry.c.headline).select_from(
        operation.outerjoin(entry, entry.c.id == operation.c.target)
    )
    ids = [each.operation_id for each in found]
    rows = connection.execute(asked.where(operation.c.id.in_(ids)))
    subjects = {row.id: (member(OperationKind, row.kind), row.headline or "") for row in rows}
    return tuple(Answered(each, *subjects.get(each.operation_id, (None, ""))) for each in found)


def _receipt(row: Row[Any]) -> Receipt:
    prove(row._asdict(), f"Receipt {row.sequence}")
    return Receipt(row.id, row.operation, row.endpoint, row.at, row.outcome, row.detail, row.etag)


def add(connection: Connection, receipt: Receipt) -> None:
    """Keep what an endpoint answered."""
    coverage_id = connection.execute(
        select(operation.c.coverage).where(operation.c.id == receipt.operation_id)
    ).scalar()
    if coverage_id is None:
        raise outbox.missing()
    connection.execute(
        insert(table).inline(),
        sealed_row(
            {
                "sequence": outbox.next_sequence(connection, "receipt"),
                "id": receipt.id,
                "operation": receipt.operation_id,
                "endpoint": receipt.endpoint_id,
                "coverage": coverage_id,
                "at": receipt.at,
                "outcome": receipt.outcome,
                "detail": receipt.detail,
                "etag": receipt.etag,
            }
        ),
    )
