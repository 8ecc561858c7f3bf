"""What endpoints answered, kept for good."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from desktop.domain.endpoint import Receipt
from desktop.store import outbox
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import operation
from desktop.store.tables import receipt as table


def newest(
    connection: Connection, *, endpoint_id: UUID | None, coverage_id: UUID | None, limit: int
) -> tuple[Receipt, ...]:
    """Read receipts, the newest first."""
    statement = select(table).order_by(table.c.sequence.desc()).limit(limit)
    if endpoint_id is not None:
        statement = statement.where(table.c.endpoint == endpoint_id)
    if coverage_id is not None:
        statement = statement.where(table.c.coverage == coverage_id)
    return tuple(receipt_of(row._asdict()) for row in connection.execute(statement))


def receipt_of(row: Mapping[str, Any]) -> Receipt:
    """Make a receipt of a whole row; a damaged one raises StoreDamaged."""
    prove(row, f"Receipt {row['sequence']}")
    return Receipt(*(row[name] for name in ("id", "operation", "endpoint", "at", "outcome", "detail", "etag")))


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
