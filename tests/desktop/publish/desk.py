"""A desk with a real store, for the publisher's tests: writes entries, publishes them, drains."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from desktop.domain import moment
from desktop.domain.blocks import Image, Paragraph
from desktop.domain.change import Change
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment, Receipt, SecretSource
from desktop.domain.entry import Entry, Stage, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationKind, Publication
from desktop.domain.text import text
from desktop.page.house import House
from desktop.publish.credentials import Credentials
from desktop.publish.enqueue import enqueue
from desktop.publish.runner import Patience, Runner
from desktop.store.store import Store

QUICK = Patience(failures=3, seconds=20.0)


@dataclass
class Desk:
    """Publishes entries of one coverage to one endpoint."""

    store: Store
    coverage: Coverage
    endpoint: Endpoint
    credentials: Credentials
    changes: list[Change] = field(default_factory=list)
    started_after: timedelta = timedelta(0)

    def runner(self, *, deadline: float = 1.0) -> Runner:
        def now() -> datetime:
            return moment.now() + self.started_after

        return Runner(self.store, self.credentials, self.changes.append, now=now, deadline=deadline)

    def write(self, headline: str, *, pictures: Sequence[bytes] = ()) -> Entry:
        images = tuple(Image(media=self.store.add_media(data, "image/png"), alt="A chart") for data in pictures)
        words = Paragraph(text(f"{headline}, in full."))
        made = Entry(
            id=new_id(),
            coverage_id=self.coverage.id,
            at=moment.now(),
            headline=headline,
            blocks=(words, *images),
            stage=Stage.READY,
        )
        with self.store.write() as writing:
            writing.put_entry(made)
        return made

    def publish(self, *entries: Entry, is_forced: bool = False, at: datetime | None = None) -> tuple[Operation, ...]:
        with self.store.write() as writing:
            return enqueue(
                writing,
                self.coverage,
                entries,
                writing.endpoint(self.endpoint.id),
                House.shipped().to_json(),
                by="Ada",
                now=at or moment.now(),
                is_forced=is_forced,
            )

    def withdraw(self, entry: Entry) -> tuple[Operation, ...]:
        return self.publish(replace(entry, withdrawal=Withdrawal("This was wrong.", moment.now())))

    def drain(self, *, patience: Patience = QUICK, deadline: float = 1.0, on_air: bool = False) -> tuple[Receipt, ...]:
        return asyncio.run(self.runner(deadline=deadline).drain(self.endpoint.id, patience=patience, on_air=on_air))

    def operation(self, operation_id: UUID) -> Operation:
        with self.store.read() as reading:
            return reading.operation(operation_id)

    def states(self) -> list[str]:
        with self.store.read() as reading:
            return [operation.state.value for operation in reading.operations(endpoint_id=self.endpoint.id)]

    def publication(self, entry: Entry) -> Publication | None:
        with self.store.read() as reading:
            return reading.publication(self.endpoint.id, OperationKind.ENTRY, entry.id)

    def path(self, entry: Entry | None = None) -> str:
        page = f"/pages/{self.coverage.id}"
        return f"{page}/entries/{entry.id}" if entry else page

    def save(self) -> None:
        with self.store.write() as writing:
            writing.put_coverage(self.coverage)
            writing.put_endpoint(self.endpoint)


def endpoint_at(url: str, environment: Environment = Environment.REHEARSAL) -> Endpoint:
    return Endpoint(
        id=new_id(),
        name="The rehearsal",
        url=url,
        environment=environment,
        secret_source=SecretSource.VARIABLE,
        secret_name="NEWSROOM_TEST_TOKEN",
    )
