"""A publisher that speaks the contract over a real socket, for the endpoint's own tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import httpx

from desktop.domain import moment, wire
from desktop.domain.blocks import Block, Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.members import Json
from desktop.domain.outbox import OperationKind
from desktop.domain.text import text
from desktop.rehearsal.ledger import Target
from desktop.rehearsal.openapi import document
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.contract import check

CREATE: Final = {"If-None-Match": "*"}


@dataclass(frozen=True)
class Publisher:
    """Writes to an endpoint as a console does, over a real socket."""

    client: httpx.Client
    coverage: Coverage

    @property
    def page(self) -> str:
        return f"/pages/{self.coverage.id}"

    def at(self, entry: Entry) -> str:
        return f"{self.page}/entries/{entry.id}"

    def entry(self, headline: str = "The bridge is open again", *blocks: Block, **members: Any) -> Entry:
        return entry_of(self.coverage, headline, *blocks, **members)

    def put(self, address: str, body: Json, headers: Mapping[str, str] = CREATE) -> httpx.Response:
        return self.client.put(address, json=body, headers=headers)

    def put_page(self, headers: Mapping[str, str] = CREATE) -> httpx.Response:
        return self.put(self.page, wire.page_to_wire(self.coverage, {}, new_id()), headers)

    def put_entry(self, entry: Entry, headers: Mapping[str, str] = CREATE, op: UUID | None = None) -> httpx.Response:
        return self.put(self.at(entry), wire.entry_to_wire(entry, op or new_id()), headers)


def entry_of(coverage: Coverage, headline: str, *blocks: Block, **members: Any) -> Entry:
    """Make an entry of a coverage, ready to be published."""
    shown = blocks or (Paragraph(text("Traffic moves in both directions.")),)
    made = Entry(id=new_id(), coverage_id=coverage.id, at=moment.now(), headline=headline, blocks=shown)
    return replace(made, **members)


def client_of(endpoint: RehearsalEndpoint) -> httpx.Client:
    """Make a client that may write; every answer it gets is held against the endpoint's own document."""
    environment = Environment(httpx.get(endpoint.url).json()["environment"])
    contract = document("Rehearsal", environment)
    headers = {"Authorization": f"Bearer {endpoint.token}", "Live-Environment": environment.value}
    hooks: dict[str, list[Callable[..., Any]]] = {"response": [lambda answer: check(answer, contract)]}
    return httpx.Client(base_url=endpoint.url, headers=headers, timeout=30, event_hooks=hooks)


def refused(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    """Check that an answer is a refusal of one kind, and return what it states."""
    stated: dict[str, Any] = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (stated["status"], stated["type"]) == (status, f"/problems/{kind}")
    return stated


def changes_of(endpoint: RehearsalEndpoint, entry: Entry) -> int:
    """Count what the endpoint ever took of an entry."""
    with endpoint.storage.read() as rows:
        return len(rows.history(Target(entry.coverage_id, OperationKind.ENTRY, entry.id)))
