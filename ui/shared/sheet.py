"""Sheets: forms over the window that never stop the world behind them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.problem import Problem
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens


class Sheet(QDialog):
    """A form with a title, fields, a line for what is wrong, and buttons; Cancel is the default.

    Shown with `open()`. `confirmed` tells that the deed's button was pressed; the sheet stays until `accept()`, so
    that a refused deed loses nothing of what was typed.
    """

    confirmed = Signal()

    def __init__(self, title: str, deed: str, parent: QWidget | None, *, danger: bool = False) -> None:
        super().__init__(parent)
        look = tokens()
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label(title, size=Size.TITLE, bold=True, wraps=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.space_m)
        column.addLayout(self.body)
        self.form = QFormLayout()
        self.form.setSpacing(look.space_s)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column.addLayout(self.form)
        self.trouble = Label(kind=Kind.DANGER, wraps=True)
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.buttons = QDialogButtonBox(self)
        self.cancel: QPushButton = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.deed: QPushButton = self.buttons.addButton(deed, QDialogButtonBox.ButtonRole.AcceptRole)
        self.deed.setProperty("kind", "danger" if danger else "primary")
        # The box has shown the button in its own style already.
        self.deed.style().unpolish(self.deed)
        self.deed.style().polish(self.deed)
        self.deed.setAutoDefault(False)
        self.cancel.setDefault(danger)
        self.deed.setDefault(not danger)
        self.deed.clicked.connect(self.confirmed)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)

    def say(self, text: str) -> None:
        """Add a sentence above the fields."""
        self.body.addWidget(Label(text, kind=Kind.SOFT, wraps=True))

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, in the sheet, without losing a field."""
        self.trouble.setText(str(problem))
        self.trouble.show()
