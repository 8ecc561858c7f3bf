"""The sheet that corrects a live entry: what readers will be told, and what they were told already."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from desktop.domain import moment
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Correction
from desktop.domain.problem import Problem
from ui.shared import times
from ui.shared.arming import ArmedButton
from ui.shared.label import Kind, Label, Size
from ui.shared.sheet import Sheet
from ui.words import tr


class CorrectSheet(Sheet):
    """Asks what was wrong. Its button is pressed twice, as publishing is: the correction goes out with the entry."""

    def __init__(
        self,
        headline: str,
        told: Sequence[Correction],
        zone: ZoneInfo,
        environment: Environment,
        correct: Callable[[str], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(tr("Correct entry"), "", parent)
        self._correct = correct
        self.setMinimumWidth(520)
        said = tr("“{headline}” goes out again as it stands on the desk. Readers see the correction below it.")
        self.say(said.format(headline=headline))
        self.told = Label(_list(told, zone), size=Size.SMALL, kind=Kind.SOFT, wraps=True)
        self.told.setVisible(bool(told))
        self.body.addWidget(self.told)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(tr("Correction, for readers"))
        self.words.setPlaceholderText(tr("What was wrong, and what is right"))
        self.words.setTabChangesFocus(True)
        self.words.setMaximumHeight(110)
        self.words.textChanged.connect(self._on_typed)
        self.form.addRow(tr("C&orrection"), self.words)
        self.send = ArmedButton()
        self.send.set_words(*_words(environment), "air" if environment is Environment.PRODUCTION else "rehearsal")
        self.send.setEnabled(False)
        self.send.confirmed.connect(self._on_confirmed)
        self.buttons.removeButton(self.deed)
        self.buttons.addButton(self.send, QDialogButtonBox.ButtonRole.ActionRole)
        self.cancel.setDefault(True)
        self.words.setFocus()

    def _on_typed(self) -> None:
        self.send.disarm()
        self.send.setEnabled(bool(self.words.toPlainText().strip()))

    def _on_confirmed(self) -> None:
        try:
            self._correct(self.words.toPlainText())
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()


def _words(environment: Environment) -> tuple[str, str]:
    match environment:
        case Environment.PRODUCTION:
            return tr("Correct for readers"), tr("Press again to publish to readers")
        case Environment.REHEARSAL:
            return tr("Correct on the rehearsal page"), tr("Press again to publish to the rehearsal page")
        case Environment.TEST:
            return tr("Correct on the test page"), tr("Press again to publish to the test page")


def _list(told: Sequence[Correction], zone: ZoneInfo) -> str:
    lines = [f"{times.moment(each.at, moment.now(), zone)}  {each.text}" for each in told]
    return "\n".join((tr("Corrections so far:"), *lines))
