"""The bullets of the coverage shown, as they are kept: what they rest on, what readers have, and the last change."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.problem import Problem
from desktop.domain.summary import Grounds, LiveSummary, SummaryVersion

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge


class Points(QObject):
    """Every change is one call of the workspace. `changed()` tells other bullets, `grounds_changed()` other ground."""

    changed = Signal()
    grounds_changed = Signal()
    problem_raised = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._endpoint_id: UUID | None = None
        self._before: tuple[SummaryPoint, ...] | None = None
        self.coverage_id: UUID | None = None
        self.all: tuple[SummaryPoint, ...] = ()
        self.grounds: Grounds = {}
        self.live: LiveSummary | None = None

    def attach(self, workspace: "Workspace", changes: "ChangeBridge") -> None:
        """Read from a workspace from now on."""
        self._workspace = workspace
        changes.changed.connect(self._on_changed)

    def detach(self) -> None:
        """Read nothing any more."""
        self._workspace = None

    @property
    def is_open(self) -> bool:
        """Tell whether there is a page whose bullets can be changed."""
        return self._workspace is not None and self.coverage_id is not None

    @property
    def can_take_back(self) -> bool:
        """Tell whether there is a last change."""
        return self._before is not None

    def show_coverage(self, coverage: Coverage | None) -> None:
        """Hold another coverage's bullets."""
        self.coverage_id = coverage.id if coverage else None
        self._before = None
        self._hold(coverage.summary if coverage else ())

    def show_endpoint(self, endpoint_id: UUID | None) -> None:
        """Compare with what readers of an endpoint have."""
        self._endpoint_id = endpoint_id
        self._look_at_readers()
        self.grounds_changed.emit()

    def save(self, points: Sequence[SummaryPoint]) -> None:
        """Keep other bullets, or the same in another order."""
        workspace, coverage_id, before = self._workspace, self.coverage_id, self.all
        if workspace is not None and coverage_id is not None and tuple(points) != before:
            self._attempt(lambda: workspace.save_summary(coverage_id, points, by=self), before)

    def confirm(self, point: SummaryPoint) -> None:
        """Say that a bullet is still true."""
        workspace, coverage_id = self._workspace, self.coverage_id
        if workspace is not None and coverage_id is not None:
            self._attempt(lambda: workspace.confirm_point(coverage_id, point.id, by=self), self._before)

    def restore(self, number: int) -> None:
        """Bring a kept version back."""
        workspace, coverage_id, before = self._workspace, self.coverage_id, self.all
        if workspace is not None and coverage_id is not None:
            self._attempt(lambda: workspace.restore_summary(coverage_id, number, by=self), before)

    def take_back(self) -> None:
        """Take back the last change; done again, do it again."""
        if self._before is not None:
            self.save(self._before)

    def versions(self) -> tuple[SummaryVersion, ...]:
        """Read the kept versions, newest first."""
        if self._workspace is None or self.coverage_id is None:
            return ()
        return self._workspace.summary_versions(self.coverage_id)

    def _attempt(self, deed: Callable[[], None], before: tuple[SummaryPoint, ...] | None) -> None:
        try:
            deed()
        except Problem as problem:
            self.problem_raised.emit(problem)
            return
        self._before = before
        self._read()

    def _read(self) -> None:
        if self._workspace is not None and self.coverage_id is not None:
            self._hold(self._workspace.coverage(self.coverage_id).summary)

    def _hold(self, points: tuple[SummaryPoint, ...]) -> None:
        self.all = points
        self.grounds = self._workspace.grounds(points) if self._workspace is not None else {}
        self._look_at_readers()
        self.changed.emit()

    def _look_at_readers(self) -> None:
        if self._workspace is None or self.coverage_id is None or self._endpoint_id is None:
            self.live = None
        else:
            self.live = self._workspace.live_summary(self.coverage_id, self._endpoint_id)

    def _on_changed(self, change: Change) -> None:
        if self._workspace is None or self.coverage_id is None or change.coverage_id != self.coverage_id:
            return
        match change.kind:
            case ChangeKind.COVERAGE if change.by is not self:
                self._on_coverage(self._workspace)
            case ChangeKind.ENTRIES if {each for point in self.all for each in point.rests_on} & {*change.entry_ids}:
                self.grounds = self._workspace.grounds(self.all)
                self.grounds_changed.emit()
            case ChangeKind.OUTBOX:
                self._look_at_readers()
                self.grounds_changed.emit()
            case _:
                pass

    def _on_coverage(self, workspace: "Workspace") -> None:
        points = workspace.coverage(self.coverage_id).summary if self.coverage_id else ()
        if points != self.all:
            self._before = None
            self._hold(points)
