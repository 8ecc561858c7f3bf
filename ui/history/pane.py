"""The kept versions of the entry shown, newest first: what each said, and bringing one back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.entry import words_of
from desktop.domain.problem import Problem
from desktop.domain.revision import Reason, Revision
from ui.icons import icon
from ui.shared import times
from ui.shared.button import Button
from ui.shared.empty import EmptyState
from ui.shared.label import heading
from ui.shared.plain_list import PlainList
from ui.theme import tokens

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge

_REVISION: Final = Qt.ItemDataRole.UserRole


class HistoryPane(QWidget):
    """Lists revisions. `flush_requested` asks for typed words to be saved before one is brought back."""

    problem_raised = Signal(object)
    flush_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._entry_id: UUID | None = None
        self._zone = ZoneInfo("UTC")
        self._is_stale = False
        look = tokens()
        self.setAccessibleName("History")
        self.list = PlainList("Kept versions, newest first")
        self.list.currentItemChanged.connect(self._on_current)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setAccessibleName("What this version says")
        tip = "The present version is kept, so this can be undone"
        self.restore = Button("Bring this version back", icon("rotate-ccw"), tip=tip)
        self.restore.clicked.connect(self._on_restore)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_m)
        lower.setSpacing(look.space_s)
        lower.addWidget(heading("What it says"))
        lower.addWidget(self.words, 1)
        lower.addWidget(self.restore, alignment=Qt.AlignmentFlag.AlignTrailing)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.list)
        parts.addWidget(below)
        parts.setStretchFactor(1, 1)
        parts.setSizes([160, 400])
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        self._parts = parts
        self._no_entry = EmptyState("history", "No entry selected", "Choose one in the timeline.")
        self._nothing = EmptyState(
            "history", "No version kept yet", "One is kept whenever the entry is marked ready or published."
        )
        self._stack = QStackedWidget()
        for page in (self._no_entry, self._nothing, parts):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def attach(self, workspace: "Workspace", changes: "ChangeBridge") -> None:
        """Read from a workspace from now on."""
        self._workspace = workspace
        changes.changed.connect(self._on_changed)

    def set_zone(self, zone: ZoneInfo) -> None:
        """Show times in a zone."""
        self._zone = zone

    def show_entry(self, entry_id: UUID | None) -> None:
        """List an entry's versions."""
        self._entry_id = entry_id
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was not read while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def _read(self) -> None:
        self._is_stale = not self.isVisible()
        if self._workspace is None or self._entry_id is None:
            self._stack.setCurrentWidget(self._no_entry)
            return
        if self._is_stale:
            return
        self._show(self._workspace.revisions(self._entry_id))

    def _show(self, revisions: Sequence[Revision]) -> None:
        self.list.clear()
        for revision in revisions:
            when = times.moment(revision.made_at, moment.now(), self._zone)
            item = QListWidgetItem(f"{revision.number}  {_word(revision.reason)} {when} by {revision.author or 'desk'}")
            item.setIcon(icon(_picture(revision.reason)))
            item.setData(_REVISION, revision)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._stack.setCurrentWidget(self._parts if revisions else self._nothing)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        revision = item.data(_REVISION) if item else None
        self.words.setPlainText(words_of(revision.entry) if revision else "")
        self.restore.setEnabled(revision is not None)

    def _on_restore(self) -> None:
        item = self.list.currentItem()
        if self._workspace is None or self._entry_id is None or item is None:
            return
        self.flush_requested.emit()
        try:
            self._workspace.restore_revision(self._entry_id, item.data(_REVISION).number)
        except Problem as problem:
            self.problem_raised.emit(problem)

    def _on_changed(self, change: Change) -> None:
        if change.kind is not ChangeKind.ENTRIES or self._entry_id not in change.entry_ids:
            return
        if not self.isVisible():
            self._is_stale = True
        elif self._workspace is not None and self._entry_id is not None:
            shown = self.list.item(0).data(_REVISION) if self.list.count() else None
            kept = self._workspace.revisions(self._entry_id)
            if (kept[0] if kept else None) != shown:
                self._show(kept)


def _word(reason: Reason) -> str:
    match reason:
        case Reason.READY:
            return "Marked ready"
        case Reason.PUBLISHED:
            return "Published"
        case Reason.CORRECTED:
            return "Corrected"
        case Reason.WITHDRAWN:
            return "Withdrawn"
        case Reason.IMPORTED:
            return "Imported"
        case Reason.EDITING:
            return "Kept while editing"
        case Reason.RESTORED:
            return "Brought back"


def _picture(reason: Reason) -> str:
    match reason:
        case Reason.READY:
            return "circle-check"
        case Reason.PUBLISHED:
            return "send"
        case Reason.CORRECTED:
            return "pencil"
        case Reason.WITHDRAWN:
            return "circle-slash"
        case Reason.IMPORTED:
            return "upload"
        case Reason.EDITING:
            return "save"
        case Reason.RESTORED:
            return "rotate-ccw"
