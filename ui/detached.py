"""The preview in a window of its own, for a second screen: it says who reads, as every window of the console does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.air import AirBar
from ui.words import tr


class PreviewWindow(QWidget):
    """Holds the preview while it is out of the main window. `closed` asks for it to be brought back."""

    closed = Signal()

    def __init__(self, preview: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.air_bar = AirBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.air_bar)
        column.addWidget(preview, 1)
        preview.show()
        self.show_title("")
        self.resize(900, parent.height())

    def show_title(self, title: str) -> None:
        """Say what the main window's title says, of the preview."""
        self.setWindowTitle(" — ".join(filter(None, (tr("Preview"), title))))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for the preview to be brought back: closing this window closes nothing else."""
        event.ignore()
        self.closed.emit()
