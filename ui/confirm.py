"""Sheets before deeds that cannot be undone; Cancel is the default and nothing can be asked away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain import moment
from desktop.domain.problem import Problem
from ui.shared.sheet import Sheet


class ConfirmSheet(Sheet):
    """Says what will happen, and does it once confirmed."""

    def __init__(self, title: str, words: str, deed: str, do: Callable[[], object], parent: QWidget) -> None:
        super().__init__(title, deed, parent, danger=True)
        self._do = do
        self.say(words)
        self.confirmed.connect(self._on_confirmed)

    def _on_confirmed(self) -> None:
        try:
            self._do()
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()


class WithdrawSheet(Sheet):
    """Asks for the reason that readers will see."""

    def __init__(self, headline: str, readers: str, withdraw: Callable[[str], object], parent: QWidget) -> None:
        super().__init__("Withdraw entry", "Withdraw", parent, danger=True)
        self._withdraw = withdraw
        self.say(f"“{headline}” is taken back from {readers}. The reason stands in its place.")
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason, for readers")
        self.reason.setPlaceholderText("What was wrong, in a sentence readers understand")
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(96)
        self.reason.textChanged.connect(self._on_typed)
        self.form.addRow("&Reason", self.reason)
        self.deed.setEnabled(False)
        self.confirmed.connect(self._on_confirmed)
        self.reason.setFocus()

    def _on_typed(self) -> None:
        self.deed.setEnabled(bool(self.reason.toPlainText().strip()))

    def _on_confirmed(self) -> None:
        try:
            self._withdraw(self.reason.toPlainText())
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()


class PauseSheet(Sheet):
    """Asks until when coverage pauses, and what readers are told meanwhile."""

    def __init__(self, zone_name: str, pause: Callable[[datetime | None, str], object], parent: QWidget) -> None:
        super().__init__("Pause coverage", "Pause", parent)
        self._pause = pause
        self.until = QDateTimeEdit()
        self.until.setAccessibleName("Until")
        self.until.setDisplayFormat("d MMMM yyyy HH:mm")
        self.until.setCalendarPopup(True)
        zone = QTimeZone(zone_name.encode())
        later = (moment.now() + timedelta(hours=8)).replace(minute=0, second=0)
        self.until.setTimeZone(zone)
        self.until.setDateTime(QDateTime.fromSecsSinceEpoch(int(later.timestamp()), zone))
        self.message = QLineEdit()
        self.message.setAccessibleName("Message, for readers")
        self.message.setPlaceholderText("Such as: we are back at 06:00")
        self.form.addRow(f"&Until ({zone_name})", self.until)
        self.form.addRow("&Message", self.message)
        self.confirmed.connect(self._on_confirmed)

    def _on_confirmed(self) -> None:
        until = datetime.fromtimestamp(self.until.dateTime().toSecsSinceEpoch(), UTC)
        try:
            self._pause(until, self.message.text())
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()
