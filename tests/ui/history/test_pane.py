from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.history.pane import HistoryPane


@pytest.fixture
def history(qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, coverage: Coverage) -> HistoryPane:
    pane = HistoryPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.attach(desk_workspace, changes)
    pane.show_entry(desk_workspace.timeline(coverage.id, None)[0].id)
    return pane


def test_versions_say_why_they_were_kept_and_what_they_said(history: HistoryPane) -> None:
    assert history.list.count() == 1
    assert history.list.item(0).text().startswith("1  Marked ready")
    assert history.list.item(0).text().endswith("by Mo Adler")
    assert history.words.toPlainText().startswith("Bridge open again\nWhat we know")


def test_an_older_version_can_be_brought_back(
    history: HistoryPane, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage
) -> None:
    entry = desk_workspace.entries(coverage.id)[0]
    desk_workspace.save_draft(replace(entry, headline="Another headline"))
    desk_workspace.mark_ready(entry.id)
    qtbot.waitUntil(lambda: history.list.count() == 2)
    history.list.setCurrentRow(1)
    with qtbot.waitSignal(history.flush_requested):
        history.restore.click()
    assert desk_workspace.entry(entry.id).headline == "Bridge open again"
    qtbot.waitUntil(lambda: "Brought back" in history.list.item(0).text())


def test_nothing_is_read_while_nobody_looks(
    history: HistoryPane, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, changes: ChangeBridge
) -> None:
    history.hide()
    entry = desk_workspace.entries(coverage.id)[0]
    desk_workspace.save_draft(replace(entry, headline="Another headline"))
    with qtbot.waitSignal(changes.changed):
        desk_workspace.mark_ready(entry.id)
    assert history.list.count() == 1
    history.show()
    assert history.list.count() == 2


def test_no_entry_no_versions(history: HistoryPane) -> None:
    history.show_entry(None)
    assert not history.list.isVisibleTo(history)
