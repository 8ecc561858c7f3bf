"""A choice among a few, with the arrow that says so drawn in the colours now in use."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.icons import pixmap
from ui.theme import tokens

_FROM_EDGE = 6


class Choice(QComboBox):
    """A combo box. A style sheet that bounds one leaves its arrow out."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over what the style draws."""
        super().paintEvent(event)
        look = tokens()
        size = look.icon - 2
        colour = look.ink_soft if self.isEnabled() else look.ink_faint
        left = self.width() - size - _FROM_EDGE if self.isLeftToRight() else _FROM_EDGE
        painter = QPainter(self)
        drawn = pixmap("chevron-down", colour, size, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, drawn)
        painter.end()
