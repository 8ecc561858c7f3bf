"""What joins the window's panes: the desk shows, every pane follows, and what panes tell becomes a deed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QObject

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.proof import shortfall
from desktop.domain.status import Status
from ui.actions import Needs
from ui.desk import IN_OUTBOX, WITHDRAWAL_IN_OUTBOX
from ui.edit_menu import EditMenu
from ui.floor import CHECKS, CONSENT, HISTORY, PREVIEW
from ui.quoted import marked_words
from ui.shifts import Shifts
from ui.words import tr

if TYPE_CHECKING:
    from desktop.domain.revision import Revision
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks
    from ui.window import Window

_LIVE: Final = frozenset({Status.LIVE, Status.LIVE_EDITED})


class Joints(QObject):
    """Joins the panes of a window once a workspace is open. `unsent` counts what waits and what was refused."""

    def __init__(self, window: "Window", workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._changes = changes
        self._tasks = tasks
        self.unsent = (0, 0)
        self._edit_menu = EditMenu(window)
        self._join_actions()
        self._join_desk()
        self._join_panes()
        window.shifts = Shifts(window, workspace, changes)

    def begin(self) -> None:
        """Show the coverage worked on last, and let the panes be made that take longer."""
        self._window.desk.open_last()
        for late in (self._window.editor, self._window.preview, self._window.consent):
            late.allow(self._tasks)

    def end(self) -> None:
        """Let the panes read nothing any more: the workspace is about to be closed."""
        for pane in (self._window.timeline, self._window.outbox, self._window.summary):
            pane.detach()

    def dress(self) -> None:
        """Say anew what is shown in colours."""
        self._window.summary.dress()
        self._window.outbox.dress()
        self._window.history.words.dress()
        self._on_endpoint(self._window.desk.endpoint)

    def _join_actions(self) -> None:
        desk = self._window.desk
        for action_id, deed in {
            "new_entry": desk.new_entry,
            "mark_ready": desk.mark_ready,
            "return_to_draft": desk.return_to_draft,
            "toggle_key_moment": desk.toggle_key_moment,
            "toggle_pin": desk.toggle_pin,
            "duplicate_entry": desk.duplicate_entry,
            "bin_entry": desk.bin_entry,
            "point_from_entry": self._on_point_from_entry,
            "retry_failed": desk.retry_failed,
            "start_clock": desk.start_clock,
            "publish": self._on_publish,
            "find": self._window.timeline.words.setFocus,
            "show_preview": self._on_show_preview,
            "show_consent": self._on_show_consent,
            "show_history": self._on_show_history,
            "show_checks": self._on_show_checks,
        }.items():
            self._window.deeds.connect_to(action_id, deed)

    def _join_desk(self) -> None:
        window, desk = self._window, self._window.desk
        desk.attach(self._workspace, self._changes)
        desk.coverage_shown.connect(self._on_coverage)
        desk.entry_shown.connect(self._on_entry)
        desk.endpoint_shown.connect(self._on_endpoint)
        desk.done.connect(window.status.whisper.say)
        window.sheets.told.connect(window.status.whisper.say)
        window.air_bar.endpoint_chosen.connect(window.sheets.choose_endpoint)
        self._changes.changed.connect(self._on_changed)
        self._tasks.failed.connect(window.show_error)

    def _join_panes(self) -> None:
        window, desk = self._window, self._window.desk
        for source in (desk, window.timeline, window.summary, window.history):
            source.problem_raised.connect(window.show_error)
        window.timeline.entry_chosen.connect(desk.choose_entry)
        window.palette_field.entry_chosen.connect(self._on_found)
        window.summary.publish_confirmed.connect(desk.publish_summary)
        window.summary.entry_chosen.connect(desk.choose_entry)
        window.outbox.retry_requested.connect(desk.retry)
        window.outbox.entry_chosen.connect(desk.choose_entry)
        window.outbox.discard_requested.connect(window.sheets.ask_discard)
        window.outbox.counted.connect(self._on_counted)
        window.status.outbox_pressed.connect(window.sheets.show_receipts)
        window.history.flush_requested.connect(desk.flush_requested)
        window.history.restore_requested.connect(self._on_restore_requested)
        window.history.retime_requested.connect(window.sheets.ask_time)
        window.checks.counted.connect(self._on_checked)
        window.checks.block_chosen.connect(self._on_block)
        window.editor.made.connect(self._on_editor)
        window.preview.made.connect(self._on_viewer)
        window.consent.made.connect(self._on_viewer)
        window.consent.made.connect(self._on_board)
        window.palette_field.attach(self._workspace, self._tasks)
        for with_tasks in (window.timeline, window.summary, window.checks):
            with_tasks.attach(self._workspace, self._changes, self._tasks)
        for pane in (window.history, window.outbox):
            pane.attach(self._workspace, self._changes)

    # What is shown

    def _viewers(self) -> list[Any]:
        window = self._window
        return [late.pane for late in (window.preview, window.consent) if late.pane is not None]

    def _on_coverage(self, coverage: Coverage | None) -> None:
        window, desk = self._window, self._window.desk
        zone = moment.zone(coverage.zone if coverage else "UTC")
        window.floor.setCurrentWidget(window.floor.split if coverage else window.welcome)
        window.status.set_zone(zone)
        window.history.set_zone(zone)
        window.summary.show_coverage(coverage)
        window.timeline.show_coverage(desk.coverage_id, desk.endpoint_id)
        for viewer in self._viewers():
            viewer.show_coverage(desk.coverage_id)
        if coverage is not None and not window.floor.split.isAncestorOf(window.focusWidget()):
            window.timeline.take_keys()
        self._show_title()
        self._show_line()
        self._enable()

    def _on_entry(self, entry_id: UUID | None) -> None:
        window = self._window
        for pane in (window.summary, window.history, window.checks, *self._viewers()):
            pane.show_entry(entry_id)
        window.timeline.choose(entry_id)
        if window.editor.pane is not None:
            window.editor.pane.show_entry(entry_id, window.desk.endpoint_id)
        self._enable()

    def _on_endpoint(self, endpoint: Endpoint | None) -> None:
        window, desk = self._window, self._window.desk
        window.show_air(endpoint, self._workspace.endpoints(), is_on_air=desk.is_on_air)
        window.summary.show_endpoint(endpoint)
        window.history.show_endpoint(desk.endpoint_id)
        self._say_mark()
        window.timeline.show_coverage(desk.coverage_id, desk.endpoint_id)
        if window.editor.pane is not None:
            window.editor.pane.show_entry(desk.entry_id, desk.endpoint_id)
        self._show_title()
        self._show_line()
        self._enable()

    def _on_found(self, coverage_id: UUID, entry_id: UUID) -> None:
        if coverage_id != self._window.desk.coverage_id:
            self._window.desk.open_coverage(coverage_id)
        self._window.desk.choose_entry(entry_id)

    def _on_changed(self, change: Change) -> None:
        desk = self._window.desk
        if change.kind is ChangeKind.COVERAGES and not desk.is_coverage_here():
            desk.open_last()
        elif change.kind is ChangeKind.ENDPOINTS:
            self._on_endpoint(desk.endpoint)
        elif change.kind is ChangeKind.UNPROVED and change.coverage_id is not None:
            said = shortfall(self._workspace.proof_standing(change.coverage_id))
            self._window.notices.tell(
                tr("{shortfall} It is on its way to readers all the same.").format(shortfall=said)
            )
        elif change.kind is ChangeKind.OUTBOX:
            self._show_line()
        elif change.kind is ChangeKind.COVERAGE:
            self._show_title()
        self._enable()

    def _on_counted(self, waiting: int, failed: int) -> None:
        self.unsent = (waiting, failed)
        self._show_line()
        if not waiting:
            self._window.status.whisper.unsay(IN_OUTBOX, WITHDRAWAL_IN_OUTBOX)

    def _on_checked(self, blocking: int, found: int) -> None:
        tabs = self._window.floor.tabs
        tabs.setTabText(CHECKS, tr("Checks ({found})").format(found=found) if found else tr("Checks"))
        tabs.setTabToolTip(
            CHECKS,
            tr("{blocking} to fix, {blocking2} to look at").format(blocking=blocking, blocking2=found - blocking),
        )

    def _show_line(self) -> None:
        endpoint = self._window.desk.endpoint
        receipts = self._workspace.receipts(endpoint_id=endpoint.id, limit=1) if endpoint else ()
        last = receipts[0] if receipts else None
        self._window.status.show_line(endpoint.name if endpoint else "", last, *self.unsent)
        self._say_connected()

    def _say_connected(self) -> None:
        """Let the publish buttons say that they queue, while what was tried last has no answer."""
        window, endpoint_id = self._window, self._window.desk.endpoint_id
        is_connected = endpoint_id is None or not self._workspace.is_unanswered(endpoint_id)
        window.summary.set_connected(is_connected)
        if window.editor.pane is not None:
            window.editor.pane.set_connected(is_connected)

    def _say_mark(self) -> None:
        """Show the page in the preview as the endpoint would: with the rehearsal's banner unless on air."""
        if self._window.preview.pane is not None:
            self._window.preview.pane.set_mark("" if self._window.desk.is_on_air else "rehearsal")

    def _show_title(self) -> None:
        coverage, air = self._window.desk.coverage, self._window.air_bar.air
        self._window.show_title(air.word, air.host, coverage.headline if coverage else "")

    def _enable(self) -> None:
        desk = self._window.desk
        there = {Needs.NOTHING, Needs.WORKSPACE}
        if desk.coverage is not None:
            there.add(Needs.COVERAGE)
        if desk.entry_id is not None:
            there.add(Needs.ENTRY)
        if desk.status in _LIVE:
            there.add(Needs.LIVE_ENTRY)
        self._window.deeds.enable(there)

    # Panes that come later

    def _on_editor(self, pane: Any) -> None:
        window, desk = self._window, self._window.desk
        pane.attach(self._workspace, self._changes, self._tasks)
        desk.flush_requested.connect(pane.flush)
        pane.publish_requested.connect(self._on_publish_requested)
        pane.ready_requested.connect(self._on_ready_requested)
        pane.saved.connect(self._on_saved)
        pane.problem_raised.connect(window.show_error)
        pane.told.connect(window.status.whisper.say)
        pane.show_entry(desk.entry_id, desk.endpoint_id)
        self._say_connected()

    def _on_board(self, pane: Any) -> None:
        pane.board_opened.connect(self.dress)

    def _on_viewer(self, pane: Any) -> None:
        self._say_mark()
        pane.attach(self._workspace, self._changes, self._tasks)
        pane.show_coverage(self._window.desk.coverage_id)
        pane.show_entry(self._window.desk.entry_id)

    def _on_publish(self) -> None:
        """Arm the editor's button, which checks first; a second press there sends."""
        if self._window.editor.pane is not None:
            self._window.editor.pane.press_publish()

    def _on_point_from_entry(self) -> None:
        """Make a bullet of what is marked in the entry shown, of its headline when nothing is."""
        desk = self._window.desk
        desk.flush_requested.emit()
        if desk.entry_id is not None:
            words = marked_words(self._window.focusWidget()) or self._workspace.entry(desk.entry_id).headline
            self._window.summary.add_from(words)

    def _on_publish_requested(self, entry_id: UUID) -> None:
        if entry_id == self._window.desk.entry_id:
            self._window.desk.publish_entry()

    def _on_ready_requested(self, entry_id: UUID) -> None:
        if entry_id == self._window.desk.entry_id:
            self._window.desk.mark_ready()

    def _on_restore_requested(self, version: "Revision") -> None:
        """Bring a version back as a step of the editor, where that shows the entry; the present one is kept."""
        entry_id, editor = version.entry.id, self._window.editor.pane
        name = tr("Bring back version {number}").format(number=version.number)
        if self._window.desk.attempt(lambda: self._workspace.keep_version(entry_id)) is None:
            return
        if editor is None or not editor.bring_back(version.entry, name):
            self._window.desk.attempt(lambda: self._workspace.restore_revision(entry_id, version.number))

    def _on_saved(self, at: datetime) -> None:
        self._window.status.show_saved(at)

    def _on_block(self, block: int | None) -> None:
        editor = self._window.editor.pane
        if editor is None:
            return
        if block is None:
            editor.focus_text()
        else:
            editor.go_to_block(block)

    def _on_show_preview(self) -> None:
        self._window.floor.tabs.setCurrentIndex(PREVIEW)

    def _on_show_consent(self) -> None:
        self._window.floor.tabs.setCurrentIndex(CONSENT)

    def _on_show_history(self) -> None:
        self._window.floor.tabs.setCurrentIndex(HISTORY)

    def _on_show_checks(self) -> None:
        self._window.floor.tabs.setCurrentIndex(CHECKS)
