"""Short confirmations, seen for a moment and heard by screen readers."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ui.shared.label import Kind, Label

_BRIEF: Final = 4000  # milliseconds a confirmation stays


class Whisper(Label):
    """A short confirmation that fades by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind=Kind.SOFT, parent=parent)
        self._timer = QTimer(self, singleShot=True, interval=_BRIEF)
        self._timer.timeout.connect(self.clear)

    def say(self, text: str) -> None:
        """Show a sentence for a moment, and tell it to screen readers."""
        self.setText(text)
        self._timer.start()
        announce(self, text)

    def unsay(self, *texts: str) -> None:
        """Take back sentences that are no longer so; any other stays."""
        if self.text() in texts:
            self._timer.stop()
            self.clear()


def announce(widget: QWidget, text: str) -> None:
    """Tell screen readers something without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
