from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.checks.findings import NotReady
from desktop.domain import moment
from desktop.domain.blocks import Embed, InternalNote, Paragraph
from desktop.domain.change import Change, ChangeKind
from desktop.domain.clock import ClockState, ClockTurn, state
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, OperationState, Publication
from desktop.domain.problem import InUse, InvalidValue, Problem
from desktop.domain.revision import Reason, digest
from desktop.domain.status import Status
from desktop.domain.text import text
from desktop.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def coverage(workspace: Workspace) -> Coverage:
    return workspace.create_coverage("High water")


@pytest.fixture
def endpoint(workspace: Workspace) -> Endpoint:
    made = Endpoint(id=new_id(), name="desk", url="http://127.0.0.1:9", environment=Environment.REHEARSAL)
    workspace.add_endpoint(made)
    return made


@pytest.fixture
def on_air(workspace: Workspace) -> Endpoint:
    made = Endpoint(id=new_id(), name="readers", url="https://live.example.org", environment=Environment.PRODUCTION)
    workspace.add_endpoint(made)
    return made


def written(workspace: Workspace, coverage: Coverage, words: str = "The river is rising.") -> Entry:
    entry = replace(workspace.new_entry(coverage.id), headline=words, blocks=(Paragraph(text(words)),))
    workspace.save_draft(entry)
    return entry


def acknowledge(workspace: Workspace, entry: Entry, endpoint: Endpoint) -> None:
    """Write down what the endpoint would answer."""
    with workspace.store.write() as writing:
        for operation in writing.operations(endpoint_id=endpoint.id, states={OperationState.QUEUED}):
            if operation.target_id == entry.id:
                writing.set_operation(replace(operation, state=OperationState.SENDING))
                writing.set_operation(replace(operation, state=OperationState.DONE))
                writing.put_publication(
                    Publication(
                        endpoint_id=endpoint.id,
                        target_id=entry.id,
                        coverage_id=entry.coverage_id,
                        kind=OperationKind.ENTRY,
                        operation_id=operation.id,
                        revision=operation.revision,
                        digest=operation.digest,
                        etag='"1"',
                        acknowledged_at=moment.now(),
                    )
                )


def status(workspace: Workspace, entry: Entry, endpoint: Endpoint) -> Status:
    row = workspace.timeline_row(entry.id, endpoint.id)
    assert row is not None
    return row.status


class Heard:
    def __init__(self) -> None:
        self.changes: list[Change] = []

    def hear(self, change: Change) -> None:
        self.changes.append(change)


def test_what_is_typed_is_there_after_opening_again(tmp_path: Path) -> None:
    first = Workspace.open(tmp_path)
    entry = written(first, first.create_coverage("High water"))
    first.close()
    again = Workspace.open(tmp_path)
    assert again.entry(entry.id) == entry
    again.close()


def test_a_folder_is_open_for_writing_once(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InUse):
        Workspace.open(tmp_path / "desk")
    reading = Workspace.open(tmp_path / "desk", writes=False)
    assert reading.coverages() == workspace.coverages()
    reading.close()


def test_a_change_is_told_after_it_is_committed_and_names_its_author(workspace: Workspace, coverage: Coverage) -> None:
    heard = Heard()
    workspace.listen(heard.hear)
    entry = written(workspace, coverage)
    workspace.save_draft(replace(entry, headline="Changed"), by=heard)
    last = heard.changes[-1]
    assert (last.kind, last.entry_ids, last.by) == (ChangeKind.ENTRIES, (entry.id,), heard)


def test_a_refused_change_is_not_told(workspace: Workspace, coverage: Coverage) -> None:
    heard = Heard()
    workspace.listen(heard.hear)
    with pytest.raises(InvalidValue):
        workspace.turn_clock(coverage.id, ClockTurn.PAUSED)
    assert heard.changes == []


