"""The journal of what was sent: receipts with what each was for, searched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, String, cast, or_, select

from desktop.domain.outbox import OperationKind
from desktop.store.kept import member
from desktop.store.receipts import receipt_of
from desktop.store.tables import endpoint, entry, operation
from desktop.store.tables import receipt as table
from desktop.store.values import Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for; what is not given is not asked for.

    Each of `words` stands in the headline, the answer, who published or where to. `since` counts, `until` does not.
    """

    words: str = ""
    coverage_id: UUID | None = None
    endpoint_id: UUID | None = None
    entry_id: UUID | None = None
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None


def search(connection: Connection, wanted: Search, limit: int) -> tuple[Answered, ...]:
    """Read receipts with what each was for, the newest first."""
    return tuple(_answered(row) for row in connection.execute(_asked(wanted).limit(limit)))


def _asked(wanted: Search) -> Select[Any]:
    statement = (
        select(
            table,
            operation.c.kind,
            operation.c.target,
            operation.c.revision,
            operation.c.by,
            entry.c.headline,
        )
        .select_from(
            table.outerjoin(operation, operation.c.id == table.c.operation)
            .outerjoin(entry, entry.c.id == operation.c.target)
            .outerjoin(endpoint, endpoint.c.id == table.c.endpoint)
        )
        .order_by(table.c.sequence.desc())
    )
    equal = {
        table.c.coverage: wanted.coverage_id,
        table.c.endpoint: wanted.endpoint_id,
        operation.c.target: wanted.entry_id,
        table.c.outcome: wanted.outcome or None,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.since is not None:
        conditions.append(table.c.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(table.c.at < wanted.until)
    said = (entry.c.headline, table.c.detail, table.c.outcome, table.c.etag, operation.c.by, operation.c.kind)
    for word in wanted.words.split():
        found = [cast(column, String).icontains(word, autoescape=True) for column in (*said, endpoint.c.name)]
        conditions.append(or_(*found))
    return statement.where(*conditions)


def _answered(row: Any) -> Answered:
    values = {column.name: getattr(row, column.name) for column in table.c}
    receipt = receipt_of(values)
    if row.kind is None:
        return Answered(receipt, None, "")
    kind = member(OperationKind, row.kind)
    return Answered(receipt, kind, row.headline or "", row.target, row.revision, row.by)
