"""What endpoints acknowledged to hold."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.outbox import OperationKind, Publication
from desktop.store.kept import member
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import publication as table

_INSERT: Final = insert(table)
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.endpoint, table.c.kind, table.c.target],
    set_={column.name: _INSERT.excluded[column.name] for column in table.c if not column.primary_key},
)


_ONE: Final = select(table).where(
    table.c.endpoint == bindparam("at_endpoint"),
    table.c.kind == bindparam("of_kind"),
    table.c.target == bindparam("of_target"),
)


def one(connection: Connection, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> Publication | None:
    """Read what an endpoint acknowledged of one target."""
    wanted = {"at_endpoint": endpoint_id, "of_kind": kind.value, "of_target": target_id}
    row = connection.execute(_ONE, wanted).first()
    return None if row is None else _publication(row)


def of_coverage(
    connection: Connection, endpoint_id: UUID, coverage_id: UUID, target_ids: Collection[UUID] | None = None
) -> tuple[Publication, ...]:
    """Read what an endpoint acknowledged of a coverage, or of some targets of it, oldest acknowledgement first."""
    statement = (
        select(table)
        .where(table.c.endpoint == endpoint_id, table.c.coverage == coverage_id)
        .order_by(table.c.acknowledged_at, table.c.target)
    )
    if target_ids is not None:
        # The kinds are named so that the key, which has them before the target, is used.
        statement = statement.where(table.c.kind.in_(list(OperationKind)), table.c.target.in_(target_ids))
    return tuple(_publication(row) for row in connection.execute(statement))


def put(connection: Connection, publication: Publication) -> None:
    """Keep what an endpoint holds now."""
    connection.execute(
        _PUT,
        sealed_row(
            {
                "endpoint": publication.endpoint_id,
                "kind": publication.kind.value,
                "target": publication.target_id,
                "coverage": publication.coverage_id,
                "operation": publication.operation_id,
                "revision": publication.revision,
                "digest": publication.digest,
                "etag": publication.etag,
                "acknowledged_at": publication.acknowledged_at,
                "is_withdrawn": publication.is_withdrawn,
            }
        ),
    )


def _publication(row: Row[Any]) -> Publication:
    prove(row._asdict(), "What an endpoint acknowledged")
    return Publication(
        endpoint_id=row.endpoint,
        target_id=row.target,
        coverage_id=row.coverage,
        kind=member(OperationKind, row.kind),
        operation_id=row.operation,
        revision=row.revision,
        digest=row.digest,
        etag=row.etag,
        acknowledged_at=row.acknowledged_at,
        is_withdrawn=row.is_withdrawn,
    )
