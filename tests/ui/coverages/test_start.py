from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from ui.coverages.start import StartSheet, local_zone


def test_a_page_is_started(qtbot: QtBot, desk_workspace: Workspace) -> None:
    sheet = StartSheet(desk_workspace, None, "Asia/Kolkata")
    sheet.open()
    QTest.keyClicks(sheet.headline, "Monsoon")
    with qtbot.waitSignal(sheet.accepted):
        sheet.deed.click()
    assert sheet.coverage is not None
    assert (sheet.coverage.headline, sheet.coverage.zone) == ("Monsoon", "Asia/Kolkata")
    assert desk_workspace.coverages()[0].headline == "Monsoon"


def test_what_is_wrong_is_said_in_the_sheet(qtbot: QtBot, desk_workspace: Workspace) -> None:
    sheet = StartSheet(desk_workspace, None, "Mars/Olympus")
    qtbot.addWidget(sheet)
    sheet.open()
    sheet.headline.setText("Landing")
    sheet.deed.click()
    assert sheet.isVisible()
    assert "Mars/Olympus" in sheet.trouble.text()
    assert sheet.result() != QDialog.DialogCode.Accepted
    assert desk_workspace.coverages() == ()


def test_the_computers_zone_is_one_that_exists() -> None:
    assert "/" in local_zone()
