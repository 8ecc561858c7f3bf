"""Who rehearses never reaches production: no socket is opened to it and its credential is not read, on any path."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.cli.main import TABLE, run
from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationKind, OperationState
from desktop.domain.remote import RemoteVersion
from desktop.domain.text import text
from desktop.publish.credentials import Credentials
from desktop.publish.guard import GuardRefused
from desktop.publish.lookout import Watched
from desktop.publish.runner import Runner
from desktop.workspace import Workspace
from tests.desktop.publish.desk import endpoint_at
from tests.desktop.publish.scripted import ScriptedEndpoint


class Production:
    """A production endpoint on a real socket, three operations parked for it, and a watch on its credential."""

    def __init__(self, workspace: Workspace, rehearsal: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
        self.served = ScriptedEndpoint(environment="production")
        self.workspace, self.rehearsal = workspace, rehearsal
        self.endpoint = replace(endpoint_at(self.served.url, Environment.PRODUCTION), name="The site")
        workspace.add_endpoint(self.endpoint)
        self.read: list[Endpoint] = []
        require = Credentials.require

        def spy(credentials: Credentials, endpoint: Endpoint) -> str | None:
            self.read.append(endpoint)
            return require(credentials, endpoint)

        monkeypatch.setattr(Credentials, "require", spy)
        coverage = workspace.create_coverage("Storm")
        self.coverage = coverage.id
        self.entries = [self._write(headline) for headline in ("Trains stop", "Ferries wait", "Bridge closed")]
        workspace.publish(self.coverage, [entry.id for entry in self.entries], self.endpoint.id, on_air=True)
        self.parked = self._park()

    def _write(self, headline: str) -> Entry:
        entry = self.workspace.new_entry(self.coverage)
        entry = replace(entry, headline=headline, blocks=(Paragraph(text("In full.")),))
        self.workspace.save_draft(entry)
        return entry

    def _park(self) -> dict[OperationState, Operation]:
        """Leave the operations held, refused and in conflict, and the page done."""
        page, *operations = self.workspace.operations(endpoint_id=self.endpoint.id)
        states = (OperationState.HELD, OperationState.REFUSED, OperationState.CONFLICT)
        with self.workspace.store.write() as writing:
            for operation, state in ((page, OperationState.DONE), *zip(operations, states, strict=True)):
                if state is not OperationState.HELD:
                    writing.set_operation(replace(operation, state=OperationState.SENDING, attempts=1))
                writing.set_operation(replace(operation, state=state, attempts=1))
            body = operations[2].payload
            writing.put_remote(
                RemoteVersion(
                    endpoint_id=self.endpoint.id,
                    coverage_id=self.coverage,
                    kind=OperationKind.ENTRY,
                    target_id=operations[2].target_id,
                    etag='"2"',
                    body=body,
                    op=new_id(),
                    by="Ben",
                    at=moment.now(),
                )
            )
        return dict(zip(states, operations, strict=True))

    def work(self) -> None:
        """Do what the window does while it is open: run the outbox, and look out where it rehearses."""

        async def work() -> None:
            runner = Runner(self.workspace.store, Credentials(), self.workspace.tell, deadline=1.0)
            running = asyncio.create_task(runner.run())
            runner.watch(Watched(self.rehearsal.id, self.coverage))
            await asyncio.sleep(0.3)
            runner.resume(self.endpoint.id)
            await asyncio.sleep(0.3)
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

        asyncio.run(work())

    def was_left_alone(self) -> bool:
        return self.served.requests == [] and all(each.id != self.endpoint.id for each in self.read)


@pytest.fixture
def production(tmp_path: Path, scripted: ScriptedEndpoint, monkeypatch: pytest.MonkeyPatch) -> Iterator[Production]:
    workspace = Workspace.open(tmp_path / "workspace")
    rehearsal = endpoint_at(scripted.url)
    workspace.add_endpoint(rehearsal)
    made = Production(workspace, rehearsal, monkeypatch)
    yield made
    made.served.stop()
    workspace.close()


REFUSED: dict[str, Callable[[Workspace, Production], object]] = {
    "publish": lambda desk, site: desk.publish(site.coverage, [site.entries[0].id], site.endpoint.id),
    "publish all": lambda desk, site: desk.publish(site.coverage, None, site.endpoint.id),
    "publish the summary": lambda desk, site: desk.publish_summary(site.coverage, site.endpoint.id),
    "withdraw": lambda desk, site: desk.withdraw(site.entries[0].id, "Wrong.", site.endpoint.id),
    "send what is held": lambda desk, site: desk.retry(site.parked[OperationState.HELD].id),
    "try again": lambda desk, site: desk.retry(site.parked[OperationState.REFUSED].id),
    "mine on top": lambda desk, site: desk.put_on_top(site.parked[OperationState.CONFLICT].id),
    "merge": lambda desk, site: desk.merge(site.parked[OperationState.CONFLICT].id, site.entries[2]),
}


@pytest.mark.parametrize("path", REFUSED)
def test_no_deed_reaches_production_without_the_word_that_it_may(production: Production, path: str) -> None:
    before = production.workspace.operations(endpoint_id=production.endpoint.id)
    with pytest.raises(GuardRefused):
        REFUSED[path](production.workspace, production)
    assert production.workspace.operations(endpoint_id=production.endpoint.id) == before
    production.work()
    assert production.was_left_alone()


def test_rehearsing_beside_it_touches_it_at_no_moment(production: Production, scripted: ScriptedEndpoint) -> None:
    desk, site = production.workspace, production
    desk.publish(site.coverage, [entry.id for entry in site.entries], site.rehearsal.id)
    desk.difference(site.coverage, None, site.endpoint.id)
    desk.pause(site.endpoint.id)
    desk.resume(site.endpoint.id)
    for operation in site.parked.values():
        desk.send_first(operation.id)
    desk.keep_theirs(site.parked[OperationState.CONFLICT].id)
    site.work()
    assert scripted.changes(), "the rehearsal was reached"
    assert site.was_left_alone()


@pytest.mark.parametrize(
    "words",
    [
        ["publish", "Storm", "--to", "The site"],
        ["publish", "Storm", "--to", "The site", "--dry-run"],
        ["correct", "Storm", "ENTRY", "--text", "It was the other bridge.", "--to", "The site"],
        ["withdraw", "Storm", "ENTRY", "--reason", "Wrong.", "--to", "The site"],
        ["outbox", "send", "held"],
        ["outbox", "send", "REFUSED"],
        ["outbox", "first", "REFUSED"],
    ],
)
def test_no_command_reaches_production_without_the_word_that_it_may(production: Production, words: list[str]) -> None:
    named = {"ENTRY": str(production.entries[0].id), "REFUSED": str(production.parked[OperationState.REFUSED].id)}
    folder = str(production.workspace.store.folder)
    production.workspace.close()
    code = run(TABLE, ["--data", folder, *(named.get(word, word) for word in words)])
    assert code == (0 if words[-1] == "--dry-run" or "first" in words else 1)
    assert production.was_left_alone()


def test_the_watch_sees_what_it_should(production: Production) -> None:
    production.workspace.retry(production.parked[OperationState.REFUSED].id, on_air=True)
    production.work()
    assert production.served.requests
    assert production.endpoint.id in {each.id for each in production.read}
