from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.actions import Actions, Needs
from ui.changes import ChangeBridge
from ui.summary.pane import SummaryPane
from ui.tasks import Tasks


@pytest.fixture
def summary(
    qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, coverage: Coverage, tasks: Tasks
) -> SummaryPane:
    actions = Actions()
    actions.enable(set(Needs))
    pane = SummaryPane(actions)
    actions.setParent(pane)
    qtbot.addWidget(pane)
    pane.resize(320, 300)
    pane.show()
    pane.attach(desk_workspace, changes, tasks)
    pane.show_coverage(coverage)
    return pane


def kept(workspace: Workspace) -> list[str]:
    return [point.text for point in workspace.coverage(workspace.coverages()[0].id).summary]


def newest(workspace: Workspace) -> UUID:
    return workspace.timeline(workspace.coverages()[0].id, None)[0].id


def field(pane: SummaryPane) -> QLineEdit:
    found = pane.list.viewport().findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_bullets_are_counted(summary: SummaryPane) -> None:
    assert summary.count.text() == "2 of 5"


def test_a_new_bullet_is_written_in_place_and_kept(
    summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    summary.show_entry(newest(desk_workspace))
    summary.add.click()
    QTest.keyClicks(field(summary), "Schools stay closed")
    QTest.keyClick(field(summary), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(desk_workspace) == ["The bridge is open", "No ferry", "Schools stay closed"])
    assert summary.points[2].rests_on == (newest(desk_workspace),)


def test_an_empty_bullet_is_not_kept(summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    summary.add.click()
    QTest.keyClick(field(summary), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: summary.list.count() == 2)
    assert kept(desk_workspace) == ["The bridge is open", "No ferry"]


def test_a_bullet_given_up_leaves_no_row(summary: SummaryPane, qtbot: QtBot) -> None:
    summary.add.click()
    QTest.keyClicks(field(summary), "Half a tho")
    QTest.keyClick(field(summary), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: summary.list.count() == 2)


def test_bullets_are_edited_ordered_and_deleted_by_keyboard(
    summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    summary.list.setFocus()
    summary.list.setCurrentRow(0)
    QTest.keyClick(summary.list, Qt.Key.Key_F2)
    field(summary).selectAll()
    QTest.keyClicks(field(summary), "Open at last")
    QTest.keyClick(field(summary), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(desk_workspace) == ["Open at last", "No ferry"])
    QTest.keyClick(summary.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert kept(desk_workspace) == ["No ferry", "Open at last"]
    assert summary.list.currentRow() == 1
    QTest.keyClick(summary.list, Qt.Key.Key_Delete)
    assert kept(desk_workspace) == ["No ferry"]
    summary.undo.click()
    assert kept(desk_workspace) == ["No ferry", "Open at last"]


def test_a_bullet_is_bound_to_the_selected_entry_and_loosed(summary: SummaryPane, desk_workspace: Workspace) -> None:
    summary.show_entry(newest(desk_workspace))
    summary.list.setCurrentRow(1)
    summary.bind.click()
    assert summary.points[1].rests_on == (newest(desk_workspace),)
    summary.bind.click()
    assert not summary.points[1].rests_on


def test_a_drop_is_an_order(summary: SummaryPane, desk_workspace: Workspace) -> None:
    summary.list.model().moveRow(summary.list.rootIndex(), 1, summary.list.rootIndex(), 0)
    assert kept(desk_workspace) == ["No ferry", "The bridge is open"]


def test_a_figure_no_entry_supports_is_named(summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    assert summary.warning.isHidden()
    summary.add.click()
    QTest.keyClicks(field(summary), "Damage of 9,431 pounds")
    QTest.keyClick(field(summary), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "9,431" in summary.warning.text())
    assert not summary.warning.isHidden()
    assert len(kept(desk_workspace)) == 3


def test_somebody_elses_change_is_shown(summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    desk_workspace.save_summary(desk_workspace.coverages()[0].id, summary.points[:1])
    qtbot.waitUntil(lambda: summary.list.count() == 1)
