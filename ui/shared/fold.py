"""A row whose parts stand below each other where they do not fit beside each other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

ROW = QBoxLayout.Direction.LeftToRight
COLUMN = QBoxLayout.Direction.TopToBottom


class Fold(QWidget):
    """Holds parts in a row, and in a column as soon as the row is wider than there is room."""

    def __init__(self, *parts: QWidget, spacing: int = 0, stretched: int = 0) -> None:
        super().__init__()
        self._parts = parts
        self._box = QBoxLayout(ROW, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        for number, part in enumerate(parts):
            self._box.addWidget(part, 1 if number == stretched else 0)

    def is_folded(self) -> bool:
        """Tell whether the parts stand below each other."""
        return self._box.direction() is COLUMN

    def fold(self) -> None:
        """Choose between row and column for the room there is."""
        shown = [part for part in self._parts if part.isVisibleTo(self)]
        room = sum(part.sizeHint().width() for part in shown) + self._box.spacing() * max(0, len(shown) - 1)
        wanted = ROW if room <= self.width() else COLUMN
        if wanted is not self._box.direction():
            self._box.setDirection(wanted)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the widest part alone: the row can fold."""
        least = self._box.minimumSize()
        widths = [part.minimumSizeHint().width() for part in self._parts if part.isVisibleTo(self)]
        return QSize(max(widths, default=0), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self.fold()
