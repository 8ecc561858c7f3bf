"""Autosave: what is typed is on disk within a second, in order, and never at the cost of a key."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.entry import Entry
from desktop.domain.problem import Problem
from ui.editor.state import State, entry_of, state_of

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

PAUSE: Final = 400  # milliseconds after the last key
BEHIND: Final = 900  # milliseconds behind the first key that is not saved
RETRY: Final = 2000
KEPT_EVERY: Final = 600.0  # seconds of writing after which a version is kept


@dataclass(frozen=True, slots=True)
class _Draft:
    number: int
    entry_id: UUID
    state: State


class Autosave(QObject):
    """Saves states of entries in a thread, the newest last.

    `saved(datetime)` tells a save, `failed(Problem)` one that did not work; what is typed is kept and tried again.
    `overwrote(Entry)` hands over what somebody else had written meanwhile.
    """

    saved = Signal(object)
    failed = Signal(object)
    overwrote = Signal(object)

    def __init__(
        self, author: object, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._author = author
        self._clock = clock
        self._spells: dict[UUID, tuple[float, float]] = {}
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._pending: dict[UUID, _Draft] = {}
        self._last = 0
        self._written: dict[UUID, int] = {}
        self._is_saving = False
        self._base: dict[UUID, State] = {}
        self._stamp = 0
        self._lock = threading.Lock()
        self._pause = self._timer(PAUSE)
        self._behind = self._timer(BEHIND)
        self._retry = self._timer(RETRY)

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(self._save_soon)
        return timer

    def attach(self, workspace: "Workspace", tasks: "Tasks") -> None:
        """Save into a workspace."""
        self._workspace, self._tasks = workspace, tasks

    def know(self, entry_id: UUID, state: State) -> None:
        """Remember the state an entry was shown in: what is on disk then is no news."""
        self._base[entry_id] = state

    def is_news(self, entry: Entry) -> bool:
        """Tell whether an entry says something else than what was shown or written here last."""
        base = self._base.get(entry.id)
        return base is not None and entry_of(entry, base) != entry_of(entry, state_of(entry))

    def stamp(self) -> int:
        """Return a number that is another one after something was written; it is odd meanwhile."""
        return self._stamp

    def is_dirty(self) -> bool:
        """Tell whether something typed is not on disk yet."""
        return bool(self._pending)

    def put(self, entry_id: UUID, state: State) -> None:
        """Take what an entry says now, to be saved soon."""
        self._last += 1
        self._pending[entry_id] = _Draft(self._last, entry_id, state)
        self._pause.start()
        if not self._behind.isActive():
            self._behind.start()

    def flush(self) -> bool:
        """Save what is pending now, after whatever is being saved; False when it could not be saved."""
        self._stop()
        try:
            for draft in tuple(self._pending.values()):
                self._done(draft, self._write(draft))
        except Problem as problem:
            self._retry.start()
            self.failed.emit(problem)
        return not self._pending

    def _stop(self) -> None:
        for timer in (self._pause, self._behind, self._retry):
            timer.stop()

    def _save_soon(self) -> None:
        self._stop()
        if self._pending and not self._is_saving and self._tasks is not None:
            self._is_saving = True
            oldest = next(iter(self._pending.values()))
            self._tasks.start(self._save(self._tasks, oldest), "Save what is typed")

    async def _save(self, tasks: "Tasks", draft: _Draft) -> None:
        # Until it is known that the draft is on disk, it stays pending and is tried again, whatever went wrong.
        self._retry.start()
        try:
            at = await tasks.in_thread(self._write, draft)
        except Problem as problem:
            self.failed.emit(problem)
            return
        finally:
            self._is_saving = False
        self._retry.stop()
        self._done(draft, at)
        if self._pending and not self._pause.isActive() and not self._behind.isActive():
            self._save_soon()

    def _done(self, draft: _Draft, at: datetime | None) -> None:
        if self._pending.get(draft.entry_id) is draft:
            del self._pending[draft.entry_id]
        if at is not None:
            self.saved.emit(at)

    def _is_version_due(self, entry_id: UUID) -> bool:
        """Tell whether an entry has been written in for ten minutes since its last version; a long rest begins anew."""
        now = self._clock()
        began, last = self._spells.get(entry_id, (now, now))
        if now - last >= KEPT_EVERY:
            began = now
        is_due = now - began >= KEPT_EVERY
        self._spells[entry_id] = (now if is_due else began, now)
        return is_due

    def _write(self, draft: _Draft) -> datetime | None:
        """Write a draft unless a newer one is written; what else changed in the entry meanwhile stays."""
        workspace = self._workspace
        with self._lock:
            if workspace is None or draft.number <= self._written.get(draft.entry_id, 0):
                return None
            self._stamp += 1
            try:
                standing = workspace.entry(draft.entry_id)
                if self.is_news(standing):
                    self.overwrote.emit(standing)
                at = workspace.save_draft(entry_of(standing, draft.state), by=self._author)
                self._base[draft.entry_id] = draft.state
                self._written[draft.entry_id] = draft.number
                if self._is_version_due(draft.entry_id):
                    workspace.keep_version(draft.entry_id, by=self._author)
            finally:
                self._stamp += 1
            return at
