"""The strip's deeds through the real window; none of them reaches production while the desk rehearses."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import OperationState
from desktop.publish.credentials import Credentials
from desktop.publish.runner import Runner
from desktop.workspace import Workspace
from ui.actions import ACTIONS, Menu
from ui.outbox.deeds import OutboxDeeds
from ui.outbox.difference import DifferenceSheet
from ui.window import Window


@pytest.fixture
def deeds(window: Window, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint) -> OutboxDeeds:
    window.desk.open_coverage(coverage.id)
    assert window.desk.endpoint_id == rehearsal_place.id
    runner = Runner(desk_workspace.store, Credentials(), desk_workspace.tell)
    return OutboxDeeds(window.desk, window.outbox, runner, window)


def states(workspace: Workspace, endpoint: Endpoint) -> list[str]:
    return [each.state.value for each in workspace.operations(endpoint_id=endpoint.id)]


def test_items_are_held_sent_first_and_let_go(
    window: Window, deeds: OutboxDeeds, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    del deeds
    page, *_, last = desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    window.outbox.hold_requested.emit(page.id)
    window.outbox.first_requested.emit(last.id)
    assert desk_workspace.operation(page.id).state is OperationState.HELD
    assert desk_workspace.operation(last.id).rank < 0
    window.outbox.release_requested.emit()
    assert set(states(desk_workspace, rehearsal_place)) == {"queued"}


def test_an_endpoint_is_paused_and_goes_on(
    window: Window, deeds: OutboxDeeds, desk_workspace: Workspace, rehearsal_place: Endpoint
) -> None:
    deeds.toggle_pause()
    assert desk_workspace.is_paused(rehearsal_place.id)
    window.outbox.endpoint_requested.emit(rehearsal_place.id)
    assert not desk_workspace.is_paused(rehearsal_place.id)


def test_what_will_be_sent_is_shown(window: Window, deeds: OutboxDeeds, qtbot: QtBot) -> None:
    deeds.show_difference()
    (sheet,) = window.findChildren(DifferenceSheet)
    qtbot.waitUntil(sheet.isVisible)
    titles = [sheet.list.item(at).text() for at in range(sheet.list.count())]
    assert titles == ["The page itself", "Summary bullets", "New · Bridge open again"]
    sheet.list.setCurrentRow(2)
    assert "Bridge open again" in sheet.words.toPlainText()
    assert "counted from the oldest" in sheet.note.text()
    sheet.close()


def test_no_button_menu_or_shortcut_reaches_production_while_the_desk_rehearses(
    window: Window, deeds: OutboxDeeds, desk_workspace: Workspace, coverage: Coverage, production_place: Endpoint
) -> None:
    desk_workspace.publish(coverage.id, None, production_place.id, on_air=True)
    with desk_workspace.store.write() as writing:
        for each in writing.operations(endpoint_id=production_place.id):
            writing.set_operation(replace(each, state=OperationState.HELD))
    before = states(desk_workspace, production_place)
    told: list[object] = []
    window.desk.problem_raised.connect(told.append)
    assert {"held"} == set(before)
    for operation in desk_workspace.operations(endpoint_id=production_place.id):
        window.outbox.retry_requested.emit(operation.id)
        window.outbox.first_requested.emit(operation.id)
    window.outbox.release_requested.emit()
    assert len(told) == 2 * len(before), "each time it is told why"
    # Menus, palette, toolbar and shortcuts all trigger these; sheets only ask, and are not answered here.
    for row in ACTIONS:
        if row.menu is Menu.PUBLISH and not row.text.endswith("…"):
            window.deeds[row.id].trigger()
    deeds.toggle_pause()
    assert states(desk_workspace, production_place) == before
