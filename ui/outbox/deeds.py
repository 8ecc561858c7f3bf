"""What the producer does in the outbox strip, and what the runner is told of what is being worked on."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain import moment
from desktop.domain.outbox import OperationState
from desktop.domain.problem import Problem
from desktop.publish.lookout import Watched
from ui.outbox.conflict import ConflictSheet
from ui.outbox.difference import DifferenceSheet
from ui.outbox.row import subject
from ui.words import tr

if TYPE_CHECKING:
    from desktop.publish.runner import Runner
    from ui.desk import Desk
    from ui.outbox.strip import OutboxStrip


class OutboxDeeds(QObject):
    """Joins the strip and the desk to the runner; lives as long as the window."""

    def __init__(self, desk: "Desk", strip: "OutboxStrip", runner: "Runner", window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._strip = strip
        self._runner = runner
        self._window = window
        strip.standing = runner.standing
        strip.retry_requested.connect(self._on_retry)
        strip.hold_requested.connect(self._on_hold)
        strip.first_requested.connect(self._on_first)
        strip.settle_requested.connect(self.settle)
        strip.release_requested.connect(self._on_release)
        strip.endpoint_requested.connect(self._on_endpoint)
        for shown in (desk.coverage_shown, desk.entry_shown, desk.endpoint_shown):
            shown.connect(self._watch)
        self._watch()

    def settle(self, operation_id: UUID) -> None:
        """Show what stands against an operation, and ask what readers are to have."""
        workspace = self._desk.workspace
        dispute = self._desk.attempt(lambda: workspace.dispute(operation_id))
        if dispute is None:
            return
        headline = dispute.mine.headline if dispute.mine else ""
        sheet = ConflictSheet(dispute, subject(dispute.operation.kind, headline), self._window)
        settle = partial(self._settle, sheet)
        sheet.theirs_chosen.connect(partial(settle, partial(workspace.keep_theirs, operation_id)))
        on_air = self._is_on_air(dispute.operation.endpoint_id)
        sheet.mine_chosen.connect(partial(settle, partial(workspace.put_on_top, operation_id, on_air=on_air)))
        sheet.merged.connect(
            lambda entry: settle(partial(workspace.merge, operation_id, entry, on_air=on_air)),
        )
        sheet.open()

    def toggle_pause(self) -> None:
        """Pause publishing to the endpoint shown, or let it go on."""
        if (endpoint_id := self._desk.endpoint_id) is not None:
            workspace = self._desk.workspace
            is_paused = workspace.is_paused(endpoint_id)
            self._desk.attempt(lambda: (workspace.resume if is_paused else workspace.pause)(endpoint_id))
            self._desk.done.emit(tr("Publishing goes on.") if is_paused else tr("Publishing is paused."))

    def take_theirs(self) -> None:
        """Bring what another desk published of the entry shown to this one."""
        entry_id, endpoint_id = self._desk.entry_id, self._desk.endpoint_id
        if entry_id is not None and endpoint_id is not None:
            self._desk.flush_requested.emit()
            try:
                self._desk.workspace.take_theirs(endpoint_id, entry_id)
            except Problem as problem:
                self._desk.problem_raised.emit(problem)
            else:
                self._desk.entry_shown.emit(entry_id)
                self._desk.done.emit(tr("Taken over; yours stays in the history."))

    def show_difference(self) -> None:
        """Compare what readers have with what publishing the entry shown, or the page, would send."""
        coverage, endpoint = self._desk.coverage, self._desk.endpoint
        if coverage is None or endpoint is None:
            return
        self._desk.flush_requested.emit()
        entries = [self._desk.entry_id] if self._desk.entry_id is not None else []
        found = self._desk.attempt(lambda: self._desk.workspace.difference(coverage.id, entries, endpoint.id))
        if found is not None:
            sheet = DifferenceSheet(found, endpoint.name, moment.zone(coverage.zone), self._window)
            sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            sheet.open()

    def _settle(self, sheet: ConflictSheet, act: Callable[[], object]) -> None:
        # What is typed belongs to this desk's version, which is kept before another takes its place.
        self._desk.flush_requested.emit()
        try:
            act()
        except Problem as problem:
            sheet.show_problem(problem)
        else:
            sheet.accept()

    def _on_retry(self, operation_id: UUID) -> None:
        self._runner.resume(self._desk.workspace.operation(operation_id).endpoint_id)

    def _on_hold(self, operation_id: UUID) -> None:
        self._desk.attempt(lambda: self._desk.workspace.hold(operation_id))

    def _on_first(self, operation_id: UUID) -> None:
        self._desk.attempt(lambda: self._desk.workspace.send_first(operation_id))

    def _on_release(self) -> None:
        for operation in self._desk.workspace.operations(states={OperationState.HELD}):
            self._desk.retry(operation.id)

    def _on_endpoint(self, endpoint_id: UUID) -> None:
        """Let an endpoint go on that was paused, or that stopped for a refused secret or a wrong server."""
        if self._desk.workspace.is_paused(endpoint_id):
            self._desk.attempt(lambda: self._desk.workspace.resume(endpoint_id))
        self._runner.resume(endpoint_id)

    def _is_on_air(self, endpoint_id: UUID) -> bool:
        return self._desk.is_on_air and self._desk.endpoint_id == endpoint_id

    def _watch(self, _shown: object = None) -> None:
        coverage_id, endpoint_id = self._desk.coverage_id, self._desk.endpoint_id
        if coverage_id is None or endpoint_id is None:
            self._runner.watch(None)
        else:
            self._runner.watch(Watched(endpoint_id, coverage_id, self._desk.entry_id))
