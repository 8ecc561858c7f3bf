"""What is painted first: the newest entries as they were read at once, while everything else is still on its way."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain import moment
from ui.theme.tokens import Tokens

if TYPE_CHECKING:
    from desktop.store.glance import Glance

_TOP: Final = 104  # where the panes begin, below menus, air bar and tools
_SIDE: Final = 320
_ROW: Final = 52


class FirstFrame(QWidget):
    """Stands in the window until its panes do. `painted` is told each time it was."""

    painted = Signal()

    def __init__(self, look: Tokens) -> None:
        super().__init__()
        self._look = look
        self._glance: Glance | None = None

    def show_glance(self, glance: "Glance | None") -> None:
        """Paint a page's headline and its newest entries."""
        self._glance = glance
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panes' paper where they will stand, and the entries on it."""
        del event
        look = self._look
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.window))
        side = QRect(0, _TOP, _SIDE, self.height())
        painter.fillRect(QRect(_SIDE, _TOP, self.width(), self.height()), QColor(look.surface))
        if self._glance is not None:
            self._write(painter, side, self._glance)
        painter.end()
        self.painted.emit()

    def _write(self, painter: QPainter, side: QRect, glance: "Glance") -> None:
        look = self._look
        indent = look.space_l
        font = QFont(painter.font())
        font.setPointSizeF(look.text_body)
        painter.setPen(QColor(look.ink))
        zone = moment.zone(glance.zone)
        for number, row in enumerate(glance.rows):
            top = side.top() + number * _ROW
            if top > self.height():
                break
            font.setBold(True)
            painter.setFont(font)
            when = QRect(indent, top, 48, _ROW)
            painter.drawText(when, Qt.AlignmentFlag.AlignVCenter, f"{row.at.astimezone(zone):%H:%M}")
            font.setBold(False)
            painter.setFont(font)
            room = QRect(when.right() + indent, top, _SIDE - when.right() - 2 * indent, _ROW)
            said = painter.fontMetrics().elidedText(row.headline, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
