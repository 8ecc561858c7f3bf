"""A page of the settings: a title, what it holds, and a line for what went well or wrong."""

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop.domain.problem import Problem
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.whisper import announce


class SettingsPage(QWidget):
    """The ground of every page. `body` takes what stands under the title, `form` makes rows of it."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        look = tokens()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label(title, size=Size.TITLE, bold=True, wraps=True))
        column.addWidget(Label(words, kind=Kind.SOFT, wraps=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.space_m)
        column.addLayout(self.body, 1)
        self.outcome = Label(wraps=True)
        self.outcome.hide()
        column.addWidget(self.outcome)

    def form(self) -> QFormLayout:
        """Add rows of labelled fields."""
        rows = QFormLayout()
        rows.setSpacing(tokens().space_s)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.body.addLayout(rows)
        return rows

    def tell(self, words: str) -> None:
        """Say what was done."""
        self._say(words, Kind.SUCCESS)

    def tell_problem(self, problem: Problem) -> None:
        """Say what is wrong, without losing a field."""
        self._say(str(problem), Kind.DANGER)

    def _say(self, words: str, kind: Kind) -> None:
        self.outcome.set_kind(kind)
        self.outcome.setText(words)
        self.outcome.show()
        announce(self, words)