def test_publishing_writes_revision_and_outbox_together(
    workspace: Workspace, coverage: Coverage, endpoint: Endpoint
) -> None:
    entry = written(workspace, coverage)
    operations = workspace.publish(coverage.id, (entry.id,), endpoint.id)
    assert [operation.kind for operation in operations] == [OperationKind.PAGE, OperationKind.ENTRY]
    (revision,) = workspace.revisions(entry.id)
    assert (revision.reason, revision.number) == (Reason.PUBLISHED, 1)
    assert operations[1].digest == revision.digest == digest(entry)
    assert workspace.entry(entry.id).stage is Stage.READY
    assert status(workspace, entry, endpoint) is Status.QUEUED


def test_nothing_goes_on_air_by_itself(workspace: Workspace, coverage: Coverage, on_air: Endpoint) -> None:
    entry = written(workspace, coverage)
    with pytest.raises(Problem):
        workspace.publish(coverage.id, (entry.id,), on_air.id)
    assert workspace.operations() == ()
    assert workspace.revisions(entry.id) == ()
    workspace.publish(coverage.id, (entry.id,), on_air.id, on_air=True)
    assert len(workspace.operations()) == 2


def test_a_blocker_stops_an_entry_on_air_and_not_in_rehearsal(
    workspace: Workspace, coverage: Coverage, on_air: Endpoint, endpoint: Endpoint
) -> None:
    entry = written(workspace, coverage)
    workspace.save_draft(replace(entry, blocks=(*entry.blocks, Embed("x"))))
    with pytest.raises(NotReady, match="no address"):
        workspace.publish(coverage.id, (entry.id,), on_air.id, on_air=True)
    assert workspace.operations() == ()
    assert workspace.publish(coverage.id, (entry.id,), endpoint.id)


def test_an_empty_entry_is_published_nowhere(workspace: Workspace, coverage: Coverage, endpoint: Endpoint) -> None:
    entry = workspace.new_entry(coverage.id)
    with pytest.raises(NotReady, match="empty"):
        workspace.publish(coverage.id, (entry.id,), endpoint.id)


def test_an_edit_of_a_live_entry_is_not_live_and_says_when_it_was_edited_once_published(
    workspace: Workspace, coverage: Coverage, endpoint: Endpoint
) -> None:
    entry = written(workspace, coverage)
    workspace.publish(coverage.id, (entry.id,), endpoint.id)
    acknowledge(workspace, entry, endpoint)
    assert status(workspace, entry, endpoint) is Status.LIVE
    workspace.save_draft(replace(workspace.entry(entry.id), headline="The river has peaked."))
    assert status(workspace, entry, endpoint) is Status.LIVE_EDITED
    workspace.publish(coverage.id, (entry.id,), endpoint.id)
    assert workspace.entry(entry.id).edited_at is not None


def test_a_note_of_the_desk_does_not_make_a_live_entry_edited(
    workspace: Workspace, coverage: Coverage, endpoint: Endpoint
) -> None:
    entry = written(workspace, coverage)
    workspace.publish(coverage.id, (entry.id,), endpoint.id)
    acknowledge(workspace, entry, endpoint)
    live = workspace.entry(entry.id)
    workspace.save_draft(replace(live, blocks=(*live.blocks, InternalNote("Ring the harbour office."))))
    assert status(workspace, entry, endpoint) is Status.LIVE


def test_what_only_waited_is_a_draft_again_when_withdrawn(
    workspace: Workspace, coverage: Coverage, endpoint: Endpoint
) -> None:
    entry = written(workspace, coverage)
    workspace.publish(coverage.id, (entry.id,), endpoint.id)
    workspace.withdraw(entry.id, "Wrong town.", endpoint.id)
    back = workspace.entry(entry.id)
    assert (back.withdrawal, back.stage) == (None, Stage.DRAFT)
    assert status(workspace, entry, endpoint) is Status.DRAFT


