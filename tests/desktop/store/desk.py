"""What the tests of the store put into it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationKind, Publication
from desktop.domain.revision import Revision, digest
from desktop.store.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Desk:
    """Makes values that belong to one coverage and one endpoint, each entry a minute after the one before."""

    coverage: Coverage
    endpoint: Endpoint
    made: list[Entry] = field(default_factory=list)

    def entry(self, headline: str = "The bridge is closed") -> Entry:
        entry = Entry(
            id=new_id(),
            coverage_id=self.coverage.id,
            at=NOON + timedelta(minutes=len(self.made)),
            headline=headline,
        )
        self.made.append(entry)
        return entry

    def operation(self, entry: Entry, revision: Revision | None = None) -> Operation:
        return Operation(
            id=new_id(),
            sequence=0,
            endpoint_id=self.endpoint.id,
            instance=self.endpoint.instance,
            coverage_id=self.coverage.id,
            kind=OperationKind.ENTRY,
            target_id=entry.id,
            revision=revision.number if revision else 1,
            digest=digest(entry),
            payload=f'{{"id":"{entry.id}"}}'.encode(),
            media=("ab" * 32,),
            by="Ada",
            made_at=NOON,
        )

    def publication(self, operation: Operation, *, is_withdrawn: bool = False) -> Publication:
        return Publication(
            endpoint_id=operation.endpoint_id,
            target_id=operation.target_id,
            coverage_id=operation.coverage_id,
            kind=operation.kind,
            operation_id=operation.id,
            revision=operation.revision,
            digest=operation.digest,
            etag='"1"',
            acknowledged_at=NOON + timedelta(hours=1),
            is_withdrawn=is_withdrawn,
        )


def damage(store: Store, statement: str) -> None:
    """Change a column behind the store's back, as a failing disk would."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0
