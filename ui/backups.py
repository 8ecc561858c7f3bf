"""Backups while the console is open: made in a thread whenever one is due, and told quietly."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain import moment

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.store.store import Store
    from ui.tasks import Tasks

# Opening has enough to do; and an hour is over at the latest five minutes after it is.
FIRST_LOOK: Final = 10_000  # milliseconds
_EVERY: Final = 300_000  # milliseconds


class Backups(QObject):
    """Keeps a store's backups. `made(at)` tells of each; one that fails is told by the tasks."""

    made = Signal(object)

    def __init__(self, store: "Store", tasks: "Tasks", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._looking = QTimer(self, interval=FIRST_LOOK)
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def look(self) -> None:
        """Make a backup if one is due, in a thread."""
        self._looking.setInterval(_EVERY)
        self._tasks.run_in_thread(self._back_up, done=self._on_done)

    def stop(self) -> None:
        """Make no more."""
        self._looking.stop()

    def _back_up(self) -> datetime | None:
        if not self._store.is_backup_due():
            return None
        self._store.backup()
        return moment.now()

    def _on_done(self, at: datetime | None) -> None:
        if at is not None:
            self.made.emit(at)
