from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.blocks import InternalNote, Paragraph
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Correction, Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.revision import Reason
from desktop.domain.text import text
from desktop.workspace import Workspace
from tests.acknowledged import acknowledge


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def endpoint(workspace: Workspace) -> Endpoint:
    made = Endpoint(id=new_id(), name="desk", url="http://127.0.0.1:9", environment=Environment.REHEARSAL)
    workspace.add_endpoint(made)
    return made


@pytest.fixture
def entry(workspace: Workspace) -> Entry:
    coverage = workspace.create_coverage("High water")
    made = replace(workspace.new_entry(coverage.id), headline="Bridge shut", blocks=(Paragraph(text("Since noon.")),))
    workspace.save_draft(made)
    return made


def test_what_readers_have_is_the_acknowledged_version(workspace: Workspace, entry: Entry, endpoint: Endpoint) -> None:
    assert workspace.live_version(entry.id, endpoint.id) is None
    workspace.publish(entry.coverage_id, (entry.id,), endpoint.id)
    assert workspace.live_version(entry.id, endpoint.id) is None
    acknowledge(workspace, entry.id, endpoint)
    workspace.save_draft(replace(workspace.entry(entry.id), headline="Bridge open"))
    workspace.mark_ready(entry.id)
    live = workspace.live_version(entry.id, endpoint.id)
    assert live is not None
    assert live.entry.headline == "Bridge shut"
    workspace.withdraw(entry.id, "Not so.", endpoint.id)
    acknowledge(workspace, entry.id, endpoint, is_withdrawn=True)
    assert workspace.live_version(entry.id, endpoint.id) is None


def test_a_version_is_kept_once_however_often_it_is_asked_for(workspace: Workspace, entry: Entry) -> None:
    workspace.keep_version(entry.id)
    workspace.keep_version(entry.id)
    assert [each.reason for each in workspace.revisions(entry.id)] == [Reason.EDITING]
    workspace.save_draft(replace(entry, headline="Bridge open"))
    workspace.keep_version(entry.id)
    assert [each.entry.headline for each in workspace.revisions(entry.id)] == ["Bridge open", "Bridge shut"]


def test_a_duplicate_says_the_same_and_begins_as_a_draft(workspace: Workspace, entry: Entry) -> None:
    told = Correction("It was one o'clock.", entry.at)
    note = InternalNote("Call again", "Mo")
    original = replace(entry, stage=Stage.READY, is_key_moment=True, corrections=(told,), blocks=(*entry.blocks, note))
    workspace.save_draft(original)
    copy = workspace.duplicate_entry(entry.id)
    assert workspace.entry(entry.id) == original
    assert workspace.entry(copy.id) == copy
    assert (copy.headline, copy.blocks, copy.byline) == (original.headline, original.blocks, original.byline)
    assert copy.stage is Stage.DRAFT
    assert copy.at > entry.at
    assert not copy.is_key_moment
    assert copy.corrections == ()
