"""The one bridge by which committed changes reach the screen."""

from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from desktop.domain.change import Change, ChangeKind, Listener

# Between two tellings the screen has time to paint and to take keys: a burst is told a few times, not once a row.
_BREATH: Final = 40  # milliseconds


class Telling(Protocol):
    """Whatever tells changes: the Workspace."""

    def listen(self, method: Listener, /) -> None:
        """Tell every later change to a bound method, held weakly."""


class ChangeBridge(QObject):
    """Hears changes on any thread and emits `changed(Change)` on the GUI thread.

    The first one after a quiet moment is told at once. What follows within 40 ms of the last telling is gathered:
    changes of one kind and coverage become one, in the order the first of each was heard. See `merged`.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gathered: dict[tuple[ChangeKind, UUID | None], Change] = {}
        self._since = QElapsedTimer()
        self._telling = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._telling.timeout.connect(self._on_telling)
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self._is_closed = False

    def attach(self, telling: Telling) -> None:
        """Listen to a workspace for as long as this bridge lives."""
        telling.listen(self.hear)

    def hear(self, change: Change) -> None:
        """Take a change from whatever thread committed it."""
        self._heard.emit(change)

    def close(self) -> None:
        """Tell nothing any more: whoever would read what changed may no longer be able to."""
        self._is_closed = True
        self._telling.stop()
        self._gathered.clear()

    def _on_heard(self, change: Change) -> None:
        if self._is_closed:
            return
        key = (change.kind, change.coverage_id)
        before = self._gathered.get(key)
        self._gathered[key] = change if before is None else merged(before, change)
        if not self._telling.isActive():
            passed = self._since.elapsed() if self._since.isValid() else _BREATH
            self._telling.start(max(0, _BREATH - passed))

    def _on_telling(self) -> None:
        gathered, self._gathered = self._gathered, {}
        for change in gathered.values():
            self.changed.emit(change)
        self._since.start()


def merged(one: Change, other: Change) -> Change:
    """Return both changes, of one kind and coverage, as one: every entry once, an initiator only if both have it."""
    entry_ids = tuple(dict.fromkeys((*one.entry_ids, *other.entry_ids)))
    return Change(one.kind, one.coverage_id, entry_ids, one.by if one.by is other.by else None)
