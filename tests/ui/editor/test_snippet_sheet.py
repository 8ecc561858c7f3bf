from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.domain.blocks import List, Paragraph
from desktop.domain.text import Span, text
from desktop.snippets import Snippet
from tests.ui.editor.conftest import Desk
from ui.editor.pane import EditorPane
from ui.editor.rows import TEXT, Caret
from ui.editor.snippet_sheet import SnippetSheet

KEPT = Snippet("Numbers", (Paragraph(text("Call us")), List((text("one"), text("two")))))


@pytest.fixture
def sheet(pane: EditorPane, desk: Desk, qtbot: QtBot) -> Iterator[SnippetSheet]:
    said = (Paragraph((Span("Ask "), Span("the desk", bold=True), Span(" now"))),)
    desk.workspace.save_draft(replace(desk.entry, headline="Roads", blocks=said))
    desk.workspace.save_snippets((KEPT,))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    qtbot.wait(20)
    pane.manuscript.set_caret(Caret(0, TEXT, 4, 12))
    pane.show_snippets()
    made = pane.findChild(SnippetSheet)
    assert made is not None
    yield made
    if isValid(made):
        made.close()


def names(sheet: SnippetSheet) -> list[str]:
    return [sheet.list.item(row).text() for row in range(sheet.list.count())]


def test_what_is_selected_is_kept_as_it_looks(sheet: SnippetSheet, desk: Desk) -> None:
    assert not sheet.keep.isEnabled()
    QTest.keyClicks(sheet.name, "Us")
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    assert names(sheet) == ["Numbers", "Us"]
    assert Snippet("Us", (Paragraph((Span("the desk", bold=True),)),)) in desk.workspace.snippets()
    QTest.keyClicks(sheet.name, "numbers")
    sheet.keep.click()
    assert "already" in sheet.trouble.text()
    assert len(desk.workspace.snippets()) == 2


def test_one_is_put_in_place_of_the_selection_as_one_step(pane: EditorPane, sheet: SnippetSheet) -> None:
    before = pane.manuscript.state
    sheet.insert.click()
    assert [type(block) for block in pane.manuscript.state.blocks][:2] == [Paragraph, List]
    assert pane.manuscript.state.blocks[0] == Paragraph(text("Ask Call us"))
    assert pane.manuscript.undo_text() == "Insert snippet"
    pane.manuscript.step(-1)
    assert pane.manuscript.state == before


def test_renamed_and_deleted(sheet: SnippetSheet, desk: Desk) -> None:
    sheet.list.item(0).setText("Ferries")
    assert [each.name for each in desk.workspace.snippets()] == ["Ferries"]
    sheet.delete.click()
    assert desk.workspace.snippets() == ()
    assert sheet.none.isVisible()
    assert not sheet.insert.isEnabled()


def test_the_slash_offers_snippets_by_name(pane: EditorPane, sheet: SnippetSheet, qtbot: QtBot) -> None:
    sheet.close()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.manuscript.set_caret(Caret(0, TEXT, 16, 16))
    surface = pane.manuscript.canvas.prose(0)
    assert surface is not None
    QTest.keyClick(surface, Qt.Key.Key_Return)
    QTest.keyClicks(surface, "/numbers")
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert pane.manuscript.state.blocks[1:3] == KEPT.blocks
