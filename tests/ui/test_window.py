import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.workspace import Workspace
from ui import theme
from ui.coverages.start import StartSheet
from ui.shared.sheet import Sheet
from ui.window import Window


def sheet(window: Window) -> Sheet:
    (found,) = [each for each in window.findChildren(Sheet) if each.isVisible()]
    return found


def test_without_a_page_the_window_says_what_to_press(window: Window) -> None:
    assert window.floor.currentWidget() is window.welcome
    assert all(card.button.isEnabled() for card in window.welcome.cards)
    assert not window.deeds["new_entry"].isEnabled()
    assert window.windowTitle() == "REHEARSAL · 127.0.0.1:9 — Newsroom Console"


def test_a_page_started_in_the_sheet_is_shown(window: Window, qtbot: QtBot) -> None:
    window.deeds["new_coverage"].trigger()
    form = sheet(window)
    assert isinstance(form, StartSheet)
    QTest.keyClicks(form.headline, "Storm over the valley")
    form.deed.click()
    qtbot.waitUntil(lambda: window.floor.currentWidget() is window.floor.split)
    assert "Storm over the valley" in window.windowTitle()
    assert window.deeds["new_entry"].isEnabled()
    assert not window.deeds["mark_ready"].isEnabled()
    qtbot.waitUntil(lambda: not window.findChildren(Sheet))


def test_choosing_an_entry_shows_it_in_every_pane(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: len(window.timeline.rows) == 3)
    newest, second, _ = desk_workspace.timeline(coverage.id, None)
    assert window.desk.entry_id == window.timeline.view.chosen == newest.id
    assert window.timeline.view.hasFocus()
    QTest.keyClick(window.timeline.view, Qt.Key.Key_J)
    assert window.desk.entry_id == second.id
    assert window.history.list.count() == 2
    assert window.editor.pane.entry_id() == second.id
    assert window.deeds["mark_ready"].isEnabled()
    assert not window.deeds["withdraw"].isEnabled()


def test_queued_items_are_counted_and_asked_about_on_leaving(window: Window, qtbot: QtBot, coverage: Coverage) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage is not None)
    assert window.desk.coverage_id == coverage.id
    window.desk.publish_summary()
    qtbot.waitUntil(lambda: "waiting" in window.status.outbox.accessibleName())
    asked: list[bool] = []
    window.close_requested.connect(lambda: asked.append(True))
    window.close()
    assert window.isVisible()
    question = sheet(window)
    assert question.cancel.isDefault()
    question.cancel.click()
    assert asked == []
    window.close()
    sheet(window).deed.click()
    assert asked == [True]
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(Sheet))


def test_going_on_air_is_asked_and_turns_the_bar_red(
    window: Window, qtbot: QtBot, coverage: Coverage, production_place: Endpoint
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    qtbot.waitUntil(lambda: len(window.air_bar.switch.menu().actions()) == 2)
    window.sheets.choose_endpoint(production_place.id)
    assert not window.desk.is_on_air
    sheet(window).deed.click()
    assert window.desk.is_on_air
    assert window.windowTitle().startswith("ON AIR · 127.0.0.1:9 — Storm")
    assert window.air_bar.air.is_on_air
    qtbot.waitUntil(lambda: not window.findChildren(Sheet))


def test_in_the_outbox_is_said_no_longer_than_it_is_so(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    window.desk.publish_entry()
    assert window.status.whisper.text() == "In the outbox."
    qtbot.waitUntil(lambda: "waiting" in window.status.outbox.accessibleName())
    assert window.status.whisper.text() == "In the outbox."
    for operation in desk_workspace.operations():
        desk_workspace.discard(operation.id)
    qtbot.waitUntil(lambda: window.status.whisper.text() == "")


def test_f6_goes_round_the_panes_and_back(window: Window, qtbot: QtBot, coverage: Coverage) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id and len(window.timeline.rows) == 3)
    window.timeline.choose(window.timeline.rows[0].id)
    window.desk.choose_entry(window.timeline.rows[0].id)
    window.timeline.view.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert len(set(seen)) == 5
    assert seen[-1] is window.timeline.view
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is window.palette_field


def test_the_arrangement_is_kept_and_taken_up_again(window: Window, qtbot: QtBot, coverage: Coverage) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    window.resize(900, 700)
    window.floor.left.setSizes([300, 250])
    kept, wanted = window.arrangement(), window.floor.left.sizes()
    window.floor.left.setSizes([250, 300])
    assert window.floor.left.sizes() != wanted
    window.arrange(*kept)
    assert window.floor.left.sizes() == wanted


def test_larger_text_and_other_colours_reach_everything(
    window: Window, qtbot: QtBot, coverage: Coverage, qapp: QApplication
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    before = window.summary.count.font().pointSizeF()
    theme.apply(qapp, theme.Scheme.DARK, 1.5)
    window.dress()
    assert window.summary.count.font().pointSizeF() == pytest.approx(before * 1.5)
    assert window.grab().toImage().pixelColor(600, window.height() - 4).name() == theme.tokens().window
