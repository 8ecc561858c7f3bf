from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Block, Embed, InternalNote, Paragraph
from desktop.domain.text import Span, text
from tests.ui.editor.conftest import Desk
from ui.editor.pane import EditorPane
from ui.editor.rows import TEXT, Caret
from ui.editor.text_edit import TextEdit


def show(pane: EditorPane, desk: Desk, qtbot: QtBot, *blocks: Block, headline: str = "Bridge open") -> TextEdit:
    desk.workspace.save_draft(replace(desk.entry, headline=headline, blocks=blocks))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    surface = pane.manuscript.canvas.prose(0)
    assert surface is not None
    judge(pane, qtbot)
    return surface


def judge(pane: EditorPane, qtbot: QtBot) -> None:
    """Wait until every word in sight is judged."""
    for surface in pane.manuscript.surfaces():
        surface.misspellings()
    qtbot.waitUntil(lambda: not pane.spelling.is_judging())


def marked(surface: TextEdit) -> list[str]:
    return [surface.said(*mark) for mark in surface.misspellings()]


def menu_at(surface: TextEdit, position: int) -> QMenu:
    surface.set_caret(position, position)
    reason = QContextMenuEvent.Reason.Keyboard
    return surface.menu_at(QContextMenuEvent(reason, QPoint(1, 1), surface.mapToGlobal(QPoint(1, 1))))


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible()]


def wave(surface: TextEdit) -> int:
    """Count the pixels that are as red as the wave."""
    drawn = surface.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = (drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height()))
    return sum(colour.red() - colour.green() > 60 for colour in colours)


def test_misspelt_words_are_underlined_and_nothing_of_it_enters_the_entry(
    pane: EditorPane, desk: Desk, qtbot: QtBot
) -> None:
    said = (Paragraph((Span("😀 The "), Span("brigde", bold=True), Span(" is open.\nTrafic too."))),)
    surface = show(pane, desk, qtbot, *said)
    assert marked(surface) == ["brigde", "Trafic"]
    qtbot.waitUntil(lambda: wave(surface) > 10)
    assert pane.manuscript.state.blocks == said
    assert "brigde" not in marked(pane.manuscript.heading.headline)
    desk.workspace.save_spelling("off")
    qtbot.waitUntil(lambda: not surface.misspellings())
    assert not wave(surface)


def test_a_word_is_not_marked_while_it_is_typed(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    surface = show(pane, desk, qtbot, Paragraph(text("The")))
    pane.manuscript.set_caret(Caret(0, TEXT, 3, 3))
    QTest.keyClicks(surface, " brigde")
    judge(pane, qtbot)
    assert marked(surface) == ["brigde"]
    assert not wave(surface)
    QTest.keyClicks(surface, " ")
    qtbot.waitUntil(lambda: wave(surface) > 10)


def test_the_menu_of_a_word_offers_other_spellings_and_one_of_them_is_a_step(
    pane: EditorPane, desk: Desk, qtbot: QtBot
) -> None:
    surface = show(pane, desk, qtbot, Paragraph((Span("The "), Span("brigde", bold=True))))
    menu = menu_at(surface, 6)
    assert texts(menu)[:3] == [
        "Looking for other spellings…",
        "Add “brigde” to this page’s names",
        "Ignore “brigde”",
    ]
    qtbot.waitUntil(lambda: "bridge" in texts(menu))
    assert "Looking for other spellings…" not in texts(menu)
    next(action for action in menu.actions() if action.text() == "bridge").trigger()
    assert pane.manuscript.state.blocks == (Paragraph((Span("The "), Span("bridge", bold=True))),)
    assert pane.manuscript.undo_text() == "Correct spelling"
    pane.manuscript.step(-1)
    assert marked(surface) == ["brigde"]
    menu.close()


def test_a_name_is_kept_with_the_page_and_another_word_can_be_let_be(
    pane: EditorPane, desk: Desk, qtbot: QtBot
) -> None:
    surface = show(pane, desk, qtbot, Paragraph(text("Qenvarra and Orbelin")))
    menu = menu_at(surface, 3)
    next(action for action in menu.actions() if action.text().startswith("Add")).trigger()
    menu.close()
    assert desk.workspace.names(desk.coverage.id) == {"Qenvarra"}
    assert marked(surface) == ["Orbelin"]
    menu = menu_at(surface, 15)
    next(action for action in menu.actions() if action.text().startswith("Ignore")).trigger()
    menu.close()
    assert marked(surface) == []


def test_the_next_misspelling_is_selected_through_headline_text_and_notes(
    pane: EditorPane, desk: Desk, qtbot: QtBot
) -> None:
    note, post = InternalNote("Call agian"), Embed(quoted="Teh post")
    show(pane, desk, qtbot, Paragraph(text("The brigde")), post, note, headline="Ferys")
    found = []
    for _ in range(4):
        assert pane.manuscript.next_misspelling()
        surface = pane.manuscript.focused_surface()
        assert surface is not None
        found.append(surface.textCursor().selectedText())
    assert found == ["Ferys", "brigde", "agian", "Ferys"]
