from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.history.pane import HistoryPane
from ui.window import Window


@pytest.fixture
def history(qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, coverage: Coverage) -> HistoryPane:
    pane = HistoryPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.attach(desk_workspace, changes)
    pane.show_entry(desk_workspace.timeline(coverage.id, None)[0].id)
    return pane


@pytest.fixture
def entry(desk_workspace: Workspace, coverage: Coverage) -> Entry:
    """The entry shown: three versions, the third of them another headline, and something else on the desk."""
    shown = desk_workspace.entries(coverage.id)[0]
    for headline in ("Bridge open for buses", "Bridge open for all"):
        desk_workspace.save_draft(replace(shown, headline=headline))
        desk_workspace.mark_ready(shown.id)
    desk_workspace.save_draft(replace(shown, headline="Bridge shut again"))
    return desk_workspace.entry(shown.id)


def choose(history: HistoryPane, row: int, beside: str) -> str:
    """Choose a version and what it is compared with, and return the first line shown."""
    history.list.setCurrentRow(row)
    history.beside.setCurrentIndex(
        next(at for at in range(history.beside.count()) if history.beside.itemText(at).startswith(beside))
    )
    return history.words.toPlainText().splitlines()[0]


def test_versions_say_why_they_were_kept_and_what_they_said(history: HistoryPane) -> None:
    assert [history.list.item(row).text()[:15] for row in range(2)] == ["On the desk now", "1  Marked ready"]
    assert history.list.item(1).text().endswith("by Mo Adler")
    assert history.told.text() == "Both versions say the same."
    history.list.setCurrentRow(1)
    assert history.told.text() == "The first version."
    assert "What we know" in history.words.toPlainText()


def test_any_two_versions_are_compared_the_older_one_first(history: HistoryPane, entry: Entry) -> None:
    assert entry.headline == "Bridge shut again"
    history.show_entry(entry.id)
    assert choose(history, 0, "The version before") == "± Changed · Headline  Bridge openshut for allagain"
    assert choose(history, 1, "The version before") == "± Changed · Headline  Bridge open for busesall"
    assert choose(history, 3, "3 ") == "± Changed · Headline  Bridge open againfor all"
    assert choose(history, 1, "1 ") == "± Changed · Headline  Bridge open againfor all"
    assert choose(history, 3, "What is on the desk") == "± Changed · Headline  Bridge openshut again"


def test_what_is_typed_is_compared_as_it_is_saved(
    history: HistoryPane, entry: Entry, desk_workspace: Workspace, qtbot: QtBot
) -> None:
    history.show_entry(entry.id)
    choose(history, 0, "The version before")
    desk_workspace.save_draft(replace(entry, headline="Bridge open for ships"))
    qtbot.waitUntil(lambda: "allships" in history.words.toPlainText())


def test_the_desk_itself_cannot_be_brought_back(history: HistoryPane) -> None:
    assert not history.restore.isEnabled()
    history.list.setCurrentRow(1)
    assert history.restore.isEnabled()


def test_a_version_is_brought_back_as_a_step_that_can_be_undone(
    window: Window, coverage: Coverage, desk_workspace: Workspace, entry: Entry, qtbot: QtBot
) -> None:
    window.desk.open_coverage(coverage.id)
    window.desk.choose_entry(entry.id)
    editor = window.editor.pane
    qtbot.waitUntil(lambda: window.history.list.count() == 4)
    window.history.list.setCurrentRow(3)
    window.history.restore.click()
    assert editor.flush()
    assert desk_workspace.entry(entry.id).headline == "Bridge open again"
    assert desk_workspace.revisions(entry.id)[0].entry.headline == "Bridge shut again"
    editor.manuscript.step(-1)
    assert editor.flush()
    assert desk_workspace.entry(entry.id).headline == "Bridge shut again"


def test_nothing_is_read_while_nobody_looks(
    history: HistoryPane, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, changes: ChangeBridge
) -> None:
    history.hide()
    entry = desk_workspace.entries(coverage.id)[0]
    desk_workspace.save_draft(replace(entry, headline="Another headline"))
    with qtbot.waitSignal(changes.changed):
        desk_workspace.mark_ready(entry.id)
    assert history.list.count() == 2
    history.show()
    assert history.list.count() == 3


def test_no_entry_no_versions(history: HistoryPane) -> None:
    history.show_entry(None)
    assert not history.list.isVisibleTo(history)
