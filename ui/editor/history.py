"""Undo as states: every step knows all of the entry before and after, and where the caret stood."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from ui.editor.rows import Caret
from ui.editor.state import State

Restore = Callable[[State, Caret], None]
Place = tuple[int, str]

MERGED_WITHIN: Final = 1000  # milliseconds between two keys that undo as one
_TYPING: Final = 1
_KEPT_ENTRIES: Final = 30
_KEPT_STEPS: Final = 1000


class Step(QUndoCommand):
    """One step from a state to another. `place` is where it was typed, None for a step of its own."""

    def __init__(
        self, restore: Restore, before: tuple[State, Caret], after: tuple[State, Caret], name: str, place: Place | None
    ) -> None:
        super().__init__(name)
        self.before = before
        self.after = after
        self.place = place
        self.clock = QElapsedTimer()
        self.clock.start()
        self._restore = restore
        self._is_done = False

    def redo(self) -> None:
        """Show the state after, but for the first time, when it is what was just typed."""
        if self._is_done:
            self._restore(*self.after)
        self._is_done = True

    def undo(self) -> None:
        """Show the state before."""
        self._restore(*self.before)

    def id(self) -> int:
        """Let typing merge, and nothing else."""
        return _TYPING if self.place is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in what was typed at the same place within a second."""
        if not isinstance(other, Step) or other.place != self.place or self.clock.elapsed() > MERGED_WITHIN:
            return False
        self.after = other.after
        self.clock.restart()
        self.setObsolete(self.after[0] == self.before[0])
        return True


class Histories(QObject):
    """One undo stack an entry, for the entries edited last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stacks: dict[UUID, QUndoStack] = {}
        self._ends: dict[UUID, State] = {}

    def take(self, entry_id: UUID, state: State) -> QUndoStack:
        """Return an entry's stack; one whose last state is not what the entry says now is emptied first."""
        stack = self._stacks.pop(entry_id, None) or QUndoStack(self)
        stack.setUndoLimit(_KEPT_STEPS) if not stack.count() else None
        if self._ends.pop(entry_id, state) != state:
            stack.clear()
        self._stacks[entry_id] = stack
        while len(self._stacks) > _KEPT_ENTRIES:
            oldest = next(iter(self._stacks))
            self._stacks.pop(oldest).deleteLater()
            self._ends.pop(oldest, None)
        return stack

    def leave(self, entry_id: UUID, state: State) -> None:
        """Remember how an entry stood when the editor went to another."""
        self._ends[entry_id] = state
