from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.problem import Problem
from ui.shared.sheet import Sheet


def test_a_sheet_stays_until_the_deed_is_done(qtbot: QtBot) -> None:
    sheet = Sheet("Start a page", "Start", None)
    qtbot.addWidget(sheet)
    headline = QLineEdit()
    sheet.form.addRow("Headline", headline)
    headline.setFocus()
    sheet.open()
    with qtbot.waitSignal(sheet.confirmed):
        sheet.deed.click()
    assert sheet.isVisible()
    sheet.show_problem(Problem("A page needs a headline."))
    assert sheet.trouble.text() == "A page needs a headline."
    assert sheet.deed.isDefault()
    with qtbot.waitSignal(sheet.rejected):
        sheet.cancel.click()


def test_before_danger_cancel_is_the_default(qtbot: QtBot) -> None:
    sheet = Sheet("Withdraw entry", "Withdraw", None, danger=True)
    qtbot.addWidget(sheet)
    assert sheet.cancel.isDefault()
    assert not sheet.deed.isDefault()
