"""Icons that stand by themselves, drawn in the token of a name whenever they are shown."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import pixmap
from ui.theme import tokens


class Picture(QWidget):
    """One icon beside the words that say the same; screen readers pass it over. `scale` 1.0 is as high as text."""

    def __init__(self, name: str, role: str = "ink_soft", scale: float = 1.0) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str = "ink_soft") -> None:
        """Draw another icon, or in another colour."""
        if (name, role) != (self._name, self._role):
            self._name, self._role = name, role
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size in the text size now in use."""
        size = round(tokens().icon * self._scale)
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        colour = str(getattr(tokens(), self._role))
        painter.drawPixmap(0, 0, pixmap(self._name, colour, self.width(), self.devicePixelRatioF()))
        painter.end()
