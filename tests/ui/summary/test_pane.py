from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, Publication
from desktop.workspace import Workspace
from ui.actions import Actions, Needs
from ui.changes import ChangeBridge
from ui.shared.arming import PAUSE
from ui.summary.binding import BindSheet
from ui.summary.pane import SummaryPane
from ui.summary.versions import VersionsSheet
from ui.tasks import Tasks


@pytest.fixture
def summary(
    qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, coverage: Coverage, tasks: Tasks
) -> Iterator[SummaryPane]:
    actions = Actions()
    actions.enable(set(Needs))
    pane = SummaryPane(actions)
    actions.setParent(pane)
    qtbot.addWidget(pane)
    pane.resize(320, 300)
    pane.show()
    pane.attach(desk_workspace, changes, tasks)
    pane.show_coverage(coverage)
    yield pane
    pane.detach()
    qtbot.waitUntil(lambda: not tasks.running())


def kept(workspace: Workspace) -> list[str]:
    return [point.text for point in workspace.coverage(workspace.coverages()[0].id).summary]


def newest(workspace: Workspace) -> UUID:
    return workspace.timeline(workspace.coverages()[0].id, None)[0].id


def field(pane: SummaryPane) -> QLineEdit:
    found = pane.list.viewport().findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_bullets_are_counted(summary: SummaryPane) -> None:
    assert summary.count.text() == "2 of 5 · 6 words"


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


def bind_to_newest(pane: SummaryPane, workspace: Workspace) -> UUID:
    entry_id = newest(workspace)
    pane.list.setCurrentRow(0)
    return entry_id


def note(pane: SummaryPane, row: int) -> str:
    said: str = pane.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
    return said


def reword(workspace: Workspace, entry_id: UUID) -> None:
    workspace.save_draft(replace(workspace.entry(entry_id), headline="Bridge closed again"))


def test_a_bullet_says_what_it_rests_on(summary: SummaryPane) -> None:
    assert note(summary, 0).startswith("The bridge is open. Rests on ")
    assert note(summary, 0).endswith("00:30.")
    assert note(summary, 1) == "No ferry. Rests on no entry yet."


def test_a_doubtful_bullet_says_why_until_it_is_held_true(
    summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    entry_id = bind_to_newest(summary, desk_workspace)
    assert summary.bonds.still_true.isHidden()
    reword(desk_workspace, entry_id)
    qtbot.waitUntil(lambda: "changed since" in note(summary, 0))
    assert not summary.bonds.still_true.isHidden()
    summary.bonds.still_true.click()
    assert "Rests on" in note(summary, 0)
    assert summary.bonds.still_true.isHidden()
    assert summary.list.currentRow() == 0


def test_a_bullet_says_that_its_entry_was_taken_back(
    summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    entry_id = bind_to_newest(summary, desk_workspace)
    entry = desk_workspace.entry(entry_id)
    desk_workspace.save_draft(replace(entry, withdrawal=Withdrawal("Wrong bridge.", entry.at)))
    qtbot.waitUntil(lambda: "was withdrawn" in note(summary, 0))
    desk_workspace.bin_entry(entry_id)
    qtbot.waitUntil(lambda: "is in the bin" in note(summary, 0))


def test_a_chip_leads_to_its_entry(summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    entry_id = bind_to_newest(summary, desk_workspace)
    (chip,) = summary.bonds.chips
    assert "Bridge open again" in chip.accessibleName()
    with qtbot.waitSignal(summary.entry_chosen) as told:
        chip.click()
    assert told.args == [entry_id]


def test_a_bullet_is_made_of_words_of_the_selected_entry(
    summary: SummaryPane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    summary.show_entry(newest(desk_workspace))
    summary.add_from("Bridge\u2029open again")
    assert kept(desk_workspace)[-1] == "Bridge open again"
    assert summary.points[-1].rests_on == (newest(desk_workspace),)
    QTest.keyClick(field(summary), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: summary.list.count() == 3)


def test_entries_are_found_by_their_words_and_bound(summary: SummaryPane, qtbot: QtBot, tasks: Tasks) -> None:
    summary.list.setCurrentRow(1)
    summary.search_entries()
    sheet = summary.window().findChild(BindSheet)
    assert isinstance(sheet, BindSheet)
    qtbot.waitUntil(lambda: sheet.list.count() == 3)
    sheet.words.setText("ferry stop")
    qtbot.waitUntil(lambda: sheet.list.count() == 1)
    sheet.list.item(0).setCheckState(Qt.CheckState.Checked)
    sheet.deed.click()
    assert "Rests on" in note(summary, 1)
    qtbot.waitUntil(lambda: not tasks.running())


def test_a_kept_version_is_compared_and_brought_back(summary: SummaryPane, desk_workspace: Workspace) -> None:
    summary.list.setCurrentRow(0)
    summary.delete.click()
    summary.show_versions()
    sheet = summary.window().findChild(VersionsSheet)
    assert isinstance(sheet, VersionsSheet)
    assert not sheet.deed.isEnabled()
    sheet.list.setCurrentRow(1)
    assert "The bridge is open" in sheet.changes.toPlainText()
    assert "1 removed" in sheet.counted.text()
    sheet.deed.click()
    assert kept(desk_workspace) == ["The bridge is open", "No ferry"]


def test_publishing_takes_two_presses(
    summary: SummaryPane, qtbot: QtBot, production_place: Endpoint, rehearsal_place: Endpoint
) -> None:
    summary.show_endpoint(rehearsal_place)
    told: list[None] = []
    summary.publish_confirmed.connect(lambda: told.append(None))
    summary.publish.click()
    assert (summary.publish.accessibleName(), told) == ("Press again for rehearsal", [])
    qtbot.wait(PAUSE + 50)
    summary.publish.click()
    qtbot.waitUntil(lambda: told == [None])
    summary.show_endpoint(production_place)
    summary.publish.click()
    assert summary.publish.accessibleName() == "Press again for readers"
    summary.publish.disarm()
    summary.set_connected(False)
    assert summary.publish.accessibleName() == "Queue summary for readers"


def test_what_readers_have_is_told_by_their_endpoint(
    summary: SummaryPane, rehearsal_place: Endpoint, desk_workspace: Workspace
) -> None:
    summary.show_endpoint(rehearsal_place)
    assert summary.readers.text() == "Readers have no summary yet"
    coverage_id = desk_workspace.coverages()[0].id
    sent = desk_workspace.publish_summary(coverage_id, rehearsal_place.id)
    with desk_workspace.store.write() as writing:
        writing.put_publication(
            Publication(
                endpoint_id=rehearsal_place.id,
                target_id=coverage_id,
                coverage_id=coverage_id,
                kind=OperationKind.SUMMARY,
                operation_id=sent[-1].id,
                revision=0,
                digest=sent[-1].digest,
                etag="1",
                acknowledged_at=sent[-1].made_at,
            )
        )
    summary.show_endpoint(rehearsal_place)
    assert summary.readers.text().startswith("Live since")
    summary.list.setCurrentRow(1)
    summary.delete.click()
    assert summary.readers.text().startswith("Readers still see the")


def test_a_long_summary_is_told(summary: SummaryPane, desk_workspace: Workspace, qtbot: QtBot) -> None:
    coverage_id = desk_workspace.coverages()[0].id
    desk_workspace.save_summary(coverage_id, (SummaryPoint(new_id(), "word " * 120),))
    qtbot.waitUntil(lambda: summary.count.text() == "1 of 5 · 120 words, shorten")
    assert "120 words, shorten" in note(summary, 0)
