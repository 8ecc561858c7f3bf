from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Heading, InternalNote, Paragraph
from desktop.domain.text import text
from tests.ui.editor.conftest import Desk
from ui.editor.pane import EditorPane
from ui.editor.prose_edit import ProseEdit
from ui.editor.rows import TEXT, Caret
from ui.editor.slash import SlashList


@pytest.fixture
def surface(pane: EditorPane, desk: Desk, qtbot: QtBot) -> ProseEdit:
    desk.workspace.save_draft(replace(desk.entry, headline="Roads", blocks=(Paragraph(text("One")),)))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    qtbot.wait(20)
    pane.manuscript.set_caret(Caret(0, TEXT, 3, 3))
    found = pane.manuscript.canvas.prose(0)
    assert found is not None
    QTest.keyClick(found, Qt.Key.Key_Return)
    return found


@pytest.fixture
def slash(pane: EditorPane) -> SlashList:
    return pane.slash


def names(slash: SlashList) -> list[str]:
    return [slash.list.item(row).text() for row in range(slash.list.count())]


def test_a_slash_in_an_empty_line_lists_what_can_be_put_in(surface: ProseEdit, slash: SlashList) -> None:
    QTest.keyClicks(surface, "/")
    assert slash.isVisible()
    assert surface.hasFocus()
    assert names(slash)[:5] == ["Heading", "Bulleted list", "Numbered list", "Quote", "Picture"]
    assert {"Gallery", "Video", "Embed", "Internal note"} <= set(names(slash))


def test_a_slash_anywhere_else_is_a_slash(surface: ProseEdit, slash: SlashList) -> None:
    QTest.keyClicks(surface, "and/or")
    assert not slash.isVisible()


def test_typing_on_finds_and_enter_puts_in_as_one_step(pane: EditorPane, surface: ProseEdit, slash: SlashList) -> None:
    QTest.keyClicks(surface, "/int")
    assert names(slash) == ["Internal note"]
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert not slash.isVisible()
    assert pane.manuscript.state.blocks[:2] == (Paragraph(text("One")), InternalNote(""))
    assert pane.manuscript.caret() == Caret(1, "text", 0, 0)
    pane.manuscript.step(-1)
    assert pane.manuscript.state.blocks == (Paragraph(text("One")), Paragraph(text("/int")))


def test_arrows_choose_a_kind_for_the_line(pane: EditorPane, surface: ProseEdit, slash: SlashList) -> None:
    QTest.keyClicks(surface, "/")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab):
        QTest.keyClick(surface, key)
    assert not slash.isVisible()
    assert pane.manuscript.state.blocks == (Paragraph(text("One")), Heading(()))
    assert pane.manuscript.undo_text() == "Make heading"
    QTest.keyClicks(surface, "Two")
    assert pane.manuscript.state.blocks[1] == Heading(text("Two"))


def test_esc_leaves_the_slash_and_the_list_stays_away(pane: EditorPane, surface: ProseEdit, slash: SlashList) -> None:
    QTest.keyClicks(surface, "/q")
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert not slash.isVisible()
    QTest.keyClicks(surface, "u")
    assert not slash.isVisible()
    assert pane.manuscript.state.blocks[1] == Paragraph(text("/qu"))


@pytest.mark.parametrize("leaving", [Qt.Key.Key_Home, Qt.Key.Key_Backspace, Qt.Key.Key_X])
def test_it_closes_when_nothing_fits_or_the_caret_leaves(surface: ProseEdit, slash: SlashList, leaving: Qt.Key) -> None:
    QTest.keyClicks(surface, "/")
    QTest.keyClick(surface, leaving)
    if leaving == Qt.Key.Key_X:
        QTest.keyClicks(surface, "xx")
    assert not slash.isVisible()
    assert surface.companion is None
