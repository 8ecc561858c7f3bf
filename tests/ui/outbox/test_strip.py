from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import WAITING, OperationState
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.outbox.row import OutboxRow, why
from ui.outbox.strip import OutboxStrip
from ui.shared.button import Button


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
    assert first.item.state is OperationState.REFUSED
    assert first.reason.text() == "The picture is larger than the server takes."
    assert "Refused" in first.accessibleName()
    assert not first.retry.isHidden()
    assert all(row.retry.isHidden() for row in strip.rows[1:])
    assert counts[-1] == (len(desk_workspace.operations(states=WAITING)), 1)
    qtbot.waitUntil(lambda: len(strip.rows) == sum(counts[-1]))
    assert strip.rows[0] is first


def test_buttons_name_their_operation_and_entry(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    refuse(desk_workspace, "No.")
    qtbot.waitUntil(lambda: bool(strip.rows))
    row = strip.rows[0]
    for button, signal, wanted in (
        (row.retry, strip.retry_requested, row.item.id),
        (row.discard, strip.discard_requested, row.item.id),
        (row.name, strip.entry_chosen, row.item.target_id),
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
        desk_workspace.discard(row.item.id)
    qtbot.waitUntil(strip.isHidden)


def test_what_goes_out_within_a_moment_moves_nothing(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    counts: list[tuple[int, int]] = []
    strip.counted.connect(lambda waiting, parked: counts.append((waiting, parked)))
    sent = desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    qtbot.waitUntil(lambda: counts == [(len(sent), 0)])
    assert strip.isHidden()
    assert strip.rows == ()
    qtbot.waitUntil(lambda: len(strip.rows) == len(sent))
    assert not strip.isHidden()


def test_a_burst_reads_the_outbox_once(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    sent = desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    qtbot.waitUntil(lambda: len(strip.rows) == len(sent))
    made = strip.rows
    counts: list[tuple[int, int]] = []
    strip.counted.connect(lambda waiting, parked: counts.append((waiting, parked)))
    for operation in sent[1:]:
        desk_workspace.discard(operation.id)
    qtbot.waitUntil(lambda: len(strip.rows) == 1)
    assert len(counts) <= 2
    assert strip.rows[0] in made


def test_the_strip_is_as_high_as_its_rows_also_when_more_come(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    desk_workspace.publish_summary(coverage.id, rehearsal_place.id)
    qtbot.waitUntil(lambda: bool(strip.rows))
    strip.show()
    before = len(strip.rows)
    newest = desk_workspace.timeline(coverage.id, None)[0].id
    desk_workspace.publish(coverage.id, (newest,), rehearsal_place.id)
    qtbot.waitUntil(lambda: len(strip.rows) > before)
    strip.resize(900, strip.sizeHint().height())
    qtbot.wait(50)
    assert strip.rows[-1].visibleRegion().boundingRect().height() == strip.rows[-1].height()


def test_why_says_reason_tries_and_the_next_one(
    desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    item = desk_workspace.outbox(1).items[0]
    assert why(item) == ""
    tried = replace(item, attempts=3, reason="The server is down.", not_before=moment.now())
    assert why(tried).startswith("The server is down. · tried 3 times · next try at ")


def test_a_row_offers_only_what_works(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    operation = desk_workspace.publish_summary(coverage.id, rehearsal_place.id)[0]
    offered = {
        OperationState.QUEUED: {"Send first", "Hold", "Discard"},
        OperationState.HELD: {"Send", "Discard"},
        OperationState.SENDING: set[str](),
        OperationState.REFUSED: {"Try again", "Discard"},
        OperationState.CONFLICT: {"Compare", "Discard"},
    }
    for state, wanted in offered.items():
        row = OutboxRow(replace(desk_workspace.outbox(1).items[0], state=state), strip)
        qtbot.addWidget(row)
        buttons = [button for button in row.findChildren(Button) if button is not row.name and not button.isHidden()]
        assert {button.accessibleName().partition(":")[0] for button in buttons} == wanted
    qtbot.waitUntil(lambda: bool(strip.rows))
    with qtbot.waitSignal(strip.hold_requested) as told:
        strip.rows[0].hold.click()
    assert told.args == [operation.id]


def test_what_stands_still_is_told_with_a_way_to_go_on(
    strip: OutboxStrip, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint
) -> None:
    strip.standing = lambda _: "Publishing there is paused."
    sent = desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    for operation in sent:
        desk_workspace.hold(operation.id)
    qtbot.waitUntil(lambda: len(strip.rows) == len(sent))
    assert strip.news.text() == f"Publishing there is paused. Held: {len(sent)}."
    with qtbot.waitSignal(strip.endpoint_requested) as told:
        strip.go_on.click()
    assert told.args == [rehearsal_place.id]
    with qtbot.waitSignal(strip.release_requested):
        strip.release.click()
