"""The one bridge by which a committed change reaches the screen."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.change import Change, Listener


class Telling(Protocol):
    """Whatever tells changes: the Workspace."""

    def listen(self, method: Listener, /) -> None:
        """Tell every later change to a bound method, held weakly."""


class ChangeBridge(QObject):
    """Hears changes on any thread and emits `changed(Change)` on the GUI thread, in the order they were told."""

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def attach(self, telling: Telling) -> None:
        """Listen to a workspace for as long as this bridge lives."""
        telling.listen(self.hear)

    def hear(self, change: Change) -> None:
        """Take a change from whatever thread committed it."""
        self._heard.emit(change)

    def _on_heard(self, change: Change) -> None:
        self.changed.emit(change)
