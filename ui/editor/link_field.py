"""The small field that puts a link on the selection, in place and without a dialog."""

import re
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.consent.tracking import without_tracking
from desktop.domain.problem import Problem
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

_MAIL: Final = re.compile(r"mailto:[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", re.IGNORECASE)
_WIDTH: Final = 380


def read_link(typed: str) -> str:
    """Return the address a link may lead to, without tracking; one readers must not be sent to raises a Problem."""
    from desktop.consent.address import read_address  # noqa: PLC0415 - names of hosts need big tables, not at the start

    stripped = typed.strip()
    return stripped if _MAIL.fullmatch(stripped) else without_tracking(str(read_address(stripped)))[0]


class LinkField(QFrame):
    """`chosen(address)` tells the link to put, "" to take it away; `closed()` that nothing is to be done."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        look = tokens()
        self.address = QLineEdit()
        self.address.setPlaceholderText("https:// or mailto:")
        self.address.setAccessibleName(tr("Address of the link"))
        self.put = QPushButton(tr("Link"))
        self.put.setProperty("kind", "primary")
        self.away = QPushButton(tr("Remove"))
        self.trouble = Label(kind=Kind.DANGER, size=Size.SMALL, wraps=True)
        row = QHBoxLayout()
        row.setSpacing(look.space_s)
        row.addWidget(self.address, 1)
        for button in (self.put, self.away):
            button.setAutoDefault(False)
            button.setAccessibleName(tr("Remove link") if button is self.away else tr("Put link"))
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_s, look.space_s, look.space_s, look.space_s)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.setFixedWidth(_WIDTH)
        self.address.returnPressed.connect(self._on_put)
        self.put.clicked.connect(self._on_put)
        self.away.clicked.connect(self._on_away)
        self.hide()

    def ask(self, href: str, x: int, y: int) -> None:
        """Ask for an address below a place of the parent."""
        look = tokens()
        self.address.setText(href)
        self.away.setVisible(bool(href))
        self.trouble.hide()
        self.adjustSize()
        room = self._parent.size() - self.size()
        self.move(max(0, min(x, room.width() - look.space_s)), max(0, min(y, room.height() - look.space_s)))
        self.show()
        self.raise_()
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        self.address.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.line_strong), 1))
        painter.setBrush(QColor(look.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.radius, look.radius)
        painter.end()

    def _on_put(self) -> None:
        try:
            href = read_link(self.address.text())
        except Problem as problem:
            self.trouble.setText(str(problem))
            self.trouble.show()
            self.adjustSize()
            return
        self.hide()
        self.chosen.emit(href)

    def _on_away(self) -> None:
        self.hide()
        self.chosen.emit("")
