"""What the producer is working on, and every deed that is no pane's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.change import Change, ChangeKind
from desktop.domain.clock import ClockState, ClockTurn, state
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.outbox import OperationState
from desktop.domain.problem import Problem
from desktop.domain.status import Status
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.domain.coverage import Coverage
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge

Result = TypeVar("Result")

IN_OUTBOX: Final = "In the outbox."
WITHDRAWAL_IN_OUTBOX: Final = "The withdrawal is in the outbox."
_LAST_COVERAGE: Final = "last_coverage"
_LOOKED_THROUGH: Final = 20  # rows among which one that says something is looked for


class Desk(QObject):
    """One coverage, one entry, one endpoint at a time. Every deed is one call of the workspace.

    A Problem is told by `problem_raised`; nothing else happens then. `flush_requested` asks whoever holds typed
    words to save them before a deed reads the entry.
    """

    coverage_shown = Signal(object)
    entry_shown = Signal(object)
    endpoint_shown = Signal(object)
    problem_raised = Signal(object)
    done = Signal(str)
    flush_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self.coverage: Coverage | None = None
        self.entry_id: UUID | None = None
        self.endpoint: Endpoint | None = None
        self.is_on_air = False

    @property
    def workspace(self) -> "Workspace":
        """The open workspace; asking before it is open is a mistake of ours."""
        if self._workspace is None:
            message = "The workspace is not open yet."
            raise RuntimeError(message)
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Tell whether the workspace is open."""
        return self._workspace is not None

    @property
    def coverage_id(self) -> UUID | None:
        """The coverage shown, None when none is."""
        return self.coverage.id if self.coverage else None

    @property
    def endpoint_id(self) -> UUID | None:
        """The endpoint statuses are shown for, None before there is one."""
        return self.endpoint.id if self.endpoint else None

    @property
    def status(self) -> Status | None:
        """What readers have of the entry shown, None when none is."""
        if self.entry_id is None or not self.is_open:
            return None
        row = self.workspace.timeline_row(self.entry_id, self.endpoint_id)
        return row.status if row else None

    def attach(self, workspace: "Workspace", changes: "ChangeBridge") -> None:
        """Work in a workspace from now on."""
        self._workspace = workspace
        changes.changed.connect(self._on_changed)

    def attempt(self, deed: Callable[[], Result]) -> Result | None:
        """Do something that may be refused: a Problem is told, and None returned."""
        try:
            return deed()
        except Problem as problem:
            self.problem_raised.emit(problem)
            return None

    # What is shown

    def open_coverage(self, coverage_id: UUID | None) -> None:
        """Show a coverage and its newest entry that says something, and remember it; None shows none.

        One that is shown already stays as it is: what the producer has chosen meanwhile is not taken away.
        """
        if coverage_id is not None and coverage_id == self.coverage_id and self.is_coverage_here():
            return
        self.flush_requested.emit()
        self.choose_entry(None)
        self.coverage = self.attempt(lambda: self.workspace.coverage(coverage_id)) if coverage_id is not None else None
        if self.coverage is not None:
            self.workspace.save_setting(_LAST_COVERAGE, str(self.coverage.id))
        self._choose_remembered_endpoint()
        self.coverage_shown.emit(self.coverage)
        self.choose_entry(self._newest_written())

    def _newest_written(self) -> UUID | None:
        from desktop.domain.entry import is_empty  # noqa: PLC0415 - after the first paint

        if self.coverage is None:
            return None
        rows = self.workspace.timeline(self.coverage.id, self.endpoint_id, limit=_LOOKED_THROUGH)
        said = (row.id for row in rows if row.headline.strip() or not is_empty(self.workspace.entry(row.id)))
        return next(said, None)

    def open_last(self) -> None:
        """Show the coverage worked on last, the newest when that is gone, none when there is none."""
        rows = self.workspace.coverages()
        last = self.workspace.setting(_LAST_COVERAGE)
        wanted = next((row.id for row in rows if str(row.id) == last), rows[0].id if rows else None)
        self.open_coverage(wanted)

    def is_coverage_here(self) -> bool:
        """Tell whether the coverage shown, if any, still exists."""
        return self.coverage is not None and any(row.id == self.coverage.id for row in self.workspace.coverages())

    def choose_entry(self, entry_id: UUID | None) -> None:
        """Show an entry, None for none."""
        if entry_id != self.entry_id:
            self.flush_requested.emit()
            self.entry_id = entry_id
            self.entry_shown.emit(entry_id)

    def choose_endpoint(self, endpoint: Endpoint | None, *, on_air: bool = False) -> None:
        """Work towards an endpoint; `on_air` is the producer's word that it may reach readers, and never kept."""
        self.endpoint = endpoint
        self.is_on_air = on_air and endpoint is not None and endpoint.environment is Environment.PRODUCTION
        if endpoint is not None and self.coverage is not None:
            self.workspace.save_setting(f"endpoint:{self.coverage.id}", str(endpoint.id))
        self.endpoint_shown.emit(endpoint)

    def _choose_remembered_endpoint(self) -> None:
        """A rehearsal or test endpoint that was used last; going on air is never remembered."""
        safe = [each for each in self.workspace.endpoints() if each.environment is not Environment.PRODUCTION]
        last = self.workspace.setting(f"endpoint:{self.coverage_id}") if self.coverage else ""
        safe.sort(key=lambda each: each.environment is not Environment.REHEARSAL)
        self.choose_endpoint(next((each for each in safe if str(each.id) == last), safe[0] if safe else None))

    # Entries

    def new_entry(self) -> None:
        """Start an entry and show it."""
        if (coverage_id := self.coverage_id) is not None:
            self.flush_requested.emit()
            entry = self.attempt(lambda: self.workspace.new_entry(coverage_id))
            if entry is not None:
                self.choose_entry(entry.id)

    def mark_ready(self) -> None:
        """Mark the entry shown as ready."""
        self._with_entry(self.workspace.mark_ready, tr("Marked ready."))

    def return_to_draft(self) -> None:
        """Take the entry shown back to the desk."""
        self._with_entry(self.workspace.return_to_draft, tr("Returned to draft."))

    def toggle_key_moment(self) -> None:
        """Mark the entry shown as a key moment, or take the mark off."""
        self._with_entry(self._toggle_key_moment, tr("Key moment changed."))

    def _toggle_key_moment(self, entry_id: UUID) -> datetime:
        entry = self.workspace.entry(entry_id)
        return self.workspace.save_draft(replace(entry, is_key_moment=not entry.is_key_moment))

    def toggle_pin(self) -> None:
        """Pin the entry shown, or let it go."""
        self._with_entry(self._toggle_pin, tr("Pin changed."))

    def _toggle_pin(self, entry_id: UUID) -> None:
        coverage = self.workspace.coverage(self.workspace.entry(entry_id).coverage_id)
        self.workspace.pin(coverage.id, None if coverage.pinned == entry_id else entry_id)

    def retime_entry(self, entry_id: UUID, at: datetime) -> None:
        """Give an entry another time, that readers see; raises the Problem of a refused one."""
        self.flush_requested.emit()
        self.workspace.save_draft(replace(self.workspace.entry(entry_id), at=at))
        self.done.emit(tr("The entry has another time."))

    def duplicate_entry(self) -> None:
        """Start a draft that says what the entry shown says, and show it."""
        if (entry_id := self.entry_id) is not None:
            self.flush_requested.emit()
            copy = self.attempt(lambda: self.workspace.duplicate_entry(entry_id))
            if copy is not None:
                self.choose_entry(copy.id)
                self.done.emit(tr("Duplicated as a draft."))

    def bin_entry(self) -> None:
        """Move the entry shown to the bin, and show the newest that is left."""
        entry_id = self.entry_id
        if entry_id is not None and self._with_entry(self.workspace.bin_entry, tr("Moved to the bin.")):
            self.choose_entry(self._newest_written())

    def restore_entry(self, entry_id: UUID) -> None:
        """Bring an entry back from the bin, and show it."""
        if self.attempt(lambda: self.workspace.restore_entry(entry_id)) is not None:
            self.choose_entry(entry_id)
            self.done.emit(tr("Brought back from the bin."))

    # Publishing

    def publish_entry(self) -> None:
        """Put the entry shown into the outbox for the endpoint shown."""
        coverage_id = self.coverage_id
        if coverage_id is None or (endpoint_id := self._endpoint_or_tell()) is None:
            return

        def publish(entry_id: UUID) -> object:
            return self.workspace.publish(coverage_id, (entry_id,), endpoint_id, on_air=self.is_on_air)

        self._with_entry(publish, IN_OUTBOX)

    def publish_summary(self) -> None:
        """Put the summary into the outbox for the endpoint shown."""
        coverage_id = self.coverage_id
        if coverage_id is None or (endpoint_id := self._endpoint_or_tell()) is None:
            return
        sent = self.attempt(lambda: self.workspace.publish_summary(coverage_id, endpoint_id, on_air=self.is_on_air))
        if sent is not None:
            self.done.emit(IN_OUTBOX if sent else tr("Readers have this summary already."))

    def withdraw(self, entry_id: UUID, reason: str) -> None:
        """Take an entry back from readers of the endpoint shown; raises the Problem of a refused one."""
        self.flush_requested.emit()
        if (endpoint_id := self._endpoint_or_tell()) is not None:
            self.workspace.withdraw(entry_id, reason, endpoint_id, on_air=self.is_on_air)
            self.done.emit(WITHDRAWAL_IN_OUTBOX)

    def correct(self, entry_id: UUID, text: str) -> None:
        """Tell readers of the endpoint shown what was wrong in an entry; raises InvalidValue for no words.

        The correction stands on the desk even where the entry may not be published as it is: that is told.
        """
        self.flush_requested.emit()
        if (endpoint_id := self._endpoint_or_tell()) is None:
            return
        entry = self.workspace.correct(entry_id, text)
        sent = self.attempt(
            lambda: self.workspace.publish(entry.coverage_id, (entry_id,), endpoint_id, on_air=self.is_on_air)
        )
        if sent is not None:
            self.done.emit(IN_OUTBOX)

    def retry(self, operation_id: UUID) -> None:
        """Send one refused item again."""
        self.attempt(lambda: self._retry(operation_id))

    def _retry(self, operation_id: UUID) -> None:
        operation = self.workspace.operation(operation_id)
        # Going on air is the producer's word for one endpoint, and for no other that something waits for.
        on_air = self.is_on_air and self.endpoint is not None and self.endpoint.id == operation.endpoint_id
        self.workspace.retry(operation_id, on_air=on_air)

    def discard(self, operation_id: UUID) -> None:
        """Drop one item of the outbox."""
        self.attempt(lambda: self.workspace.discard(operation_id))

    def retry_failed(self) -> None:
        """Send every refused item of this coverage again."""
        for operation in self.workspace.operations(coverage_id=self.coverage_id, states={OperationState.REFUSED}):
            self.retry(operation.id)

    def _endpoint_or_tell(self) -> UUID | None:
        if self.endpoint is None:
            problem = Problem("There is nowhere to publish to yet.", next_action=tr("Add an endpoint in the settings."))
            self.problem_raised.emit(problem)
            return None
        return self.endpoint.id

    # The coverage clock

    def start_clock(self) -> None:
        """Start coverage, or resume it."""
        if self.coverage is not None:
            is_first = state(self.coverage.clock) is ClockState.PLANNED
            self._turn(ClockTurn.STARTED if is_first else ClockTurn.RESUMED)

    def end_clock(self) -> None:
        """End coverage."""
        self._turn(ClockTurn.ENDED)

    def pause_clock(self, until: datetime | None, message: str) -> None:
        """Pause coverage; raises the Problem of a turn that cannot follow."""
        if (coverage_id := self.coverage_id) is not None:
            self.workspace.turn_clock(coverage_id, ClockTurn.PAUSED, until=until, message=message)

    def _turn(self, turn: ClockTurn) -> None:
        if (coverage_id := self.coverage_id) is not None:
            self.attempt(lambda: self.workspace.turn_clock(coverage_id, turn))

    def _with_entry(self, deed: Callable[[UUID], object], told: str) -> bool:
        """Do something to the entry shown; tell what came of it."""
        if (entry_id := self.entry_id) is None:
            return False
        self.flush_requested.emit()
        try:
            deed(entry_id)
        except Problem as problem:
            self.problem_raised.emit(problem)
            return False
        self.done.emit(told)
        return True

    def _on_changed(self, change: Change) -> None:
        if change.kind is ChangeKind.COVERAGE and change.coverage_id == self.coverage_id and self.coverage:
            self.coverage = self.workspace.coverage(self.coverage.id)
        elif change.kind is ChangeKind.ENDPOINTS:
            self._look_at_endpoints()

    def _look_at_endpoints(self) -> None:
        """An endpoint that changed is shown as it is now; one that went gives way to the next."""
        present = {each.id: each for each in self.workspace.endpoints()}
        if self.endpoint is None or self.endpoint.id not in present:
            self._choose_remembered_endpoint()
        elif present[self.endpoint.id] != self.endpoint:
            self.choose_endpoint(present[self.endpoint.id])
