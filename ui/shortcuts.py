"""The shortcut sheet: every key of the console, from the table of actions."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ui.actions import ACTIONS, Action
from ui.shared.label import Label, Size
from ui.shared.table import ReadTable
from ui.theme import tokens
from ui.words import tr

_COLUMNS = ("Keys", "What they do", "Where")


class ShortcutSheet(QDialog):
    """A table of keys, shown with `open()`."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        look = tokens()
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(760, 620)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label(tr("Keyboard shortcuts"), size=Size.TITLE, bold=True))
        self.table = ReadTable(tr("Keyboard shortcuts"), _COLUMNS, [_said(row) for row in ACTIONS if row.keys], wide=1)
        column.addWidget(self.table)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _said(row: Action) -> tuple[str, str, str]:
    keys = (QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in row.keys)
    return " or ".join(keys), row.tooltip, tr("In the timeline") if row.is_local else tr("Everywhere")
