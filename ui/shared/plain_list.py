"""Lists that lie on the window itself: paper is only what can be written on."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget

from ui.theme import tokens


class PlainList(QListWidget):
    """A list without a frame or a ground of its own, with icons of the size of its text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.size_icons()

    def size_icons(self) -> None:
        """Take the icon size of the tokens in use, after they changed."""
        self.setIconSize(QSize(tokens().icon, tokens().icon))
