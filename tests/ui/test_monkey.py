"""A monkey at the whole window: whatever it does, every pane shows what is stored, and all of it can be undone."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Embed, Heading, InternalNote, Paragraph
from desktop.domain.coverage import SummaryPoint
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.domain.timeline import TimelineRow
from desktop.workspace import Workspace
from ui.coverages.bin import BinSheet
from ui.editor.manuscript import Manuscript
from ui.editor.rows import TEXT, Caret
from ui.editor.state import entry_of
from ui.shared.sheet import Sheet
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("OpenType support missing")

FIRST = (Paragraph(text("Both banks are open.")), InternalNote("Call back"), Heading(text("Roads")))
PASTED = {
    "page": '<h2>New</h2><ul><li>a</li><li>b</li></ul><p>c <b>d</b> <a href="https://a.example/?gclid=1">e</a></p>',
    "words": "one\ntwo",
    "post": "https://x.com/EnvAgency/status/20",
}
KEYS = {
    "enter": Qt.Key.Key_Return,
    "back": Qt.Key.Key_Backspace,
    "delete": Qt.Key.Key_Delete,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "escape": Qt.Key.Key_Escape,
}
ALT = Qt.KeyboardModifier.AltModifier


class Monkey(RuleBasedStateMachine):
    """One window, a page of its own for every run; the deeds are the actions, keys and buttons a producer has."""

    window: Window
    workspace: Workspace
    qtbot: QtBot
    coverage_id: UUID
    has_begun = False

    @initialize()
    def begin(self) -> None:
        coverage = self.workspace.create_coverage("Floods")
        for headline in ("Bridge", "Ferry"):
            entry = self.workspace.new_entry(coverage.id)
            self.workspace.save_draft(replace(entry, headline=headline, blocks=FIRST))
        points = tuple(SummaryPoint(new_id(), said) for said in ("Bridge open", "No ferry", "Rain"))
        self.workspace.save_summary(coverage.id, points)
        self.coverage_id = coverage.id
        self.window.desk.open_coverage(coverage.id)
        self.settle()
        self.has_begun = True

    # The timeline

    @rule(at=st.integers(0, 9))
    def go_to_another_entry(self, at: int) -> None:
        rows = self.window.timeline.rows
        if rows:
            self.window.timeline.view.entry_chosen.emit(rows[at % len(rows)].id)

    @rule(name=st.sampled_from(["new_entry", "duplicate_entry", "toggle_pin", "toggle_key_moment", "mark_ready"]))
    def do_to_the_entry(self, name: str) -> None:
        if len(self.window.timeline.rows) < 8 or name not in {"new_entry", "duplicate_entry"}:
            self.window.deeds[name].trigger()

    @rule()
    def bin_the_entry(self) -> None:
        self.window.deeds["bin_entry"].trigger()

    @rule()
    def bring_an_entry_back(self) -> None:
        self.window.deeds["restore_entry"].trigger()
        (sheet,) = (each for each in self.window.findChildren(Sheet) if each.isVisible())
        assert isinstance(sheet, BinSheet)
        (sheet.deed if sheet.deed.isEnabled() else sheet.cancel).click()
        self.qtbot.waitUntil(lambda: not self.window.findChildren(Sheet))

    # The editor

    @property
    def manuscript(self) -> Manuscript:
        found: Manuscript = self.window.editor.pane.manuscript
        return found

    def has_entry(self) -> bool:
        return self.window.desk.entry_id is not None

    def stand(self, where: int, position: int) -> QWidget:
        """Put the caret somewhere and return what has the keyboard."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        manuscript = self.manuscript
        manuscript.set_caret(Caret(where % max(len(manuscript.canvas.parts()), 1), TEXT, position, position))
        held = QApplication.focusWidget()
        assert isinstance(held, QWidget)
        return held

    PLACE = (st.integers(0, 4), st.integers(0, 30))

    @precondition(has_entry)
    @rule(where=PLACE[0], position=PLACE[1], typed=st.sampled_from(["x y", "/q", "## ", "- ", "> ", "a+b"]))
    def type_words(self, where: int, position: int, typed: str) -> None:
        QTest.keyClicks(self.stand(where, position), typed)

    @precondition(has_entry)
    @rule(typed=st.sampled_from(["Rain", " again", "#"]))
    def type_into_the_headline(self, typed: str) -> None:
        self.manuscript.heading.headline.setFocus()
        QTest.keyClicks(self.manuscript.heading.headline, typed)

    @precondition(has_entry)
    @rule(where=PLACE[0], position=PLACE[1], key=st.sampled_from(sorted(KEYS)))
    def press_a_key(self, where: int, position: int, key: str) -> None:
        QTest.keyClick(self.stand(where, position), KEYS[key])

    @precondition(has_entry)
    @rule(where=PLACE[0], position=PLACE[1], what=st.sampled_from(sorted(PASTED)))
    def paste(self, where: int, position: int, what: str) -> None:
        self.stand(where, position)
        data = QMimeData()
        data.setText("one\ntwo" if what == "page" else PASTED[what])
        if what == "page":
            data.setHtml(PASTED[what])
        QApplication.clipboard().setMimeData(data)
        self.window.deeds["paste"].trigger()

    @precondition(has_entry)
    @rule(where=PLACE[0], position=PLACE[1], key=st.sampled_from([Qt.Key.Key_Up, Qt.Key.Key_Down]))
    def move_a_block(self, where: int, position: int, key: Qt.Key) -> None:
        QTest.keyClick(self.stand(where, position), key, ALT)

    @precondition(has_entry)
    @rule(where=PLACE[0], position=PLACE[1])
    def insert_a_card(self, where: int, position: int) -> None:
        self.stand(where, position)
        self.manuscript.insert(Embed())

    @precondition(has_entry)
    @rule(name=st.sampled_from(["undo", "redo"]), times=st.integers(1, 3))
    def step(self, name: str, times: int) -> None:
        for _ in range(times):
            self.manuscript.step(-1 if name == "undo" else 1)

    # The summary

    @rule(at=st.integers(0, 9), key=st.sampled_from([Qt.Key.Key_Up, Qt.Key.Key_Down]))
    def move_a_bullet(self, at: int, key: Qt.Key) -> None:
        summary = self.window.summary
        summary.list.setFocus()
        summary.list.setCurrentRow(at % max(summary.list.count(), 1))
        QTest.keyClick(summary.list, key, ALT)

    @precondition(has_entry)
    @rule(at=st.integers(0, 9))
    def bind_a_bullet(self, at: int) -> None:
        self.window.summary.list.setCurrentRow(at % max(self.window.summary.list.count(), 1))
        self.window.deeds["bind_point"].trigger()

    @rule(button=st.sampled_from(["delete", "undo"]))
    def press_below_the_bullets(self, button: str) -> None:
        pressed: QPushButton = getattr(self.window.summary, button)
        if pressed.isEnabled():
            pressed.click()

    # What must hold whatever happened

    def settle(self) -> None:
        window = self.window
        self.qtbot.waitUntil(
            lambda: tuple(row.id for row in window.timeline.rows) == tuple(row.id for row in self.stored_rows())
        )
        self.qtbot.waitUntil(lambda: window.editor.pane.entry_id() == window.desk.entry_id)

    def stored_rows(self) -> tuple[TimelineRow, ...]:
        return tuple(self.workspace.timeline(self.coverage_id, self.window.desk.endpoint_id))

    @invariant()
    def every_pane_shows_what_is_stored(self) -> None:
        window = self.window
        window.desk.flush_requested.emit()
        self.qtbot.waitUntil(lambda: tuple(window.timeline.rows) == self.stored_rows())
        coverage = self.workspace.coverage(self.coverage_id)
        self.qtbot.waitUntil(lambda: window.summary.points == coverage.summary)
        assert [window.summary.list.item(at).text() for at in range(window.summary.list.count())] == [
            point.text for point in coverage.summary
        ]
        assert window.editor.pane.entry_id() == window.desk.entry_id
        if window.desk.entry_id is None:
            return
        state, stored = self.manuscript.state, self.workspace.entry(window.desk.entry_id)
        assert self.manuscript.canvas.blocks() == state.blocks
        assert self.manuscript.heading.headline.plain() == state.headline
        assert stored == entry_of(stored, state)

    def teardown(self) -> None:
        """Undo the open entry to its beginning, step by step, and do it all again."""
        if not (self.has_begun and self.has_entry()):
            return
        manuscript = self.manuscript
        states = [manuscript.state]
        while manuscript.undo_text():
            manuscript.step(-1)
            assert manuscript.canvas.blocks() == manuscript.state.blocks
            states.append(manuscript.state)
        for expected in reversed(states[:-1]):
            manuscript.step(1)
            assert manuscript.canvas.blocks() == manuscript.state.blocks
            assert manuscript.state == expected
        self.every_pane_shows_what_is_stored()


def test_whatever_a_monkey_does_every_pane_shows_what_is_stored(
    window: Window, desk_workspace: Workspace, qtbot: QtBot
) -> None:
    class Here(Monkey):
        pass

    Here.window, Here.workspace, Here.qtbot = window, desk_workspace, qtbot
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    QApplication.clipboard().clear()
