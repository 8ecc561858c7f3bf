"""Sheets before deeds that cannot be undone; Cancel is the default and nothing can be asked away."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain import moment
from desktop.domain.problem import Problem
from ui.shared.sheet import Sheet
from ui.timing import MomentField
from ui.words import tr


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
        super().__init__(tr("Withdraw entry"), tr("Withdraw"), parent, danger=True)
        self._withdraw = withdraw
        self.say(
            tr("“{headline}” is taken back from {readers}. The reason stands in its place.").format(
                headline=headline, readers=readers
            )
        )
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(tr("Reason, for readers"))
        self.reason.setPlaceholderText(tr("What was wrong, in a sentence readers understand"))
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(96)
        self.reason.textChanged.connect(self._on_typed)
        self.form.addRow(tr("&Reason"), self.reason)
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
        super().__init__(tr("Pause coverage"), tr("Pause"), parent)
        self._pause = pause
        later = (moment.now() + timedelta(hours=8)).replace(minute=0, second=0)
        self.until = MomentField(tr("Until"), later, moment.zone(zone_name))
        self.open_end = QCheckBox(tr("Until further notice"))
        self.open_end.toggled.connect(self.until.setDisabled)
        self.message = QLineEdit()
        self.message.setAccessibleName(tr("Message, for readers"))
        self.message.setPlaceholderText(tr("Such as: we are back at 06:00"))
        self.form.addRow(tr("&Until ({zone})").format(zone=zone_name), self.until)
        self.form.addRow("", self.until.own_time)
        self.form.addRow("", self.open_end)
        self.form.addRow(tr("&Message"), self.message)
        self.confirmed.connect(self._on_confirmed)

    def _on_confirmed(self) -> None:
        try:
            self._pause(None if self.open_end.isChecked() else self.until.moment, self.message.text())
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()
