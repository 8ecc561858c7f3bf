"""Looks, once the desk has come to rest, whether every figure of the summary stands in an entry."""

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.checks.findings import Finding
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

# Every entry is read for it: a burst of changes is looked at once, when it is over.
_REST: Final = 700  # milliseconds


class Figures(QObject):
    """Looks in a thread, one look at a time. `found(sentences)` tells what no entry supports."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._coverage_id: UUID | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._look)
        self._is_looking = False

    def attach(self, workspace: "Workspace", tasks: "Tasks") -> None:
        """Look into a workspace from now on."""
        self._workspace, self._tasks = workspace, tasks

    def detach(self) -> None:
        """Look no more."""
        self._workspace = None
        self._rest.stop()

    def look_at(self, coverage_id: UUID | None) -> None:
        """Look at a coverage's summary soon; None takes back what was found."""
        if coverage_id != self._coverage_id:
            self._coverage_id = coverage_id
            self.found.emit(())
        if coverage_id is not None:
            self._rest.start()

    def _look(self) -> None:
        if self._workspace is None or self._tasks is None or self._coverage_id is None:
            return
        if self._is_looking:
            self._rest.start()
            return
        self._is_looking = True
        look = partial(_found_for, self._workspace, self._coverage_id)
        self._tasks.run_in_thread(look, done=self._on_found).add_done_callback(self._on_looked)

    def _on_looked(self, _: object) -> None:
        self._is_looking = False

    def _on_found(self, found: "tuple[UUID, tuple[Finding, ...]]") -> None:
        coverage_id, findings = found
        if coverage_id == self._coverage_id:
            self.found.emit(tuple(finding.sentence for finding in findings))


def _found_for(workspace: "Workspace", coverage_id: UUID) -> "tuple[UUID, tuple[Finding, ...]]":
    """Say also which coverage was looked at: another may be shown when the answer comes."""
    return coverage_id, workspace.summary_findings(coverage_id)
