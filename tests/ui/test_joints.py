from dataclasses import replace

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.workspace import Workspace
from ui.preview.pane import PreviewPane
from ui.window import Window


def test_the_buttons_queue_while_an_endpoint_does_not_answer(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace, rehearsal_place: Endpoint
) -> None:
    qtbot.waitUntil(lambda: window.desk.entry_id is not None)
    assert window.summary.publish.accessibleName() == "Publish summary to rehearsal"
    (first, *_) = desk_workspace.publish_summary(coverage.id, rehearsal_place.id)
    with desk_workspace.store.write() as writing:
        writing.set_operation(replace(first, reason="Nobody answers there."))
    desk_workspace.tell(Change(ChangeKind.OUTBOX, coverage.id))
    qtbot.waitUntil(lambda: window.summary.publish.accessibleName() == "Queue summary for rehearsal")
    assert "Queue for rehearsal page" in window.editor.pane.footer.publish.accessibleName()
    with desk_workspace.store.write() as writing:
        writing.set_operation(first)
    desk_workspace.tell(Change(ChangeKind.OUTBOX, coverage.id))
    qtbot.waitUntil(lambda: window.summary.publish.accessibleName() == "Publish summary to rehearsal")


def test_the_preview_bears_the_rehearsal_mark_but_on_air(
    window: Window, qtbot: QtBot, coverage: Coverage, production_place: Endpoint, rehearsal_place: Endpoint
) -> None:
    qtbot.waitUntil(lambda: window.desk.coverage_id == coverage.id)
    window.desk.choose_endpoint(production_place, on_air=True)
    pane = PreviewPane(window)
    window.preview.pane = pane
    window.preview.made.emit(pane)
    assert pane.mark == ""
    window.desk.choose_endpoint(rehearsal_place)
    assert pane.mark == "rehearsal"
    window.desk.choose_endpoint(production_place)
    assert pane.mark == "rehearsal"


def test_marked_words_become_a_bullet(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: window.desk.entry_id is not None)
    headline = desk_workspace.entry(window.desk.entry_id).headline if window.desk.entry_id else ""
    window.deeds["point_from_entry"].trigger()
    assert window.summary.points[-1].text == headline
    prose = window.editor.pane.manuscript.canvas.prose(0)
    prose.setFocus()
    prose.moveCursor(QTextCursor.MoveOperation.Start)
    prose.moveCursor(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    window.deeds["point_from_entry"].trigger()
    point = desk_workspace.coverage(coverage.id).summary[-1]
    assert (point.text, point.rests_on) == ("What", (window.desk.entry_id,))