def test_a_live_entry_is_withdrawn_with_a_reason_and_not_binned(
    workspace: Workspace, coverage: Coverage, endpoint: Endpoint
) -> None:
    entry = written(workspace, coverage)
    workspace.publish(coverage.id, (entry.id,), endpoint.id)
    acknowledge(workspace, entry, endpoint)
    with pytest.raises(InvalidValue, match="live at desk"):
        workspace.bin_entry(entry.id)
    with pytest.raises(InvalidValue, match="reason"):
        workspace.withdraw(entry.id, "  ", endpoint.id)
    (operation,) = workspace.withdraw(entry.id, "Wrong town.", endpoint.id)
    assert b"Wrong town." in operation.payload
    withdrawal = workspace.entry(entry.id).withdrawal
    assert withdrawal is not None
    assert withdrawal.reason == "Wrong town."


def test_the_bin_gives_back_what_was_put_in(workspace: Workspace, coverage: Coverage) -> None:
    entry = written(workspace, coverage)
    workspace.bin_entry(entry.id)
    assert workspace.entries(coverage.id) == ()
    assert workspace.restore_entry(entry.id) == entry


def test_an_older_version_comes_back_and_the_present_one_is_kept(workspace: Workspace, coverage: Coverage) -> None:
    entry = written(workspace, coverage, "First words")
    workspace.mark_ready(entry.id)
    workspace.save_draft(replace(workspace.entry(entry.id), headline="Second words"))
    assert workspace.restore_revision(entry.id, 1).headline == "First words"
    said = [revision.entry.headline for revision in workspace.revisions(entry.id)]
    assert said == ["First words", "Second words", "First words"]


def test_readers_see_ready_entries_without_desk_notes(workspace: Workspace, coverage: Coverage) -> None:
    entry = written(workspace, coverage)
    workspace.save_draft(replace(entry, blocks=(*entry.blocks, InternalNote("CANARY"))))
    assert workspace.site(coverage.id).entries == ()
    assert len(workspace.site(coverage.id, also=entry.id).entries) == 1
    workspace.mark_ready(entry.id)
    assert "CANARY" not in repr(workspace.site(coverage.id).entries)


def test_the_clock_turns_as_it_can(workspace: Workspace, coverage: Coverage) -> None:
    workspace.turn_clock(coverage.id, ClockTurn.STARTED)
    workspace.turn_clock(coverage.id, ClockTurn.PAUSED, message="Back at six.")
    assert state(workspace.coverage(coverage.id).clock) is ClockState.PAUSED


def test_the_sample_comes_in_once(workspace: Workspace) -> None:
    first = workspace.sample()
    assert workspace.sample() == first
    assert len(workspace.coverages()) == 1


def test_the_same_export_twice_is_two_coverages(workspace: Workspace, tmp_path: Path) -> None:
    from desktop.exchange.files import ExportKind  # noqa: PLC0415 - only this test exports

    file = workspace.export(workspace.sample().id, ExportKind.JSON, tmp_path / "out")
    again = workspace.import_file(file)
    assert len(workspace.coverages()) == 2
    assert len(again.entries) == len(workspace.entries(again.coverage.id))


def test_a_figure_nobody_supports_is_found_in_the_summary(workspace: Workspace, coverage: Coverage) -> None:
    written(workspace, coverage, "31 homes are safe.")
    workspace.save_summary(coverage.id, (SummaryPoint(new_id(), "31 homes"), SummaryPoint(new_id(), "47 roads")))
    (finding,) = workspace.summary_findings(coverage.id)
    assert "47" in finding.sentence


@pytest.mark.parametrize(("headline", "zone"), [("  ", "Europe/London"), ("A page", "Mars/Base")])
def test_a_page_needs_a_headline_and_a_zone(workspace: Workspace, headline: str, zone: str) -> None:
    with pytest.raises(InvalidValue):
        workspace.create_coverage(headline, zone)
    assert workspace.coverages() == ()
