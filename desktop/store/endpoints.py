"""Endpoints in the store."""

import json
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.endpoint import Endpoint, EndpointKind, Environment, SecretSource
from desktop.domain.outbox import PARKED, WAITING, OperationState
from desktop.domain.words import tr, tr_count
from desktop.store import outbox
from desktop.store.kept import member
from desktop.store.problems import NameTaken, NotFound, StillInUse
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import endpoint as table
from desktop.store.tables import operation

_INSERT: Final = insert(table)
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[table.c.id],
    set_={column.name: _INSERT.excluded[column.name] for column in table.c if column.name != "id"},
)


_EVERY: Final = select(table).order_by(table.c.name)
_ONE: Final = select(table).where(table.c.id == bindparam("wanted"))


def every(connection: Connection) -> tuple[Endpoint, ...]:
    """Read the endpoints, by name."""
    return tuple(_endpoint(row) for row in connection.execute(_EVERY))


def one(connection: Connection, endpoint_id: UUID) -> Endpoint:
    """Read an endpoint."""
    return _found(connection.execute(_ONE, {"wanted": endpoint_id}).first(), tr("This endpoint"))


def named(connection: Connection, name: str) -> Endpoint:
    """Read the endpoint of a name."""
    return _found(
        connection.execute(select(table).where(table.c.name == name)).first(),
        tr("An endpoint named “{name}”").format(name=name),
    )


def _found(row: Row[Any] | None, what: str) -> Endpoint:
    if row is None:
        raise _missing(what)
    return _endpoint(row)


def _missing(what: str = "This endpoint") -> NotFound:
    return NotFound(tr("{what} is not configured here.").format(what=what), next_action=tr("Add it in the settings."))


def put(connection: Connection, endpoint: Endpoint) -> None:
    """Keep an endpoint; the name of another one raises NameTaken."""
    same_name = select(table.c.id).where(table.c.name == endpoint.name, table.c.id != endpoint.id)
    if connection.execute(same_name).first() is not None:
        title = tr("There is an endpoint named “{endpoint}” already.").format(endpoint=endpoint.name)
        raise NameTaken(title, done=tr("Nothing was changed."), next_action=tr("Choose another name."))
    connection.execute(
        _PUT,
        sealed_row(
            {
                "id": endpoint.id,
                "name": endpoint.name,
                "url": endpoint.url,
                "environment": endpoint.environment.value,
                "kind": endpoint.kind.value,
                "instance": endpoint.instance,
                "secret_source": endpoint.secret_source.value,
                "secret_name": endpoint.secret_name,
                "account": endpoint.account,
                "details": json.dumps(dict(endpoint.details), sort_keys=True),
            }
        ),
    )


def remove(connection: Connection, endpoint_id: UUID) -> None:
    """Remove an endpoint; what it acknowledged and answered stays. Waiting operations forbid it, refused ones go."""
    waiting = connection.execute(
        select(func.count())
        .select_from(operation)
        .where(operation.c.endpoint == endpoint_id, operation.c.state.in_([each.value for each in WAITING]))
    ).scalar_one()
    if waiting:
        title = tr_count(
            "This endpoint still has {count} change waiting for it.",
            "This endpoint still has {count} changes waiting for it.",
            waiting,
        ).format(count=waiting)
        raise StillInUse(title, done=tr("It was not removed."), next_action=tr("Send or discard them first."))
    for parked in outbox.every(connection, endpoint_id=endpoint_id, coverage_id=None, states=PARKED):
        cancelled = replace(parked, state=OperationState.CANCELLED, reason=tr("The endpoint was removed."))
        outbox.put_state(connection, cancelled)
    if connection.execute(delete(table).where(table.c.id == endpoint_id)).rowcount == 0:
        raise _missing()


def _endpoint(row: Row[Any]) -> Endpoint:
    prove(row._asdict(), f"The endpoint “{row.name}”")
    return Endpoint(
        id=row.id,
        name=row.name,
        url=row.url,
        environment=member(Environment, row.environment),
        kind=member(EndpointKind, row.kind),
        instance=row.instance,
        secret_source=member(SecretSource, row.secret_source),
        secret_name=row.secret_name,
        account=row.account,
        details=tuple(sorted(json.loads(row.details).items())),
    )
