"""The window: it places the panes and joins their signals, nothing else."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.status import Status
from ui.actions import ACTIONS, Actions, Menu, Needs
from ui.air import AirBar
from ui.desk import IN_OUTBOX, WITHDRAWAL_IN_OUTBOX, Desk
from ui.late import LatePane
from ui.notices import Notices
from ui.outbox.strip import OutboxStrip
from ui.palette import PaletteField
from ui.shared.label import Label
from ui.shared.plain_list import PlainList
from ui.status_bar import StatusBar
from ui.summary.pane import SummaryPane
from ui.theme import tokens
from ui.timeline.pane import TimelinePane

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.store.glance import Glance
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.checks.pane import ChecksPane
    from ui.coverages.welcome import Welcome
    from ui.history.pane import HistoryPane
    from ui.sheets import Sheets
    from ui.tasks import Tasks

NAME: Final = "Newsroom Console"
_TOOLS: Final = ("new_entry", "mark_ready", "withdraw", "add_point")
_PREVIEW, _CONSENT, _HISTORY, _CHECKS = range(4)
_LIVE: Final = frozenset({Status.LIVE, Status.LIVE_EDITED})


class Window(QMainWindow):
    """Everything of one desk. `first_painted` is told once; `close_requested` asks, and never closes by itself.

    `sheets`, `history`, `checks` and `welcome` are there from `attach` on: the first paint does not wait for them.
    """

    first_painted = Signal()
    close_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.deeds = Actions(self)
        self.desk = Desk(self)
        self.sheets: Sheets
        self.history: HistoryPane
        self.checks: ChecksPane
        self.welcome: Welcome
        self.air_bar = AirBar()
        self.palette_field = PaletteField(self.deeds, self)
        self.notices = Notices()
        self.timeline = TimelinePane(self.deeds)
        self.summary = SummaryPane(self.deeds)
        self.editor = LatePane("ui.editor.pane", "EditorPane", "", at_once=True)
        self.preview = LatePane("ui.preview.pane", "PreviewPane", "The preview opens in a moment.")
        self.consent = LatePane("ui.consent.pane", "ConsentPane", "The consent simulator opens in a moment.")
        self.outbox = OutboxStrip()
        self.status = StatusBar()
        self._workspace: Workspace | None = None
        self._changes: ChangeBridge | None = None
        self._tasks: Tasks | None = None
        self._unsent = (0, 0)
        self._is_painted = False
        self._may_close = False
        self._place()
        self._join()
        self._show_title()

    # Placing

    def _place(self) -> None:
        self._fill_menus()
        self.addToolBar(self._tool_bar())
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.timeline)
        left.addWidget(self.summary)
        left.setStretchFactor(0, 3)
        left.setStretchFactor(1, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Preview, consent, history and checks")
        for pane, name in (
            (self.preview, "Preview"),
            (self.consent, "Consent"),
            (QWidget(), "History"),
            (QWidget(), "Checks"),
        ):
            self.tabs.addTab(pane, name)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for part, stretch in ((left, 0), (self.editor, 1), (self.tabs, 0)):
            self.split.addWidget(part)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.left = left
        for splitter in (left, self.split):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.editor.setMinimumWidth(320)
        self.split.setSizes([320, 690, 430])
        left.setSizes([540, 230])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        column.addWidget(self.outbox)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self.resize(1440, 900)
        self.timeline.take_keys()

    def _fill_menus(self) -> None:
        bar = self.menuBar()
        for name in Menu:
            if name is Menu.NONE:
                continue
            menu = QMenu(str(name), bar)
            menu.setToolTipsVisible(True)
            for row in ACTIONS:
                if row.menu is name:
                    if row.starts_group:
                        menu.addSeparator()
                    menu.addAction(self.deeds[row.id])
            bar.addMenu(menu)
        self.addActions([self.deeds[row.id] for row in ACTIONS if not row.is_local])
        # The air bar stands right below the menus, above every other tool bar.
        air = QToolBar("Air")
        air.setObjectName("air")
        air.setMovable(False)
        air.setStyleSheet("QToolBar { padding: 0; border: none; }")
        air.toggleViewAction().setEnabled(False)
        self.air_bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        air.addWidget(self.air_bar)
        self.addToolBar(air)
        self.addToolBarBreak()

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar("Tools")
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.toggleViewAction().setEnabled(False)
        bar.setIconSize(QSize(tokens().icon, tokens().icon))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action_id in _TOOLS:
            bar.addAction(self.deeds[action_id])
            bar.widgetForAction(self.deeds[action_id]).setAccessibleName(self.deeds.row(action_id).name)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        self.palette_field.setMaximumWidth(420)
        self.palette_field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bar.addWidget(self.palette_field)
        return bar

    # Joining

    def _join(self) -> None:
        desk = self.desk
        for action_id, deed in {
            "new_entry": desk.new_entry,
            "mark_ready": desk.mark_ready,
            "return_to_draft": desk.return_to_draft,
            "toggle_key_moment": desk.toggle_key_moment,
            "toggle_pin": desk.toggle_pin,
            "bin_entry": desk.bin_entry,
            "restore_entry": desk.restore_entry,
            "publish_summary": desk.publish_summary,
            "retry_failed": desk.retry_failed,
            "start_clock": desk.start_clock,
            "publish": self._on_publish,
            "quit": self.close,
            "palette": self.palette_field.summon,
            "find": self.timeline.words.setFocus,
            "next_pane": self._on_next_pane,
            "previous_pane": self._on_previous_pane,
            "show_preview": self._on_show_preview,
            "show_consent": self._on_show_consent,
            "show_history": self._on_show_history,
            "show_checks": self._on_show_checks,
        }.items():
            self.deeds.connect_to(action_id, deed)
        desk.coverage_shown.connect(self._on_coverage)
        desk.entry_shown.connect(self._on_entry)
        desk.endpoint_shown.connect(self._on_endpoint)
        desk.done.connect(self.status.whisper.say)
        for source in (desk, self.timeline, self.summary):
            source.problem_raised.connect(self.notices.show_error)
        self.timeline.entry_chosen.connect(desk.choose_entry)
        self.palette_field.entry_chosen.connect(self._on_found)
        self.outbox.retry_requested.connect(desk.retry)
        self.outbox.entry_chosen.connect(desk.choose_entry)
        self.outbox.counted.connect(self._on_counted)
        self.editor.made.connect(self._on_editor)
        self.preview.made.connect(self._on_viewer)
        self.consent.made.connect(self._on_viewer)

    def _complete(self) -> None:
        """Make and join what the first paint did not show."""
        from ui.checks.pane import ChecksPane  # noqa: PLC0415
        from ui.coverages.welcome import Welcome  # noqa: PLC0415
        from ui.history.pane import HistoryPane  # noqa: PLC0415
        from ui.sheets import Sheets  # noqa: PLC0415

        self.sheets = Sheets(self.deeds, self.desk, self)
        self.history, self.checks, self.welcome = HistoryPane(), ChecksPane(), Welcome(self.deeds)
        self.stack.addWidget(self.welcome)
        shown = self.tabs.currentIndex()
        for at, pane in ((_HISTORY, self.history), (_CHECKS, self.checks)):
            name = self.tabs.tabText(at)
            self.tabs.removeTab(at)
            self.tabs.insertTab(at, pane, name)
        self.tabs.setCurrentIndex(shown)
        self.sheets.told.connect(self.status.whisper.say)
        self.air_bar.endpoint_chosen.connect(self.sheets.choose_endpoint)
        self.outbox.discard_requested.connect(self.sheets.ask_discard)
        self.status.outbox_pressed.connect(self.sheets.show_receipts)
        self.history.problem_raised.connect(self.notices.show_error)
        self.history.flush_requested.connect(self.desk.flush_requested)
        self.checks.counted.connect(self._on_checked)
        self.checks.block_chosen.connect(self._on_block)

    def attach(
        self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks", credentials: "Credentials"
    ) -> None:
        """Work in a workspace from now on: the panes that were not needed for the first paint are made."""
        self._complete()
        self._workspace, self._changes, self._tasks = workspace, changes, tasks
        self.desk.attach(workspace, changes)
        self.sheets.attach(credentials, tasks, changes)
        self.timeline.attach(workspace, changes, tasks)
        self.palette_field.attach(workspace, tasks)
        self.summary.attach(workspace, changes, tasks)
        for pane in (self.history, self.checks, self.outbox):
            pane.attach(workspace, changes)
        changes.changed.connect(self._on_changed)
        tasks.failed.connect(self.notices.show_error)
        self.desk.open_last()
        for late in (self.editor, self.preview, self.consent):
            late.allow(tasks)

    def show_glance(self, glance: "Glance | None") -> None:
        """Show what was read before the workspace is open."""
        if glance is not None:
            self.setWindowTitle(f"{glance.headline} — {NAME}")
            self.timeline.show_first(glance.rows, glance.zone)

    # What is shown

    def _on_coverage(self, coverage: Coverage | None) -> None:
        zone = moment.zone(coverage.zone if coverage else "UTC")
        self.stack.setCurrentWidget(self.split if coverage else self.welcome)
        self.status.set_zone(zone)
        self.history.set_zone(zone)
        self.summary.show_coverage(coverage)
        self.timeline.show_coverage(self.desk.coverage_id, self.desk.endpoint_id)
        for late in (self.preview, self.consent):
            if late.pane is not None:
                late.pane.show_coverage(self.desk.coverage_id)
        if coverage is not None and not self.split.isAncestorOf(self.focusWidget()):
            self.timeline.take_keys()
        self._show_title()
        self._show_line()
        self._enable()

    def _on_entry(self, entry_id: UUID | None) -> None:
        self.timeline.choose(entry_id)
        self.summary.show_entry(entry_id)
        self.history.show_entry(entry_id)
        self.checks.show_entry(entry_id)
        if self.editor.pane is not None:
            self.editor.pane.show_entry(entry_id, self.desk.endpoint_id)
        for late in (self.preview, self.consent):
            if late.pane is not None:
                late.pane.show_entry(entry_id)
        self._enable()

    def _on_endpoint(self, endpoint: Endpoint | None) -> None:
        endpoints = self._workspace.endpoints() if self._workspace else ()
        self.air_bar.show_air(endpoint, endpoints, is_on_air=self.desk.is_on_air)
        self.timeline.show_coverage(self.desk.coverage_id, self.desk.endpoint_id)
        if self.editor.pane is not None:
            self.editor.pane.show_entry(self.desk.entry_id, self.desk.endpoint_id)
        self._show_title()
        self._show_line()
        self._enable()

    def _on_found(self, coverage_id: UUID, entry_id: UUID) -> None:
        if coverage_id != self.desk.coverage_id:
            self.desk.open_coverage(coverage_id)
        self.desk.choose_entry(entry_id)

    def _on_changed(self, change: Change) -> None:
        if change.kind is ChangeKind.COVERAGES and not self.desk.is_coverage_here():
            self.desk.open_last()
        elif change.kind is ChangeKind.ENDPOINTS:
            self._on_endpoint(self.desk.endpoint)
        elif change.kind is ChangeKind.OUTBOX:
            self._show_line()
        elif change.kind is ChangeKind.COVERAGE:
            self._show_title()
        self._enable()

    def _on_counted(self, waiting: int, failed: int) -> None:
        self._unsent = (waiting, failed)
        self._show_line()
        if not waiting:
            self.status.whisper.unsay(IN_OUTBOX, WITHDRAWAL_IN_OUTBOX)

    def _on_checked(self, blocking: int, found: int) -> None:
        name = f"Checks ({found})" if found else "Checks"
        self.tabs.setTabText(self.tabs.indexOf(self.checks), name)
        self.tabs.setTabToolTip(self.tabs.indexOf(self.checks), f"{blocking} to fix, {found - blocking} to look at")

    def _show_line(self) -> None:
        endpoint = self.desk.endpoint
        receipts = self._workspace.receipts(endpoint_id=endpoint.id, limit=1) if self._workspace and endpoint else ()
        self.status.show_line(endpoint.name if endpoint else "", receipts[0] if receipts else None, *self._unsent)

    def _show_title(self) -> None:
        air = self.air_bar.air
        headline = self.desk.coverage.headline if self.desk.coverage else ""
        where = " · ".join(filter(None, (air.word, air.host)))
        self.setWindowTitle(" — ".join(filter(None, (where, headline, NAME))))

    def _enable(self) -> None:
        there = {Needs.NOTHING}
        if self._workspace is not None:
            there.add(Needs.WORKSPACE)
            if self.desk.coverage is not None:
                there.add(Needs.COVERAGE)
            if self.desk.entry_id is not None:
                there.add(Needs.ENTRY)
            if self.desk.status in _LIVE:
                there.add(Needs.LIVE_ENTRY)
        self.deeds.enable(there)

    # Panes that come later

    def _on_editor(self, pane: Any) -> None:
        pane.attach(self._workspace, self._changes, self._tasks)
        self.desk.flush_requested.connect(pane.flush)
        pane.publish_requested.connect(self._on_publish_requested)
        pane.ready_requested.connect(self._on_ready_requested)
        pane.saved.connect(self._on_saved)
        pane.problem_raised.connect(self.notices.show_error)
        pane.show_entry(self.desk.entry_id, self.desk.endpoint_id)

    def _on_viewer(self, pane: Any) -> None:
        pane.attach(self._workspace, self._changes, self._tasks)
        pane.show_coverage(self.desk.coverage_id)
        pane.show_entry(self.desk.entry_id)

    def _on_publish(self) -> None:
        """Arm the editor's button, which checks first; a second press there sends."""
        if self.editor.pane is not None:
            self.editor.pane.press_publish()

    def _on_publish_requested(self, entry_id: UUID) -> None:
        if entry_id == self.desk.entry_id:
            self.desk.publish_entry()

    def _on_ready_requested(self, entry_id: UUID) -> None:
        if entry_id == self.desk.entry_id:
            self.desk.mark_ready()

    def _on_saved(self, at: datetime) -> None:
        self.status.show_saved(at)

    def _on_block(self, block: int | None) -> None:
        if self.editor.pane is None:
            return
        if block is None:
            self.editor.pane.focus_text()
        else:
            self.editor.pane.go_to_block(block)

    # Moving between panes

    def _panes(self) -> tuple[QWidget, ...]:
        editor = self.editor.pane or self.editor
        panes = (self.timeline.view, editor, self.tabs, self.outbox, self.summary.list, self.palette_field)
        return tuple(pane for pane in panes if pane.isVisible())

    def _go_round(self, step: int) -> None:
        panes, focus = self._panes(), self.focusWidget()
        here = next(
            (at for at, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)),
            -1,
        )
        target = panes[(here + step) % len(panes)] if here >= 0 else panes[0]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not target.hasFocus() and target.focusProxy() is None:
            inner = next((each for each in target.findChildren(QWidget) if _takes_keys(each)), None)
            if inner is not None:
                inner.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_next_pane(self) -> None:
        self._go_round(1)

    def _on_previous_pane(self) -> None:
        self._go_round(-1)

    def _on_show_preview(self) -> None:
        self.tabs.setCurrentIndex(_PREVIEW)

    def _on_show_consent(self) -> None:
        self.tabs.setCurrentIndex(_CONSENT)

    def _on_show_history(self) -> None:
        self.tabs.setCurrentIndex(_HISTORY)

    def _on_show_checks(self) -> None:
        self.tabs.setCurrentIndex(_CHECKS)

    # Its life

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint, once everything of it is drawn."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only ask: whoever runs the console cleans up first."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.desk.flush_requested.emit()
        waiting, failed = self._unsent
        if self._workspace is not None and (waiting or failed):
            self.sheets.ask_quit(waiting, failed, self.close_requested.emit)
        else:
            self.close_requested.emit()

    def close_for_good(self) -> None:
        """Close without asking."""
        self._may_close = True
        for pane in (self.outbox, self.timeline):
            pane.detach()
        self.close()

    def dress(self) -> None:
        """Take on the colours and text sizes now in use."""
        for label in self.findChildren(Label):
            label.size_text()
        for listing in self.findChildren(PlainList):
            listing.size_icons()
        self._on_endpoint(self.desk.endpoint)
        self.air_bar.dress()
        for bar in self.findChildren(QToolBar):
            bar.setIconSize(QSize(tokens().icon, tokens().icon))
        self.timeline.dress()
        self._show_line()

    def arrangement(self) -> tuple[bytes, bytes, bytes]:
        """Return where the window and its panes stand, to be kept."""
        states = (self.saveGeometry(), self.split.saveState(), self.left.saveState())
        window, panes, left = (bytes(state.data()) for state in states)
        return (window, panes, left)

    def arrange(self, window: bytes, panes: bytes, left: bytes) -> None:
        """Stand as it was kept; what lies off every screen is brought back by Qt."""
        self.restoreGeometry(QByteArray(window))
        self.split.restoreState(QByteArray(panes))
        self.left.restoreState(QByteArray(left))


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
