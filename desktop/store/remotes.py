"""What others put at endpoints, until the desk takes it over or puts its own on top."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.outbox import OperationKind
from desktop.domain.remote import RemoteVersion
from desktop.store.kept import member
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import remote as table

_INSERT: Final = insert(table)
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.endpoint, table.c.kind, table.c.target],
    set_={column.name: _INSERT.excluded[column.name] for column in table.c if not column.primary_key},
)

_DROP: Final = delete(table).where(
    table.c.endpoint == bindparam("at_endpoint"),
    table.c.kind == bindparam("of_kind"),
    table.c.target == bindparam("of_target"),
)


def one(connection: Connection, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> RemoteVersion | None:
    """Read what somebody else put there of one target."""
    row = connection.execute(
        select(table).where(table.c.endpoint == endpoint_id, table.c.kind == kind.value, table.c.target == target_id)
    ).first()
    return None if row is None else _remote(row)


def of_coverage(connection: Connection, endpoint_id: UUID, coverage_id: UUID) -> tuple[RemoteVersion, ...]:
    """Read what others put there of a coverage, the oldest first."""
    statement = (
        select(table)
        .where(table.c.endpoint == endpoint_id, table.c.coverage == coverage_id)
        .order_by(table.c.at, table.c.target)
    )
    return tuple(_remote(row) for row in connection.execute(statement))


def put(connection: Connection, remote: RemoteVersion) -> None:
    """Keep what somebody else put there; an earlier version of the target gives way."""
    connection.execute(
        _PUT,
        sealed_row(
            {
                "endpoint": remote.endpoint_id,
                "kind": remote.kind.value,
                "target": remote.target_id,
                "coverage": remote.coverage_id,
                "operation": remote.op,
                "etag": remote.etag,
                "body": remote.body,
                "by": remote.by,
                "at": remote.at,
            }
        ),
    )


def drop(connection: Connection, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> None:
    """Forget what somebody else put there of one target; harmless when there is nothing."""
    connection.execute(_DROP, {"at_endpoint": endpoint_id, "of_kind": kind.value, "of_target": target_id})


def _remote(row: Row[Any]) -> RemoteVersion:
    prove(row._asdict(), "What somebody else published")
    return RemoteVersion(
        endpoint_id=row.endpoint,
        coverage_id=row.coverage,
        kind=member(OperationKind, row.kind),
        target_id=row.target,
        etag=row.etag,
        body=row.body,
        op=row.operation,
        by=row.by,
        at=row.at,
    )
