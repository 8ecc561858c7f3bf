"""Looks in a thread at what the workspace says of an entry, one look at a time, the newest wish last."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.checks.findings import Finding
from desktop.domain.entry import Entry
from desktop.domain.problem import Problem
from desktop.domain.timeline import TimelineRow

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Looked:
    """An entry as it is stored, its row at an endpoint, and what the checks find; `stamp` is from before the look."""

    stamp: int
    entry: Entry
    row: TimelineRow | None
    findings: tuple[Finding, ...]


class Lookout(QObject):
    """`looked(Looked)` tells what was seen, `failed(Problem)` what went wrong."""

    looked = Signal(object)
    failed = Signal(object)

    def __init__(self, stamp: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stamp = stamp
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._wanted: tuple[UUID, UUID | None] | None = None
        self.is_looking = False

    def attach(self, workspace: "Workspace", tasks: "Tasks") -> None:
        """Look into a workspace."""
        self._workspace, self._tasks = workspace, tasks

    def look(self, entry_id: UUID, endpoint_id: UUID | None) -> None:
        """Look at an entry, right after the look that is under way."""
        self._wanted = (entry_id, endpoint_id)
        if not self.is_looking and self._tasks is not None:
            self.is_looking = True
            self._tasks.start(self._look(self._tasks), "Look over the entry")

    async def _look(self, tasks: "Tasks") -> None:
        try:
            while self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                await self._look_at(tasks, *wanted)
        finally:
            self.is_looking = False

    async def _look_at(self, tasks: "Tasks", entry_id: UUID, endpoint_id: UUID | None) -> None:
        try:
            looked = await tasks.in_thread(self._read, entry_id, endpoint_id)
        except Problem as problem:
            self.failed.emit(problem)
            return
        if looked is not None:
            self.looked.emit(looked)

    def _read(self, entry_id: UUID, endpoint_id: UUID | None) -> Looked | None:
        workspace = self._workspace
        if workspace is None:
            return None
        stamp = self._stamp()
        row = workspace.timeline_row(entry_id, endpoint_id)
        return Looked(stamp, workspace.entry(entry_id), row, workspace.findings(entry_id))
