"""A monkey at the editor: whatever it does, what is shown, what is meant and what is stored are the same."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.blocks import Embed, Heading, InternalNote, Paragraph
from desktop.domain.text import text
from tests.ui.editor.conftest import Desk
from ui.editor.pane import EditorPane
from ui.editor.rows import TEXT, Caret
from ui.editor.state import entry_of

pytestmark = pytest.mark.qt_log_ignore("OpenType support missing")

FIRST = (Paragraph(text("Both banks are open.")), InternalNote("Call back"), Heading(text("Roads")))
PAGE = '<h2>New</h2><ul><li>a</li><li>b</li></ul><p>c <b>d</b> <a href="https://a.example/?gclid=1">e</a></p>'
PRESSED = {
    "enter": Qt.Key.Key_Return,
    "back": Qt.Key.Key_Backspace,
    "delete": Qt.Key.Key_Delete,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "escape": Qt.Key.Key_Escape,
}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [*PRESSED, "type", "slash", "rule", "page", "plain", "raise", "lower", "undo", "redo", "insert", "replace"]
        ),
        st.integers(0, 4),
        st.integers(0, 30),
    ),
    max_size=12,
)


def act(pane: EditorPane, deed: str, where: int, position: int) -> None:
    manuscript = pane.manuscript
    manuscript.set_caret(Caret(where % len(manuscript.canvas.parts()), TEXT, position, position))
    held = QApplication.focusWidget()
    assert isinstance(held, QWidget)
    surface = manuscript.canvas.focused_prose()
    match deed:
        case "type":
            QTest.keyClicks(held, "x y")
        case "slash":
            QTest.keyClicks(held, "/q")
        case "rule":
            QTest.keyClicks(held, "## ")
        case "page" | "plain" if surface is not None:
            data = QMimeData()
            data.setText("one\ntwo")
            if deed == "page":
                data.setHtml(PAGE)
            surface.insertFromMimeData(data)
        case "raise" | "lower":
            manuscript.move_block(-1 if deed == "raise" else 1)
        case "undo" | "redo":
            manuscript.step(-1 if deed == "undo" else 1)
        case "insert":
            manuscript.insert(Embed())
        case "replace":
            pane.find_bar.ask()
            pane.find_bar.words.setText("x")
            pane.find_bar.others.setText("zz")
            QTest.keyClick(pane.find_bar.words, Qt.Key.Key_Return)
            pane.find_bar.all.click()
            pane.find_bar.leave()
        case _ if deed in PRESSED:
            QTest.keyClick(held, PRESSED[deed])
        case _:
            pass


def assert_same(pane: EditorPane) -> None:
    state = pane.manuscript.state
    assert pane.manuscript.canvas.blocks() == state.blocks
    assert pane.manuscript.heading.headline.plain() == state.headline


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ACTS)
def test_what_is_shown_meant_and_stored_is_the_same(
    pane: EditorPane, desk: Desk, acts: list[tuple[str, int, int]]
) -> None:
    pane.show_entry(None, None)
    desk.workspace.save_draft(replace(desk.workspace.entry(desk.entry.id), headline="Bridge", blocks=FIRST))
    pane.show_entry(desk.entry.id, desk.rehearsal.id)
    first = pane.manuscript.state
    for deed, where, position in acts:
        act(pane, deed, where, position)
        assert_same(pane)
    last = pane.manuscript.state
    assert pane.flush()
    stored = desk.workspace.entry(desk.entry.id)
    assert stored.blocks == entry_of(stored, last).blocks
    while pane.manuscript.undo_text():
        pane.manuscript.step(-1)
        assert_same(pane)
    assert pane.manuscript.state == first
