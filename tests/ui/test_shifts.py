from datetime import timedelta

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.confirm import ConfirmSheet
from ui.coverages.handover import HandoverSheet
from ui.coverages.plan import PlanSheet
from ui.shared.label import Label
from ui.window import Window


def test_a_note_is_left_and_shown_at_the_next_opening(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    strip = window.shifts.strip
    window.deeds["hand_over"].trigger()
    sheet = window.findChild(HandoverSheet)
    assert isinstance(sheet, HandoverSheet)
    assert not sheet.deed.isEnabled()
    sheet.note.setPlainText("Ring the harbour office.")
    sheet.deed.click()
    assert not strip.isVisible()
    window.desk.open_coverage(None)
    desk_workspace.save_setting("producer", "Jo Marsh")
    window.desk.open_coverage(coverage.id)
    assert strip.isVisible()
    assert strip.words.text().startswith("Mo Adler handed over ")
    assert strip.words.text().endswith("Ring the harbour office.")
    strip.take.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    (left,) = desk_workspace.coverage(coverage.id).handovers
    assert left.taken_by == "Jo Marsh"
    window.deeds["hand_over"].trigger()
    sheet = window.findChildren(HandoverSheet)[-1]
    assert "Jo Marsh took over" in sheet.history.item(0).text()
    sheet.reject()


def test_a_start_is_planned_and_counted_down_to(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    assert window.status.page.text == "Not started"
    window.deeds["plan_clock"].trigger()
    sheet = window.findChild(PlanSheet)
    assert isinstance(sheet, PlanSheet)
    chosen = sheet.at.moment
    assert timedelta() < chosen - moment.now() <= timedelta(hours=2)
    sheet.at.setDateTime(sheet.at.dateTime().addDays(-1))
    sheet.deed.click()
    assert "time to come" in sheet.trouble.text()
    sheet.at.setDateTime(sheet.at.dateTime().addDays(1))
    sheet.deed.click()
    assert desk_workspace.coverage(coverage.id).planned_for == chosen
    qtbot.waitUntil(lambda: window.status.page.text.startswith("Starts "))
    window.deeds["start_clock"].trigger()
    qtbot.waitUntil(lambda: window.status.page.text.startswith("Live since "))


def test_a_page_is_deleted_only_after_its_counts_were_shown(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    other = desk_workspace.create_coverage("Another page")
    desk_workspace.bin_entry(desk_workspace.timeline(coverage.id, None)[0].id)
    window.deeds["delete_coverage"].trigger()
    sheet = window.findChild(ConfirmSheet)
    assert isinstance(sheet, ConfirmSheet)
    assert sheet.cancel.isDefault()
    said = [label.text() for label in sheet.findChildren(Label)]
    assert any("2 entries, 2 bullets, 1 in the bin" in words for words in said)
    sheet.deed.click()
    qtbot.waitUntil(lambda: window.desk.coverage_id == other.id)
    assert [row.id for row in desk_workspace.coverages()] == [other.id]


def test_a_page_that_still_waits_in_the_outbox_is_not_deleted(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    window.desk.publish_summary()
    window.deeds["delete_coverage"].trigger()
    sheet = window.findChild(ConfirmSheet)
    assert isinstance(sheet, ConfirmSheet)
    sheet.deed.click()
    assert "outbox" in sheet.trouble.text()
    assert [row.id for row in desk_workspace.coverages()] == [coverage.id]
    sheet.reject()


def test_recent_pages_stand_in_the_menu(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    other = desk_workspace.create_coverage("Bread & butter")
    recent = window.shifts.recent
    recent.fill()
    assert [action.text() for action in recent.actions()] == ["Bread && butter", "Storm over the valley"]
    recent.actions()[0].trigger()
    assert window.desk.coverage_id == other.id
