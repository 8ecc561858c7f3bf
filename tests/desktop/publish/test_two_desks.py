"""Two consoles on one coverage: what one publishes comes to the other, and what both change is a choice."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.blocks import InternalNote, Paragraph
from desktop.domain.clock import ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationState
from desktop.domain.problem import InvalidValue
from desktop.domain.status import Status
from desktop.domain.text import text
from desktop.publish.credentials import Credentials
from desktop.publish.lookout import Watched
from desktop.publish.merge import Whose, merged
from desktop.publish.runner import Runner
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.workspace import Workspace
from tests.desktop.publish.desk import endpoint_at
from tests.desktop.publish.test_runner import until


class Console:
    """A workspace and what sends from it, worked by one producer."""

    def __init__(self, folder: Path, name: str, coverage: Coverage, endpoint: Endpoint) -> None:
        self.workspace = Workspace.open(folder)
        self.workspace.save_setting("producer", name)
        with self.workspace.store.write() as writing:
            writing.put_coverage(coverage)
        self.workspace.add_endpoint(endpoint)
        self.coverage, self.endpoint = coverage.id, endpoint.id

    def send(self, *entries: Entry) -> None:
        for entry in entries:
            self.workspace.save_draft(entry)
        self.workspace.publish(self.coverage, [entry.id for entry in entries], self.endpoint)
        asyncio.run(self._runner().drain(self.endpoint))

    def drain(self) -> None:
        asyncio.run(self._runner().drain(self.endpoint))

    def look(self, open_entry: UUID | None = None) -> None:
        """Run until everything the endpoint tells has been taken in."""

        async def work() -> None:
            runner = self._runner()
            running = asyncio.create_task(runner.run())
            before = self.cursor
            runner.watch(Watched(self.endpoint, self.coverage, open_entry))
            await until(lambda: self.cursor != before)
            await asyncio.sleep(0.05)
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

        asyncio.run(work())

    @property
    def cursor(self) -> str:
        endpoint = self.workspace.endpoint(self.endpoint)
        return self.workspace.setting(f"changes:{endpoint.id}:{endpoint.instance}:{self.coverage}")

    def row(self, entry: Entry) -> tuple[str, Status, str, str]:
        row = self.workspace.timeline_row(entry.id, self.endpoint)
        assert row is not None
        return row.headline, row.status, row.live_by, row.theirs_by

    def _runner(self) -> Runner:
        return Runner(self.workspace.store, Credentials(), self.workspace.tell, deadline=2.0)


@pytest.fixture
def desks(tmp_path: Path, rehearsal: RehearsalEndpoint) -> Iterator[tuple[Console, Console]]:
    coverage = Coverage(id=new_id(), headline="Storm over the coast")
    ada = Console(tmp_path / "ada", "Ada", coverage, endpoint_at(rehearsal.url))
    ben = Console(tmp_path / "ben", "Ben", coverage, endpoint_at(rehearsal.url))
    yield ada, ben
    ada.workspace.close()
    ben.workspace.close()


def written(console: Console, headline: str) -> Entry:
    entry = console.workspace.new_entry(console.coverage)
    return replace(entry, headline=headline, blocks=(Paragraph(text("One.")), Paragraph(text("Two."))))


def test_what_the_other_desk_publishes_is_there_and_can_be_worked_on(desks: tuple[Console, Console]) -> None:
    ada, ben = desks
    entry = written(ada, "Trains stop")
    ada.workspace.turn_clock(ada.coverage, ClockTurn.STARTED)
    ada.workspace.save_summary(ada.coverage, (SummaryPoint(new_id(), "Trains stop.", (entry.id,)),))
    ada.send(entry)
    ben.look()
    assert ben.row(entry) == ("Trains stop", Status.LIVE, "Ada", "")
    mine, theirs_too = (each.workspace.coverage(each.coverage) for each in (ada, ben))
    assert (theirs_too.clock, theirs_too.summary[0].text) == (mine.clock, "Trains stop.")
    assert theirs_too.summary[0].seen, "it is held true as the entry stands"
    assert ben.workspace.revisions(entry.id)[0].author == "Ada"
    theirs = ben.workspace.entry(entry.id)
    ben.send(replace(theirs, headline="Trains stop for the night"))
    assert ben.row(entry) == ("Trains stop for the night", Status.LIVE, "", "")
    ada.look()
    assert ada.row(entry) == ("Trains stop for the night", Status.LIVE, "Ben", "")
    assert ada.workspace.operations(states=set(OperationState) - {OperationState.DONE}) == ()


def test_a_withdrawal_of_the_other_desk_is_one_here(desks: tuple[Console, Console]) -> None:
    ada, ben = desks
    entry = written(ada, "Trains stop")
    ada.send(entry)
    ben.look()
    ben.workspace.withdraw(entry.id, "This was wrong.", ben.endpoint)
    ben.drain()
    ada.look()
    assert ada.row(entry)[1:3] == (Status.WITHDRAWN, "Ben")


def test_what_is_open_or_was_changed_here_stays_and_the_row_says_who(desks: tuple[Console, Console]) -> None:
    ada, ben = desks
    opened, changed = written(ada, "Trains stop"), written(ada, "Ferries wait")
    ada.send(opened, changed)
    ben.look()
    for entry in (opened, changed):
        ben.send(replace(ben.workspace.entry(entry.id), headline=f"{entry.headline}, says Ben"))
    ada.workspace.save_draft(replace(ada.workspace.entry(changed.id), headline="Ferries wait for the tide"))
    ada.look(open_entry=opened.id)
    assert ada.row(opened) == ("Trains stop", Status.LIVE, "", "Ben")
    assert ada.row(changed) == ("Ferries wait for the tide", Status.LIVE_EDITED, "", "Ben")
    ada.workspace.take_theirs(ada.endpoint, changed.id)
    assert ada.row(changed) == ("Ferries wait, says Ben", Status.LIVE, "Ben", "")
    assert ada.workspace.revisions(changed.id)[1].entry.headline == "Ferries wait for the tide", "mine is kept"
    with pytest.raises(InvalidValue):
        ada.workspace.take_theirs(ada.endpoint, changed.id)


@pytest.mark.parametrize("choice", ["theirs", "mine", "merged"])
def test_what_both_changed_is_settled_by_a_choice(desks: tuple[Console, Console], choice: str) -> None:
    ada, ben = desks
    entry = written(ada, "Trains stop")
    ada.send(entry)
    ben.look()
    ben.send(replace(ben.workspace.entry(entry.id), headline="Trains crawl"))
    mine = ada.workspace.entry(entry.id)
    note = InternalNote("Call the station.")
    ada.send(replace(mine, blocks=(*mine.blocks, Paragraph(text("Three.")), note)))
    (waiting,) = ada.workspace.operations(states={OperationState.CONFLICT})
    dispute = ada.workspace.dispute(waiting.id)
    assert [(part.name, part.whose) for part in dispute.parts if part.whose is not Whose.AGREED] == [
        ("headline", Whose.THEIRS),
        ("blocks", Whose.MINE),
    ]
    with pytest.raises(InvalidValue):
        ada.workspace.retry(waiting.id)
    match choice:
        case "theirs":
            ada.workspace.keep_theirs(waiting.id)
        case "mine":
            ada.workspace.put_on_top(waiting.id)
        case _:
            assert dispute.mine is not None
            ada.workspace.merge(waiting.id, merged(dispute.mine, dispute.parts, {}))
    ada.drain()
    stored = [block for block in ada.workspace.entry(entry.id).blocks if not isinstance(block, InternalNote)]
    headline, status, by, theirs_by = ada.row(entry)
    assert (status, theirs_by) == (Status.LIVE, "")
    assert (headline, len(stored), by) == {
        "theirs": ("Trains crawl", 2, "Ben"),
        "mine": ("Trains stop", 3, ""),
        "merged": ("Trains crawl", 3, ""),
    }[choice]
    assert note in ada.workspace.entry(entry.id).blocks, "what is for the desk alone stays on the desk"
    ben.look()
    assert ben.row(entry)[0] == headline
