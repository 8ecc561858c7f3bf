from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import OperationState
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.outbox.strip import OutboxStrip, why


@pytest.fixture
def strip(qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge) -> OutboxStrip:
    made = OutboxStrip()
    qtbot.addWidget(made)
    made.attach(desk_workspace, changes)
    return made


def refuse(workspace: Workspace, reason: str) -> None:
    """Walk the oldest entry's operation through sending to refused, as the runner does."""
    with workspace.store.write() as writing:
        operation = writing.operations()[-1]
        for state in (OperationState.SENDING, OperationState.REFUSED):
            operation = replace(operation, state=state, reason=reason)
            writing.set_operation(operation)


def test_an_empty_outbox_takes_no_room(strip: OutboxStrip) -> None:
    assert strip.isHidden()


def test_waiting_and_refused_items_are_listed_refused_first(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    counts: list[tuple[int, int]] = []
    strip.counted.connect(lambda waiting, failed: counts.append((waiting, failed)))
    desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    refuse(desk_workspace, "The picture is larger than the server takes.")
    qtbot.waitUntil(lambda: bool(strip.rows))
    first = strip.rows[0]
    assert not strip.isHidden()
    assert first.operation.state is OperationState.REFUSED
    assert first.reason.text() == "The picture is larger than the server takes."
    assert "Refused" in first.accessibleName()
    assert not first.retry.isHidden()
    assert all(row.retry.isHidden() for row in strip.rows[1:])
    waiting, failed = counts[-1]
    assert failed == 1
    assert waiting == len(strip.rows) - 1


def test_buttons_name_their_operation_and_entry(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    refuse(desk_workspace, "No.")
    qtbot.waitUntil(lambda: bool(strip.rows))
    row = strip.rows[0]
    for button, signal, wanted in (
        (row.retry, strip.retry_requested, row.operation.id),
        (row.discard, strip.discard_requested, row.operation.id),
        (row.name, strip.entry_chosen, row.operation.target_id),
    ):
        with qtbot.waitSignal(signal) as told:
            button.click()
        assert told.args == [wanted]


def test_when_all_is_discarded_the_strip_goes(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    for operation in desk_workspace.publish(coverage.id, None, rehearsal_place.id):
        desk_workspace.discard(operation.id)
    desk_workspace.publish_summary(coverage.id, rehearsal_place.id)
    qtbot.waitUntil(lambda: bool(strip.rows))
    for row in strip.rows:
        desk_workspace.discard(row.operation.id)
    qtbot.waitUntil(strip.isHidden)


def test_why_says_reason_tries_and_the_next_one(
    desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    operation = desk_workspace.publish(coverage.id, None, rehearsal_place.id)[0]
    assert why(operation) == ""
    tried = replace(operation, attempts=3, reason="The server is down.", not_before=moment.now())
    assert why(tried).startswith("The server is down. · tried 3 times · next try at ")
