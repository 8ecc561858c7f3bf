from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.clock import ClockState, state
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Stage
from desktop.domain.outbox import OperationState
from desktop.domain.problem import Problem
from desktop.domain.text import text
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.desk import Desk


@pytest.fixture
def desk(desk_workspace: Workspace, changes: ChangeBridge, coverage: Coverage, rehearsal_place: Endpoint) -> Desk:
    made = Desk(changes)
    made.attach(desk_workspace, changes)
    made.open_last()
    assert made.coverage_id == coverage.id
    assert made.endpoint_id == rehearsal_place.id
    return made


def shown(desk: Desk) -> Coverage:
    assert desk.coverage is not None
    return desk.coverage


def problems(desk: Desk) -> list[Problem]:
    told: list[Problem] = []
    desk.problem_raised.connect(told.append)
    return told


def test_before_a_workspace_is_open_there_is_none(qtbot: QtBot) -> None:
    del qtbot
    with pytest.raises(RuntimeError):
        _ = Desk().workspace


def test_a_page_opens_at_its_newest_entry_that_says_something(desk: Desk) -> None:
    written = desk.workspace.timeline(shown(desk).id, None)[0].id
    assert desk.entry_id == written
    empty = desk.workspace.new_entry(shown(desk).id)
    desk.open_coverage(None)
    desk.open_last()
    assert desk.entry_id == written
    desk.workspace.save_draft(replace(empty, blocks=(Paragraph(text("The gates are shut.")),)))
    desk.open_coverage(None)
    desk.open_last()
    assert desk.entry_id == empty.id
    desk.open_coverage(None)
    assert desk.entry_id is None


def test_opening_the_page_that_is_shown_keeps_the_entry_chosen_meanwhile(desk: Desk) -> None:
    other = desk.workspace.timeline(shown(desk).id, None)[2].id
    desk.choose_entry(other)
    desk.open_coverage(shown(desk).id)
    assert desk.entry_id == other


def test_a_new_entry_is_shown(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.entry_shown):
        desk.new_entry()
    assert desk.entry_id is not None
    assert desk.workspace.entry(desk.entry_id).stage is Stage.DRAFT


def test_going_to_another_entry_first_saves_what_is_typed(desk: Desk, qtbot: QtBot) -> None:
    rows = desk.workspace.timeline(shown(desk).id, None)
    desk.choose_entry(rows[0].id)
    with qtbot.waitSignals([desk.flush_requested, desk.entry_shown], order="strict"):
        desk.choose_entry(rows[1].id)


def test_ready_draft_key_and_pin(desk: Desk) -> None:
    desk.new_entry()
    entry_id = desk.entry_id
    assert entry_id is not None
    desk.mark_ready()
    assert desk.workspace.entry(entry_id).stage is Stage.READY
    desk.return_to_draft()
    assert desk.workspace.entry(entry_id).stage is Stage.DRAFT
    desk.toggle_key_moment()
    assert desk.workspace.entry(entry_id).is_key_moment
    for pinned in (entry_id, None):
        desk.toggle_pin()
        assert desk.workspace.coverage(desk.workspace.entry(entry_id).coverage_id).pinned == pinned


def test_the_bin_gives_back_what_it_took(desk: Desk) -> None:
    desk.new_entry()
    entry_id = desk.entry_id
    desk.bin_entry()
    assert desk.entry_id == desk.workspace.timeline(shown(desk).id, None)[0].id
    assert entry_id is not None
    assert desk.workspace.timeline_row(entry_id, None) is None
    assert [entry.id for entry in desk.workspace.binned(shown(desk).id)] == [entry_id]
    desk.restore_entry(entry_id)
    assert desk.entry_id == entry_id
    assert desk.workspace.timeline_row(entry_id, None) is not None


def test_publishing_goes_to_the_endpoint_shown(desk: Desk, rehearsal_place: Endpoint) -> None:
    told = problems(desk)
    desk.choose_entry(desk.workspace.entries(shown(desk).id)[0].id)
    desk.publish_entry()
    assert told == []
    operations = desk.workspace.operations(endpoint_id=rehearsal_place.id)
    assert desk.entry_id in {operation.target_id for operation in operations}


def test_production_that_was_not_agreed_to_refuses_and_nothing_is_queued(
    desk: Desk, production_place: Endpoint
) -> None:
    told = problems(desk)
    desk.choose_endpoint(production_place)
    desk.choose_entry(desk.workspace.entries(shown(desk).id)[0].id)
    desk.publish_entry()
    desk.publish_summary()
    assert len(told) == 2
    assert desk.workspace.operations(endpoint_id=production_place.id) == ()
    desk.choose_endpoint(production_place, on_air=True)
    desk.publish_entry()
    assert len(told) == 2
    assert desk.workspace.operations(endpoint_id=production_place.id)


def test_going_on_air_is_never_remembered(desk: Desk, production_place: Endpoint, rehearsal_place: Endpoint) -> None:
    desk.choose_endpoint(production_place, on_air=True)
    assert desk.is_on_air
    desk.open_coverage(None)
    desk.open_last()
    assert not desk.is_on_air
    assert desk.endpoint_id == rehearsal_place.id


def test_nowhere_to_publish_is_a_problem_that_says_what_to_do(desk: Desk, rehearsal_place: Endpoint) -> None:
    told = problems(desk)
    desk.workspace.remove_endpoint(rehearsal_place.id)
    desk.choose_endpoint(None)
    desk.publish_summary()
    assert "settings" in str(told[0])


def test_refused_items_go_again_or_are_dropped(desk: Desk) -> None:
    desk.publish_summary()
    with desk.workspace.store.write() as writing:
        for operation in writing.operations():
            for each in (OperationState.SENDING, OperationState.REFUSED):
                operation = replace(operation, state=each)  # noqa: PLW2901 - walks one operation through its states
                writing.set_operation(operation)
    desk.retry_failed()
    assert {operation.state for operation in desk.workspace.operations()} == {OperationState.QUEUED}
    for operation in desk.workspace.operations():
        desk.discard(operation.id)
    assert {operation.state for operation in desk.workspace.operations()} == {OperationState.CANCELLED}


def test_the_clock_turns_and_refuses_what_cannot_follow(desk: Desk, qtbot: QtBot) -> None:
    told = problems(desk)

    def stands() -> ClockState:
        return state(desk.workspace.coverage(shown(desk).id).clock)

    desk.start_clock()
    assert stands() is ClockState.LIVE
    desk.pause_clock(moment.now() + timedelta(hours=1), "Back soon.")
    assert stands() is ClockState.PAUSED
    qtbot.waitUntil(lambda: state(shown(desk).clock) is ClockState.PAUSED)
    desk.start_clock()
    assert stands() is ClockState.LIVE
    desk.end_clock()
    assert stands() is ClockState.ENDED
    assert told == []
    desk.end_clock()
    assert len(told) == 1


def test_an_endpoint_that_goes_gives_way(
    desk: Desk, qtbot: QtBot, production_place: Endpoint, rehearsal_place: Endpoint
) -> None:
    desk.choose_endpoint(production_place, on_air=True)
    desk.workspace.remove_endpoint(production_place.id)
    qtbot.waitUntil(lambda: desk.endpoint_id == rehearsal_place.id)
    assert not desk.is_on_air
