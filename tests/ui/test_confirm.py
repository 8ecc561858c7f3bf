from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.problem import Problem
from ui.confirm import ConfirmSheet, PauseSheet, WithdrawSheet


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_return_cancels_and_only_the_button_does_it(holder: QWidget) -> None:
    done: list[str] = []
    sheet = ConfirmSheet("Discard", "It will not be sent.", "Discard", lambda: done.append("done"), holder)
    sheet.open()
    assert sheet.cancel.isDefault()
    assert not sheet.deed.isDefault()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert done == []
    again = ConfirmSheet("Discard", "It will not be sent.", "Discard", lambda: done.append("done"), holder)
    again.open()
    again.deed.click()
    assert done == ["done"]


def test_a_refused_deed_is_explained_and_keeps_the_words(holder: QWidget) -> None:
    def refuse(reason: str) -> None:
        message = f"Refused: {reason}"
        raise Problem(message)

    sheet = WithdrawSheet("Bridge closed", "readers", refuse, holder)
    sheet.open()
    assert not sheet.deed.isEnabled()
    sheet.reason.setPlainText("It was another bridge.")
    sheet.deed.click()
    assert sheet.trouble.text() == "Refused: It was another bridge."
    assert sheet.reason.toPlainText() == "It was another bridge."
    assert sheet.isVisible()
    sheet.reject()


def test_a_pause_ends_when_the_producer_says_in_the_pages_zone(holder: QWidget) -> None:
    told: list[tuple[datetime | None, str]] = []
    sheet = PauseSheet("America/New_York", lambda until, words: told.append((until, words)), holder)
    sheet.open()
    sheet.until.setDateTime(sheet.until.dateTime().addSecs(3600))
    expected = datetime.fromtimestamp(sheet.until.dateTime().toSecsSinceEpoch(), UTC)
    assert sheet.until.dateTime().offsetFromUtc() in {-4 * 3600, -5 * 3600}
    sheet.message.setText("Back at six")
    sheet.deed.click()
    assert told == [(expected, "Back at six")]
