"""What will be sent, told before it is: entry by entry, with pages, summary and data, and nothing is written."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.blocks import Paragraph
from desktop.domain.clock import ClockTurn
from desktop.domain.comparison import Change
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.publish.credentials import Credentials
from desktop.publish.difference import Coming
from desktop.publish.runner import Runner
from desktop.workspace import Workspace
from tests.desktop.publish.desk import endpoint_at
from tests.desktop.publish.scripted import ScriptedEndpoint


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()


def reworded(changes: tuple[Change, ...]) -> list[str]:
    return ["|".join(piece.text for piece in change.pieces) for change in changes if change.is_reworded]


def test_what_will_be_sent_is_told_entry_by_entry(workspace: Workspace, scripted: ScriptedEndpoint) -> None:
    endpoint = endpoint_at(scripted.url)
    workspace.add_endpoint(endpoint)
    coverage = workspace.create_coverage("Storm over the coast")
    first = workspace.new_entry(coverage.id)
    made: list[Entry] = []
    for number in range(20):
        entry = replace(
            first,
            id=first.id if number == 0 else new_id(),
            at=first.at - timedelta(hours=1, minutes=-number),
            headline=f"Update {number}",
            blocks=(Paragraph(text("The bridge is closed.")),),
        )
        workspace.save_draft(entry)
        made.append(entry)
    workspace.publish(coverage.id, [entry.id for entry in made], endpoint.id)
    asyncio.run(Runner(workspace.store, Credentials(), workspace.tell).drain(endpoint.id))
    assert workspace.difference(coverage.id, (), endpoint.id).is_empty

    edited = replace(made[3], blocks=(Paragraph(text("The bridge is open.")),))
    early = replace(made[0], id=new_id(), at=made[0].at - timedelta(hours=1), headline="How it began")
    workspace.save_draft(edited)
    workspace.save_draft(early)
    workspace.save_summary(coverage.id, (SummaryPoint(new_id(), "The bridge opened."),))
    workspace.turn_clock(coverage.id, ClockTurn.STARTED)
    before = (workspace.operations(), workspace.revisions(edited.id))
    found = workspace.difference(coverage.id, (edited.id, early.id), endpoint.id)
    assert (workspace.operations(), workspace.revisions(edited.id)) == before, "looking writes nothing"

    changed, new = found.entries
    assert (changed.coming, new.coming) == (Coming.CHANGED, Coming.NEW)
    assert reworded(changed.changes) == ["The bridge is |closed|open|."]
    assert changed.data == ("dateModified",)
    assert {"headline", "datePublished", "url"} - set(new.data) == {"url"}
    assert (changed.pages, new.pages) == ((1, 1), (0, 1))
    assert (found.pages, found.moved) == ((1, 2), 1), "the newest of the page goes to the next"
    assert [change.pieces[0].text for change in found.summary] == ["The bridge opened."]
    assert reworded(found.page) == ["State: |upcoming|live"]
    workspace.publish(coverage.id, (edited.id,), endpoint.id)
    assert {each.entry_id for each in workspace.difference(coverage.id, (), endpoint.id).entries} == {edited.id}
