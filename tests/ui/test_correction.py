from zoneinfo import ZoneInfo

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.outbox import OperationState
from desktop.workspace import Workspace
from tests.acknowledged import acknowledge
from ui.correction import CorrectSheet
from ui.shared.arming import PAUSE, SETTLE
from ui.window import Window


def press(sheet: CorrectSheet) -> None:
    sheet.send.click()
    QTest.qWait(PAUSE + 50)


def test_a_correction_is_asked_for_and_published_after_two_presses(
    window: Window, coverage: Coverage, desk_workspace: Workspace, rehearsal_place: Endpoint, qtbot: QtBot
) -> None:
    window.desk.open_coverage(coverage.id)
    entry_id = window.desk.entry_id
    assert entry_id is not None
    assert not window.deeds["correct"].isEnabled()
    desk_workspace.publish(coverage.id, (entry_id,), rehearsal_place.id)
    acknowledge(desk_workspace, entry_id, rehearsal_place)
    desk_workspace.correct(entry_id, "It opened at one.")
    qtbot.waitUntil(window.deeds["correct"].isEnabled)
    window.deeds["correct"].trigger()
    sheet = window.findChild(CorrectSheet)
    assert sheet is not None
    assert sheet.told.text().endswith("It opened at one.")
    assert not sheet.send.isEnabled()
    sheet.words.setPlainText("It opened at two.")
    press(sheet)
    assert sheet.send.accessibleName() == "Press again to publish to the rehearsal page"
    assert len(desk_workspace.entry(entry_id).corrections) == 1
    sheet.send.click()
    QTest.qWait(SETTLE + 50)
    assert [each.text for each in desk_workspace.entry(entry_id).corrections] == [
        "It opened at one.",
        "It opened at two.",
    ]
    waiting = desk_workspace.operations(states={OperationState.QUEUED})
    assert b"It opened at two." in next(each.payload for each in waiting if each.target_id == entry_id)


def test_another_word_takes_the_arming_back(window: Window, coverage: Coverage) -> None:
    done: list[str] = []
    sheet = CorrectSheet(coverage.headline, (), ZoneInfo("Europe/London"), Environment.REHEARSAL, done.append, window)
    sheet.open()
    sheet.words.setPlainText("One.")
    sheet.send.click()
    sheet.words.setPlainText("One or two.")
    assert not sheet.send.is_armed()
    sheet.reject()
    assert done == []


def test_a_duplicate_is_shown_as_a_draft(
    window: Window, coverage: Coverage, desk_workspace: Workspace, qtbot: QtBot
) -> None:
    window.desk.open_coverage(coverage.id)
    before = window.desk.entry_id
    window.deeds["duplicate_entry"].trigger()
    assert window.desk.entry_id != before
    assert len(desk_workspace.entries(coverage.id)) == 4
    qtbot.waitUntil(lambda: len(window.timeline.rows) == 4)
