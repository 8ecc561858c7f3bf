"""Tables to be read: a heading over each column, whole rows, nothing to edit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from ui.theme import tokens


class ReadTable(QTableWidget):
    """Rows of words. The column `wide` takes the room that is left; the others are as wide as what they say."""

    def __init__(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], wide: int) -> None:
        super().__init__(len(rows), len(columns))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * tokens().space_s)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                self.setItem(at, place, QTableWidgetItem(cell))

    def said(self) -> tuple[tuple[str, ...], ...]:
        """Return what stands in the rows."""
        model = self.model()
        places = range(model.columnCount())
        return tuple(
            tuple(str(model.index(at, place).data() or "") for place in places) for at in range(model.rowCount())
        )
