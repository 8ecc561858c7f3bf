"""The board in a window of its own, with the page in the chosen reader state beside it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.air import AirBar
from ui.consent.board_view import BoardView
from ui.consent.prover import Prover
from ui.consent.reader import ReaderView
from ui.words import tr

_SIZE: Final = (1360, 820)
_SHARES: Final = (920, 440)


class BoardWindow(QWidget):
    """Another look at a prover's board; closing it stops nothing. It says who reads, as every window does."""

    def __init__(self, prover: Prover, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Consent board"))
        self.air_bar = AirBar()
        self.air_bar.switch.hide()
        self.board = BoardView(prover, has_own_window=True)
        self.reader = ReaderView()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.board)
        split.addWidget(self.reader)
        split.setSizes(list(_SHARES))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.air_bar)
        column.addWidget(split, 1)
        self.resize(*_SIZE)
        self._closing = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        self._closing.activated.connect(self.close)
        self.board.table.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the page before the window goes."""
        self.reader.close_page()
        super().closeEvent(event)
