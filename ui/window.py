"""The window: what is seen first, the places of what comes later, and its life."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QVBoxLayout, QWidget

from ui.first_frame import FirstFrame
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # what the first paint does not show is imported after it
    from desktop.domain.endpoint import Endpoint
    from desktop.publish.credentials import Credentials
    from desktop.store.glance import Glance
    from desktop.workspace import Workspace
    from ui.actions import Actions
    from ui.air import AirBar
    from ui.changes import ChangeBridge
    from ui.checks.pane import ChecksPane
    from ui.coverages.welcome import Welcome
    from ui.desk import Desk
    from ui.detached import PreviewWindow
    from ui.floor import Floor
    from ui.history.pane import HistoryPane
    from ui.joints import Joints
    from ui.late import LatePane
    from ui.notices import Notices
    from ui.outbox.strip import OutboxStrip
    from ui.palette import PaletteField
    from ui.sheets import Sheets
    from ui.shifts import Shifts
    from ui.status_bar import StatusBar
    from ui.summary.pane import SummaryPane
    from ui.tasks import Tasks
    from ui.timeline.pane import TimelinePane
    from ui.work import WorkBench

NAME: Final = "Newsroom Console"
_PAGES: Final = (".txt", ".text", ".json", ".html", ".htm", ".zip")


class Window(QMainWindow):
    """Everything of one desk. `first_painted` is told once; `close_requested` asks, and never closes by itself.

    Made bare, so that it is painted at once; its panes are there from `furnish` on, and those that need a workspace
    (`summary`, `outbox`, `history`, `checks`, `welcome`, `sheets`, `work`) from `attach` on. What joins the panes is
    `ui.joints`.
    """

    first_painted = Signal()
    close_requested = Signal()

    deeds: "Actions"
    desk: "Desk"
    air_bar: "AirBar"
    palette_field: "PaletteField"
    timeline: "TimelinePane"
    editor: "LatePane"
    preview: "LatePane"
    consent: "LatePane"
    floor: "Floor"
    status: "StatusBar"
    summary: "SummaryPane"
    outbox: "OutboxStrip"
    history: "HistoryPane"
    checks: "ChecksPane"
    welcome: "Welcome"
    sheets: "Sheets"
    shifts: "Shifts"
    work: "WorkBench"

    def __init__(self) -> None:
        super().__init__()
        self.detached: PreviewWindow | None = None
        self._joints: Joints | None = None
        self.glance: Glance | None = None
        self._is_furnished = False
        self._may_close = False
        self._first = FirstFrame(tokens())
        self._first.painted.connect(self._on_painted)
        self.is_painted = False
        self.setCentralWidget(self._first)
        self.setWindowTitle(NAME)
        self.resize(1440, 900)

    def show_glance(self, glance: "Glance | None") -> None:
        """Show what was read before anything else is there."""
        self.glance = glance
        self._first.show_glance(glance)
        if glance is not None:
            self.setWindowTitle(f"{glance.headline} — {NAME}")

    def _on_painted(self) -> None:
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def furnish(self) -> None:
        """Put in what the window always holds; what was read at a glance stays shown."""
        from ui import parts  # noqa: PLC0415 - after the first paint

        self.deeds = parts.Actions(self)
        self.desk = parts.Desk(self)
        self.air_bar = parts.AirBar()
        self.palette_field = parts.PaletteField(self.deeds, self)
        self.timeline = parts.TimelinePane(self.deeds)
        self.editor = parts.LatePane("ui.editor.pane", "EditorPane", "", at_once=True)
        self.preview = parts.LatePane("ui.preview.pane", "PreviewPane", tr("The preview opens in a moment."))
        self.consent = parts.LatePane("ui.consent.pane", "ConsentPane", tr("The consent simulator opens in a moment."))
        self.floor = parts.Floor(self.timeline, self.editor)
        self.status = parts.StatusBar()
        self._place()
        for action_id, deed in {
            "quit": self.close,
            "palette": self.palette_field.summon,
            "detach_preview": self._on_detach,
            "next_pane": self._on_next_pane,
            "previous_pane": self._on_previous_pane,
        }.items():
            self.deeds.connect_to(action_id, deed)
        self.setAcceptDrops(True)
        self._is_furnished = True
        if self.glance is not None:
            self.timeline.show_first(self.glance.rows, self.glance.zone)

    def _place(self) -> None:
        from ui import parts  # noqa: PLC0415 - after the first paint

        parts.menus.place_menus(self, self.deeds)
        self.addToolBar(parts.menus.air_bar(self.air_bar))
        self.addToolBarBreak()
        self.addToolBar(parts.menus.tool_bar(self.deeds, self.palette_field))
        self.floor.place_tab(parts.PREVIEW, self.preview)
        self.floor.place_tab(parts.CONSENT, self.consent)
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.floor, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self.timeline.take_keys()

    def place_strip(self, strip: QWidget) -> None:
        """Put a strip over the panes, below the notices."""
        self._column.insertWidget(self._column.indexOf(self.floor), strip)

    def show_title(self, word: str, host: str, headline: str) -> None:
        """Say in the title who reads what is published, and what page this is."""
        where = " · ".join(filter(None, (word, host)))
        self.setWindowTitle(" — ".join(filter(None, (where, headline, NAME))))
        if self.detached is not None:
            self.detached.show_title(self.windowTitle())

    def show_air(self, endpoint: "Endpoint | None", endpoints: Sequence["Endpoint"], *, is_on_air: bool) -> None:
        """Say in every window who reads what is published."""
        for bar in self._air_bars():
            bar.show_air(endpoint, endpoints, is_on_air=is_on_air)

    @cached_property
    def notices(self) -> "Notices":
        """The strips over the panes, made when there is first something to say."""
        from ui.notices import Notices  # noqa: PLC0415 - after the first paint

        made = Notices()
        self._column.insertWidget(0, made)
        return made

    def show_error(self, error: BaseException) -> None:
        """Show what went wrong over the panes, also before anything is open."""
        self.notices.show_error(error)

    def attach(
        self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks", credentials: "Credentials"
    ) -> None:
        """Work in a workspace from now on: the panes that were not needed for the first paint are made."""
        from ui.joints import Joints  # noqa: PLC0415 - after the first paint

        self._complete()
        self._joints = Joints(self, workspace, changes, tasks)
        self.sheets.attach(credentials, tasks, changes, self.work)
        self._joints.begin()

    def _complete(self) -> None:
        from ui import parts  # noqa: PLC0415 - after the first paint, as all of these
        from ui.checks.pane import ChecksPane  # noqa: PLC0415
        from ui.coverages.welcome import Welcome  # noqa: PLC0415
        from ui.history.pane import HistoryPane  # noqa: PLC0415
        from ui.outbox.strip import OutboxStrip  # noqa: PLC0415
        from ui.sheets import Sheets  # noqa: PLC0415
        from ui.summary.pane import SummaryPane  # noqa: PLC0415
        from ui.work import WorkBench  # noqa: PLC0415

        self.summary, self.outbox = SummaryPane(self.deeds), OutboxStrip()
        self.history, self.checks, self.welcome = HistoryPane(), ChecksPane(), Welcome(self.deeds)
        self.sheets = Sheets(self.deeds, self.desk, self)
        self.floor.place_summary(self.summary)
        self.floor.place_tab(parts.HISTORY, self.history)
        self.floor.place_tab(parts.CHECKS, self.checks)
        self.floor.addWidget(self.welcome)
        self.work = WorkBench()
        self._column.addWidget(self.work)
        self._column.addWidget(self.outbox)

    # Moving between panes

    def _panes(self) -> tuple[QWidget, ...]:
        first: tuple[QWidget, ...] = (self.timeline.view, self.editor.pane or self.editor, self.floor.tabs)
        later = (self.outbox, self.summary.list) if self._joints is not None else ()
        return (*first, *later, self.palette_field)

    def _on_next_pane(self) -> None:
        self._go_round(1)

    def _on_previous_pane(self) -> None:
        self._go_round(-1)

    def _go_round(self, step: int) -> None:
        from ui import parts  # noqa: PLC0415 - after the first paint

        parts.go_round(self._panes(), self.focusWidget(), step)

    # The preview beside the window

    def _air_bars(self) -> "tuple[AirBar, ...]":
        from ui.air import AirBar  # noqa: PLC0415 - after the first paint

        # Windows of their own are children of this one, and say who reads as it does.
        return tuple(self.findChildren(AirBar))

    def _on_detach(self) -> None:
        """Let the preview stand in a window of its own, or bring it back."""
        if self.detached is not None:
            self._on_reattach()
            return
        from ui import parts  # noqa: PLC0415 - after the first paint
        from ui.detached import PreviewWindow  # noqa: PLC0415

        actions = (self.deeds["detach_preview"],)
        self.floor.lend(
            parts.PREVIEW, parts.EmptyState("eye", tr("The preview is in a window of its own."), actions=actions)
        )
        self.detached = PreviewWindow(self.preview, self)
        self.detached.closed.connect(self._on_reattach)
        self.detached.air_bar.endpoint_chosen.connect(self.air_bar.endpoint_chosen)
        self.detached.show_title(self.windowTitle())
        if self._joints is not None:
            self._joints.dress()
        self.detached.show()

    def _on_reattach(self) -> None:
        from ui import parts  # noqa: PLC0415 - after the first paint

        if self.detached is not None:
            self.floor.place_tab(parts.PREVIEW, self.preview)
            self.preview.show()
            self.detached.hide()
            self.detached.deleteLater()
            self.detached = None

    # Its life

    def come_forward(self) -> None:
        """Stand before other programs' windows, also when it was minimised."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that may be pages; pictures and text are the editor's."""
        if self._joints is not None and _pages(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring the dropped pages in."""
        for page in _pages(event.mimeData()):
            self.sheets.import_file(page)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only ask: whoever runs the console cleans up first."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if not self._is_furnished:  # a moment after the start there is nothing yet to close
            return
        self.desk.flush_requested.emit()
        waiting, failed = self._joints.unsent if self._joints is not None else (0, 0)
        if waiting or failed:
            self.sheets.ask_quit(waiting, failed, self.close_requested.emit)
        else:
            self.close_requested.emit()

    def close_for_good(self) -> None:
        """Close without asking, and read nothing any more."""
        self._may_close = True
        self._on_reattach()
        if self._joints is not None:
            self._joints.end()
        self.close()

    def dress(self) -> None:
        """Take on the colours and text sizes now in use."""
        from ui import parts  # noqa: PLC0415 - after the first paint
        from ui.shared.plain_list import PlainList  # noqa: PLC0415

        for label in self.findChildren(parts.Label):
            label.size_text()
        for listing in self.findChildren(PlainList):
            listing.size_icons()
        for air_bar in self._air_bars():
            air_bar.dress()
        for bar in self.findChildren(QToolBar):
            bar.setIconSize(QSize(tokens().icon, tokens().icon))
        self.timeline.dress()
        if self.editor.pane is not None:
            self.editor.pane.dress()
        if self._joints is not None:
            self._joints.dress()

    def arrangement(self) -> tuple[bytes, bytes, bytes]:
        """Return where the window and its panes stand, to be kept."""
        return (bytes(self.saveGeometry().data()), *self.floor.arrangement())

    def place(self, window: bytes) -> None:
        """Stand where it stood; what lies off every screen is brought back by Qt."""
        self.restoreGeometry(QByteArray(window))

    def arrange(self, window: bytes, panes: bytes, left: bytes) -> None:
        """Stand as it was kept, with every pane."""
        self.place(window)
        self.floor.arrange(panes, left)


def _pages(dropped: QMimeData) -> list[str]:
    """Return the files of a drop that a page can be read from."""
    files = [address.toLocalFile() for address in dropped.urls() if address.isLocalFile()]
    return [file for file in files if file.lower().endswith(_PAGES)]
