"""Tells a key that is held down from one that is pressed again."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow

# Where the window system does not say that a key repeats, each repeat comes as a release and a press at once.
_AT_ONCE: Final = 25  # milliseconds; no finger is that fast


class KeyWatch(QObject):
    """Watches the keys of one window, wherever its focus is, between `start` and `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWindow | None = None
        self._released = QElapsedTimer()
        self._key = 0
        self._repeated = QElapsedTimer()

    def start(self, window: QWindow | None) -> None:
        """Begin to watch a window."""
        self.stop()
        self._released.invalidate()
        self._repeated.invalidate()
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def stop(self) -> None:
        """End watching."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def is_held(self, within: int) -> bool:
        """Tell whether a key repeated in the last milliseconds."""
        return self._repeated.isValid() and self._repeated.elapsed() <= within

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys and let everything pass."""
        del watched
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyRelease:
                self._key = event.key()
                self._released.start()
            is_at_once = self._released.isValid() and self._released.elapsed() <= _AT_ONCE and self._key == event.key()
            if event.isAutoRepeat() or (event.type() is not QEvent.Type.KeyRelease and is_at_once):
                self._repeated.start()
        return False
