"""The shortcut sheet: every key of the console, from the table of actions."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.actions import ACTIONS
from ui.shared.label import Label, Size
from ui.theme import tokens

_COLUMNS = ("Keys", "What they do", "Where")


class ShortcutSheet(QDialog):
    """A table of keys, shown with `open()`."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        look = tokens()
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(640, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label("Keyboard shortcuts", size=Size.TITLE, bold=True))
        rows = [row for row in ACTIONS if row.keys]
        self.table = QTableWidget(len(rows), len(_COLUMNS))
        self.table.setAccessibleName("Keyboard shortcuts")
        self.table.setHorizontalHeaderLabels(_COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for at, row in enumerate(rows):
            keys = (QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in row.keys)
            where = "In the timeline" if row.is_local else "Everywhere"
            for place, cell in enumerate((" or ".join(keys), row.tooltip, where)):
                self.table.setItem(at, place, QTableWidgetItem(cell))
        self.table.resizeColumnToContents(0)
        column.addWidget(self.table)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
