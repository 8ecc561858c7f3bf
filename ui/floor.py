"""The floor of the window: where its panes stand beside each other, or the welcome does."""

from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QWidget

from ui.words import tr

PREVIEW, CONSENT, HISTORY, CHECKS = range(4)
_TABS: Final = ("Preview", "Consent", "History", "Checks")
# Pixels each part keeps at least, so that all three stand beside each other in 1024: what they would like is more.
_LEFT, _EDITOR, _RIGHT = 240, 430, 350


class Floor(QStackedWidget):
    """Timeline over summary, the editor, and tabs. `split` and `left` are the splitters between them."""

    def __init__(self, timeline: QWidget, editor: QWidget) -> None:
        super().__init__()
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.addWidget(timeline)
        self._room = QWidget()
        self.left.addWidget(self._room)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Preview, consent, history and checks"))
        for name in _TABS:
            self.tabs.addTab(QWidget(), name)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.left, editor, self.tabs):
            self.split.addWidget(part)
        for splitter, stretches in ((self.left, (3, 1)), (self.split, (0, 1, 0))):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            for at, stretch in enumerate(stretches):
                splitter.setStretchFactor(at, stretch)
        for part, width in ((self.left, _LEFT), (editor, _EDITOR), (self.tabs, _RIGHT)):
            part.setMinimumWidth(width)
        self.split.setSizes([320, 690, 430])
        self.left.setSizes([450, 320])
        self.addWidget(self.split)

    def place_summary(self, summary: QWidget) -> None:
        """Put the summary into the room that is kept for it."""
        sizes = self.left.sizes()
        self.left.replaceWidget(1, summary)
        self.left.setSizes(sizes)
        self._room.deleteLater()

    def place_tab(self, at: int, pane: QWidget) -> None:
        """Put a pane into its tab, without showing another tab for it."""
        shown = self.tabs.currentIndex()
        before = self.tabs.widget(at)
        self.tabs.insertTab(at, pane, _TABS[at])
        self.tabs.removeTab(at + 1)
        self.tabs.setCurrentIndex(shown)
        if before is not None:
            before.deleteLater()

    def lend(self, at: int, stand_in: QWidget) -> None:
        """Take a pane out of its tab, to stand elsewhere; what stands in its place says so."""
        self.tabs.removeTab(at)
        self.tabs.insertTab(at, stand_in, _TABS[at])
        self.tabs.setCurrentIndex(at)

    def arrangement(self) -> tuple[bytes, bytes]:
        """Return where the panes stand, to be kept."""
        panes, left = (bytes(each.saveState().data()) for each in (self.split, self.left))
        return panes, left

    def arrange(self, panes: bytes, left: bytes) -> None:
        """Let the panes stand as it was kept."""
        self.split.restoreState(QByteArray(panes))
        self.left.restoreState(QByteArray(left))
