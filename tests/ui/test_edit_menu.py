import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.text import text
from desktop.workspace import Workspace
from ui.editor.prose_edit import ProseEdit
from ui.window import Window


@pytest.fixture
def surface(window: Window, desk_workspace: Workspace, coverage: Coverage, qtbot: QtBot) -> ProseEdit:
    window.desk.open_coverage(coverage.id)
    window.desk.choose_entry(desk_workspace.entries(coverage.id)[0].id)
    found = window.editor.pane.manuscript.canvas.prose(0)
    assert isinstance(found, ProseEdit)
    found.setFocus()
    found.set_caret(0, 0)
    qtbot.waitUntil(found.hasFocus)
    return found


def enabled(window: Window) -> set[str]:
    rows = ("undo", "redo", "cut", "copy", "paste", "paste_plain", "select_all")
    return {row for row in rows if window.deeds[row].isEnabled()}


def test_only_what_can_be_done_where_the_keyboard_is_is_offered(window: Window, surface: ProseEdit) -> None:
    QGuiApplication.clipboard().setText("more")
    window.floor.tabs.tabBar().setFocus()
    assert enabled(window) == set()
    surface.setFocus()
    assert enabled(window) == {"paste", "paste_plain", "select_all"}
    surface.set_caret(0, 4)
    open_edit_menu(window)
    assert enabled(window) == {"paste", "paste_plain", "select_all", "cut", "copy"}


def test_steps_are_named_and_done_from_the_menu(window: Window, surface: ProseEdit) -> None:
    before = window.editor.pane.manuscript.state
    QTest.keyClicks(surface, "Now: ")
    open_edit_menu(window)
    assert window.deeds["undo"].text() == "&Undo typing"
    window.deeds["undo"].trigger()
    assert window.editor.pane.manuscript.state == before
    assert window.deeds["redo"].text() == "&Redo typing"
    assert window.deeds["undo"].text() == "&Undo"
    window.deeds["redo"].trigger()
    assert window.editor.pane.manuscript.state.blocks[0].text[0].text.startswith("Now: ")


def test_the_clipboard_goes_through_the_editor(window: Window, surface: ProseEdit) -> None:
    window.deeds["select_all"].trigger()
    open_edit_menu(window)
    window.deeds["cut"].trigger()
    manuscript = window.editor.pane.manuscript
    assert manuscript.state.blocks == (Paragraph(()),)
    window.deeds["paste"].trigger()
    assert "What we know" in str(manuscript.state.blocks)
    surface.selectAll()
    QGuiApplication.clipboard().setText("plain\nlines")
    window.deeds["paste_plain"].trigger()
    assert manuscript.state.blocks == (Paragraph(text("plain")), Paragraph(text("lines")))


def test_fields_elsewhere_have_steps_of_their_own(window: Window, surface: ProseEdit) -> None:
    field = window.timeline.words
    field.setFocus()
    QTest.keyClicks(field, "road")
    open_edit_menu(window)
    assert "undo" in enabled(window)
    window.deeds["undo"].trigger()
    assert field.text() == ""
    assert surface.document().isEmpty() is False


def test_finding_and_spelling_start_in_the_entry(window: Window, surface: ProseEdit, qtbot: QtBot) -> None:
    pane = window.editor.pane
    QTest.keyClicks(surface, "Brigde ")
    surface.misspellings()
    qtbot.waitUntil(lambda: not pane.spelling.is_judging())
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert surface.textCursor().selectedText() == "Brigde"
    QTest.keyClick(surface, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.find_bar.isVisible()
    assert pane.find_bar.words.text() == "Brigde"


def open_edit_menu(window: Window) -> None:
    """Look as the menu does when it opens."""
    menu = next(each for each in window.menuBar().findChildren(QMenu) if each.title() == "E&dit")
    menu.aboutToShow.emit()
