"""What a kept proof does before a page goes to readers, on every path that puts something into the outbox."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain import moment
from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, OperationState
from desktop.domain.proof import Proof, Rehearsed, Standing, Went
from desktop.domain.remote import RemoteVersion
from desktop.domain.text import text
from desktop.page.gated import parts
from desktop.page.house import House, HouseInvalid
from desktop.publish.guard import GuardRefused
from desktop.workspace import Workspace
from ui.command import main

POST = Embed("x", "post", "https://x.com/harbour/status/123", quoted="The ferry is back.", author="@harbour")
HELD = Rehearsed("first_visit-index", "first_visit", Went.HELD, "0 third-party requests before consent")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def coverage(workspace: Workspace) -> Coverage:
    return workspace.create_coverage("Harbour reopens")


def place(workspace: Workspace, environment: Environment) -> Endpoint:
    made = Endpoint(id=new_id(), name=environment.value, url="https://live.example.org", environment=environment)
    workspace.add_endpoint(made)
    return made


@pytest.fixture
def on_air(workspace: Workspace) -> Endpoint:
    return place(workspace, Environment.PRODUCTION)


def ready(workspace: Workspace, coverage: Coverage, *blocks: Embed | Paragraph) -> Entry:
    entry = replace(workspace.new_entry(coverage.id), headline="The ferry", blocks=blocks)
    workspace.save_draft(entry)
    return workspace.mark_ready(entry.id)


def proved(workspace: Workspace, coverage_id: UUID, *rehearsed: Rehearsed) -> Proof:
    site = workspace.site(coverage_id)
    on_page = parts(site.entries, site.coverage.zone, site.house)
    made = Proof(new_id(), coverage_id, moment.now(), on_page, rehearsed or (HELD,), 1)
    return workspace.keep_proof(made)


class Ear:
    """Hears what a workspace tells."""

    def __init__(self, workspace: Workspace) -> None:
        self._heard: list[Change] = []
        workspace.listen(self._hear)

    def kinds(self) -> set[ChangeKind]:
        return {change.kind for change in self._heard}

    def _hear(self, change: Change) -> None:
        self._heard.append(change)


def block_unproved(workspace: Workspace) -> None:
    workspace.save_house_words(House.shipped(), {"proof.before_air": "block"})


def test_an_unproved_page_is_warned_of_and_sent(workspace: Workspace, coverage: Coverage, on_air: Endpoint) -> None:
    entry = ready(workspace, coverage, POST)
    assert "never proved" in workspace.unproved(coverage.id, on_air.id, (entry.id,))
    ear = Ear(workspace)
    assert workspace.publish(coverage.id, (entry.id,), on_air.id, on_air=True)
    assert ChangeKind.UNPROVED in ear.kinds()
    proved(workspace, coverage.id)
    ear = Ear(workspace)
    workspace.publish(coverage.id, None, on_air.id, on_air=True)
    assert ChangeKind.UNPROVED not in ear.kinds()


def test_a_house_that_blocks_lets_nothing_unproved_go_to_readers(
    workspace: Workspace, coverage: Coverage, on_air: Endpoint
) -> None:
    entry = ready(workspace, coverage, POST)
    block_unproved(workspace)
    for entry_ids in (None, (entry.id,), ()):
        with pytest.raises(GuardRefused, match="never proved"):
            workspace.publish(coverage.id, entry_ids, on_air.id, on_air=True)
    assert workspace.operations() == ()
    proved(workspace, coverage.id)
    assert workspace.unproved(coverage.id, on_air.id) == ""
    assert workspace.publish(coverage.id, None, on_air.id, on_air=True)


def test_a_failing_or_stale_proof_is_as_good_as_none(
    workspace: Workspace, coverage: Coverage, on_air: Endpoint
) -> None:
    entry = ready(workspace, coverage, POST)
    block_unproved(workspace)
    proved(workspace, coverage.id, replace(HELD, went=Went.FAILED))
    with pytest.raises(GuardRefused, match="failed in 1 rehearsal"):
        workspace.publish(coverage.id, None, on_air.id, on_air=True)
    proved(workspace, coverage.id, HELD)
    workspace.save_draft(replace(entry, blocks=(replace(POST, quoted="It sank."),)))
    with pytest.raises(GuardRefused, match="1 embed was added or changed"):
        workspace.publish(coverage.id, (entry.id,), on_air.id, on_air=True)
    workspace.save_draft(entry)
    workspace.save_house_words(House.shipped(), {"proof.before_air": "block", "embed.question": "Load it?"})
    with pytest.raises(GuardRefused, match="wording"):
        workspace.publish(coverage.id, (entry.id,), on_air.id, on_air=True)


def test_a_draft_that_is_published_is_looked_at_too(workspace: Workspace, coverage: Coverage, on_air: Endpoint) -> None:
    ready(workspace, coverage, POST)
    proved(workspace, coverage.id)
    block_unproved(workspace)
    draft = replace(workspace.new_entry(coverage.id), headline="New", blocks=(POST,))
    workspace.save_draft(draft)
    assert workspace.unproved(coverage.id, on_air.id) == ""
    with pytest.raises(GuardRefused, match="1 embed was added"):
        workspace.publish(coverage.id, (draft.id,), on_air.id, on_air=True)


def test_what_is_merged_of_two_desks_is_looked_at_too(
    workspace: Workspace, coverage: Coverage, on_air: Endpoint
) -> None:
    entry = ready(workspace, coverage, Paragraph(text("It sailed.")))
    block_unproved(workspace)
    workspace.publish(coverage.id, (entry.id,), on_air.id, on_air=True)
    (operation,) = (each for each in workspace.operations() if each.target_id == entry.id)
    theirs = RemoteVersion(
        endpoint_id=on_air.id,
        coverage_id=coverage.id,
        kind=OperationKind.ENTRY,
        target_id=entry.id,
        etag='"2"',
        body=operation.payload,
        op=new_id(),
        by="Ben",
        at=moment.now(),
    )
    with workspace.store.write() as writing:
        for state in (OperationState.SENDING, OperationState.CONFLICT):
            writing.set_operation(replace(operation, state=state, attempts=1))
        writing.put_remote(theirs)
    with pytest.raises(GuardRefused, match="never proved"):
        workspace.merge(operation.id, replace(entry, blocks=(*entry.blocks, POST)), on_air=True)
    workspace.merge(operation.id, replace(entry, headline="The ferry sailed"), on_air=True)
    assert any(each.state is OperationState.QUEUED and each.target_id == entry.id for each in workspace.operations())


def test_rehearsals_words_alone_and_withdrawals_need_no_proof(
    workspace: Workspace, coverage: Coverage, on_air: Endpoint
) -> None:
    block_unproved(workspace)
    plain = ready(workspace, coverage, Paragraph(text("It sailed.")))
    assert workspace.proof_standing(coverage.id).standing is Standing.NOT_NEEDED
    assert workspace.publish(coverage.id, (plain.id,), on_air.id, on_air=True)
    gated = ready(workspace, coverage, POST)
    for environment in (Environment.REHEARSAL, Environment.TEST):
        elsewhere = place(workspace, environment)
        assert workspace.unproved(coverage.id, elsewhere.id) == ""
        assert workspace.publish(coverage.id, None, elsewhere.id)
    assert workspace.withdraw(gated.id, "Wrong.", on_air.id, on_air=True)


def test_the_command_line_warns_or_is_refused_as_the_window_is(
    workspace: Workspace,
    coverage: Coverage,
    on_air: Endpoint,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ready(workspace, coverage, POST)
    block_unproved(workspace)
    workspace.close()
    asked = ["--data", str(tmp_path / "desk"), "publish", str(coverage.id), "--to", on_air.name, "--on-air"]
    assert main(asked) != 0
    said = capsys.readouterr().err
    assert "never proved" in said
    assert "Nothing was sent." in said


def test_some_rehearsals_played_again_are_joined_to_the_whole(workspace: Workspace, coverage: Coverage) -> None:
    ready(workspace, coverage, POST)
    ear = Ear(workspace)
    proved(workspace, coverage.id, HELD, Rehearsed("withdraw-x", "withdraw", Went.FAILED, "no"))
    again = proved(workspace, coverage.id, Rehearsed("withdraw-x", "withdraw", Went.HELD, "yes"))
    assert [each.name for each in again.rehearsed] == [HELD.name, "withdraw-x"]
    assert workspace.proof_standing(coverage.id).standing is Standing.GOOD
    assert workspace.last_proof(coverage.id) == again
    assert ear.kinds() == {ChangeKind.PROOFS}


def test_words_of_ones_own_reach_the_page_and_the_endpoint_and_can_be_taken_back(
    workspace: Workspace, coverage: Coverage
) -> None:
    house = House.shipped()
    workspace.save_house_words(
        house, {"embed.question": "Load {provider}?", "embed.accept": house.word("embed.accept")}
    )
    assert workspace.house_words("default") == {"embed.question": "Load {provider}?"}
    assert workspace.site(coverage.id).house.word("embed.question") == "Load {provider}?"
    with pytest.raises(HouseInvalid, match=r"embed\.question"):
        workspace.save_house_words(house, {"embed.question": "Load {nobody}?"})
    assert workspace.house_words("default") == {"embed.question": "Load {provider}?"}
    workspace.save_house_words(house, {})
    assert workspace.house(coverage.id) == house
    assert "default" in [each.name for each in workspace.houses()]
