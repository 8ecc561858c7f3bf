from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import InternalNote, List, Paragraph
from desktop.domain.text import Span, text
from tests.ui.editor.conftest import Desk
from ui.editor.find import find_in
from ui.editor.find_bar import FindBar
from ui.editor.pane import EditorPane
from ui.editor.rows import TEXT, Caret

ROADS = (
    Paragraph((Span("😀 The road, the "), Span("Road", bold=True), Span(" and a train."))),
    List((text("roads"),)),
    InternalNote("Ring the road office"),
)


@pytest.fixture
def bar(pane: EditorPane, desk: Desk, qtbot: QtBot) -> FindBar:
    desk.workspace.save_draft(replace(desk.entry, headline="Roads open", blocks=ROADS))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    qtbot.wait(20)
    pane.manuscript.set_caret(Caret(0, TEXT, 3, 3))
    pane.find_bar.ask()
    QTest.keyClicks(pane.find_bar.words, "road")
    return pane.find_bar


def test_places_are_counted_as_the_surface_counts_them() -> None:
    assert find_in("😀a A", "a", is_exact=False) == ((2, 3), (4, 5))
    assert find_in("😀a A", "A", is_exact=True) == ((4, 5),)
    assert find_in("a.b", ".", is_exact=False) == ((1, 2),)
    assert find_in("abc", "", is_exact=False) == ()


def test_it_finds_as_it_is_typed_and_goes_round(pane: EditorPane, bar: FindBar) -> None:
    assert bar.told.text() == "5 found"
    went = []
    for _ in range(5):
        QTest.keyClick(bar.words, Qt.Key.Key_Return)
        went.append(bar.told.text())
    assert went == ["2 of 5", "3 of 5", "4 of 5", "5 of 5", "1 of 5"]
    QTest.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.told.text() == "5 of 5"
    assert bar.words.hasFocus()
    QTest.mouseClick(bar.exact, Qt.MouseButton.LeftButton)
    assert bar.told.text() == "3 of 3"
    bar.words.setText("")
    QTest.keyClicks(bar.words, "zeppelin")
    assert bar.told.text() == "Not found"
    assert not bar.all.isEnabled()
    surface = pane.manuscript.canvas.prose(0)
    assert surface is not None
    assert surface.found == ()


def test_esc_gives_the_keyboard_back_to_where_it_was_or_to_what_was_gone_to(pane: EditorPane, bar: FindBar) -> None:
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert pane.manuscript.caret() == Caret(0, TEXT, 3, 3)
    bar.ask()
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert pane.manuscript.caret() == Caret(0, TEXT, 7, 11)
    assert all(surface.found == () for surface in pane.manuscript.surfaces())


def test_one_is_replaced_as_it_looks_and_the_next_is_selected(pane: EditorPane, bar: FindBar) -> None:
    for _ in range(2):
        QTest.keyClick(bar.words, Qt.Key.Key_Return)
    bar.others.setText("bridge")
    bar.others.setFocus()
    QTest.keyClick(bar.others, Qt.Key.Key_Return)
    assert pane.manuscript.state.blocks[0] == Paragraph(
        (Span("😀 The road, the "), Span("bridge", bold=True), Span(" and a train."))
    )
    assert bar.told.text() == "3 of 4"


def test_all_are_replaced_as_one_step(pane: EditorPane, bar: FindBar) -> None:
    before = pane.manuscript.state
    bar.others.setText("bridge")
    bar.all.click()
    assert bar.told.text() == "5 replaced"
    assert pane.manuscript.state.headline == "bridges open"
    assert pane.manuscript.state.blocks == (
        Paragraph((Span("😀 The bridge, the "), Span("bridge", bold=True), Span(" and a train."))),
        List((text("bridges"),)),
        InternalNote("Ring the bridge office"),
        *before.blocks[3:],
    )
    assert pane.manuscript.undo_text() == "Replace all"
    pane.manuscript.step(-1)
    assert pane.manuscript.state == before
    pane.manuscript.step(1)
    assert pane.manuscript.state.headline == "bridges open"


def test_what_is_typed_meanwhile_is_found_too(pane: EditorPane, bar: FindBar) -> None:
    surface = pane.manuscript.canvas.prose(0)
    assert surface is not None
    pane.manuscript.set_caret(Caret(0, TEXT, 3, 3))
    QTest.keyClicks(surface, "road ")
    assert bar.told.text() == "6 found"
