"""A button that must be pressed twice, in its own time: once to arm it, once more to do the deed."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from ui.icons import icon
from ui.shared.key_watch import KeyWatch
from ui.theme import tokens

PAUSE: Final = 400  # milliseconds a second press must wait
ARMED_FOR: Final = 5000
SETTLE: Final = 120  # milliseconds in which no further press may follow the second one


class ArmedButton(QPushButton):
    """`confirmed()` tells the second press: more than 400 ms after the first, less than 5 s, never a held key.

    Esc, five seconds or `disarm()` take the arming back.
    """

    confirmed = Signal()
    armed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._again = ""
        self._kind = "primary"
        self._since = QElapsedTimer()
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(ARMED_FOR)
        self._end.timeout.connect(self.disarm)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._on_settled)
        self._keys = KeyWatch(self)
        # A filter on the whole application would see Esc too, but one written in Python crashes on Qt's own objects.
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.disarm)
        self.setAutoDefault(False)
        self.clicked.connect(self.press)

    def set_words(self, text: str, again: str, kind: str) -> None:
        """Say what the deed is, and what to do once armed; other words disarm. `kind` is a look of the style sheet."""
        if (text, again, kind) != (self._text, self._again, self._kind):
            self._text, self._again, self._kind = text, again, kind
            self.disarm()
            self._show()

    def is_armed(self) -> bool:
        """Tell whether the next press does the deed."""
        return self._end.isActive()

    def press(self) -> None:
        """Arm, or do the deed when armed for long enough."""
        if not self.isEnabled():
            return
        if not self.is_armed():
            self._since.start()
            self._end.start()
            self._keys.start(self.window().windowHandle())
            self._escape.setEnabled(True)
            self._show()
            self._announce(self._again)
            self.armed.emit(True)  # noqa: FBT003 - a signal has no keyword arguments
        elif self._since.elapsed() > PAUSE and not self._keys.is_held(PAUSE) and not self._settle.isActive():
            self._settle.start()
        else:
            # Presses in a row are a key held down or a nervous hand: all of them together are one.
            self._settle.stop()
            self._since.start()

    def _on_settled(self) -> None:
        if self.is_armed():
            self.disarm()
            self.confirmed.emit()

    def disarm(self) -> None:
        """Take the arming back."""
        if not self.is_armed() and not self._since.isValid():
            return
        self._end.stop()
        self._settle.stop()
        self._keys.stop()
        self._since.invalidate()
        self._escape.setEnabled(False)
        self._show()
        self.armed.emit(False)  # noqa: FBT003 - a signal has no keyword arguments

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as a press, and no key that is held down."""
        if event.isAutoRepeat():
            event.accept()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        look = tokens()
        ink = {"air": look.on_air_ink, "rehearsal": look.rehearsal_ink}.get(self._kind, look.accent_ink)
        text = self._again if self.is_armed() else self._text
        self.setText(f" {text}")
        self.setAccessibleName(text)
        self.setIcon(icon("send", ink))
        if self.property("kind") != self._kind:
            self.setProperty("kind", self._kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
