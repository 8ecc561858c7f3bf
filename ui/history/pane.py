"""The versions of the entry shown: what each said, what changed between any two, and bringing one back."""

from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.comparison import compare
from desktop.domain.entry import Entry
from desktop.domain.problem import Problem
from desktop.domain.revision import Reason, Revision
from ui.history.entry_times import EntryTimes
from ui.icons import icon
from ui.shared import times
from ui.shared.button import Button
from ui.shared.choice import Choice
from ui.shared.compared import Compared, counted
from ui.shared.empty import EmptyState
from ui.shared.label import Kind, Label, Size
from ui.shared.plain_list import PlainList
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge

_BEFORE: Final = "before"
_DESK: Final = "desk"


class HistoryPane(QWidget):
    """Lists versions and compares any two. `flush_requested` asks for typed words to be saved before one is read.

    `restore_requested(Revision)` asks for one to be brought back in a way that can be undone.
    """

    problem_raised = Signal(object)
    flush_requested = Signal()
    restore_requested = Signal(object)
    retime_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._entry_id: UUID | None = None
        self._endpoint_id: UUID | None = None
        self._zone = ZoneInfo("UTC")
        self._is_stale = False
        self._desk: Entry | None = None
        self._revisions: tuple[Revision, ...] = ()
        self.setAccessibleName(tr("History"))
        self.list = PlainList(tr("Versions, newest first"))
        self.list.currentItemChanged.connect(self._on_current)
        self.beside = Choice(tr("Compared with"))
        self.beside.currentIndexChanged.connect(self._on_beside)
        self.words = Compared(tr("What this version says, and what changed"))
        tip = tr("The present version is kept, and this can be undone")
        self.restore = Button(tr("Bring this version back"), icon("rotate-ccw"), tip=tip)
        self.restore.clicked.connect(self._on_restore)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.list)
        parts.addWidget(self._below())
        parts.setStretchFactor(1, 1)
        parts.setSizes([160, 400])
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        self._parts = parts
        self._no_entry = EmptyState("history", tr("No entry selected"), tr("Choose one in the timeline."))
        kept = tr("One is kept whenever the entry is marked ready or published, and every ten minutes of writing.")
        self._nothing = EmptyState("history", tr("No version kept yet"), kept)
        self._stack = QStackedWidget()
        for page in (self._no_entry, self._nothing, parts):
            self._stack.addWidget(page)
        self.times = EntryTimes()
        self.times.retime_requested.connect(self.retime_requested)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.times)
        whole.addWidget(self._stack, 1)

    def _below(self) -> QWidget:
        look = tokens()
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_m)
        lower.setSpacing(look.space_s)
        head = QHBoxLayout()
        caption = Label(tr("Compared with"), kind=Kind.SOFT)
        caption.setBuddy(self.beside)
        head.addWidget(caption)
        head.addWidget(self.beside, 1)
        self.told = Label(kind=Kind.FAINT, size=Size.SMALL, wraps=True)
        lower.addLayout(head)
        lower.addWidget(self.told)
        lower.addWidget(self.words, 1)
        lower.addWidget(self.restore, alignment=Qt.AlignmentFlag.AlignTrailing)
        return below

    def attach(self, workspace: "Workspace", changes: "ChangeBridge") -> None:
        """Read from a workspace from now on."""
        self._workspace = workspace
        changes.changed.connect(self._on_changed)

    def set_zone(self, zone: ZoneInfo) -> None:
        """Show times in a zone."""
        self._zone = zone

    def show_endpoint(self, endpoint_id: UUID | None) -> None:
        """Say when an endpoint accepted what readers have."""
        self._endpoint_id = endpoint_id
        self._read()

    def show_entry(self, entry_id: UUID | None) -> None:
        """List an entry's versions."""
        self._entry_id = entry_id
        self._revisions = ()
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was not read while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def _read(self) -> None:
        self._is_stale = not self.isVisible()
        if self._workspace is None or self._entry_id is None:
            self.times.hide()
            self._stack.setCurrentWidget(self._no_entry)
            return
        if self._is_stale:
            return
        try:
            desk, kept = self._workspace.entry(self._entry_id), self._workspace.revisions(self._entry_id)
        except Problem:
            # It went for good meanwhile: whoever took it says so.
            self.times.hide()
            self._stack.setCurrentWidget(self._no_entry)
            return
        row = self._workspace.timeline_row(self._entry_id, self._endpoint_id)
        self.times.setVisible(row is not None)
        if row is not None:
            self.times.show_row(row, self._zone)
        is_listed = kept == self._revisions and kept != ()
        self._desk, self._revisions = desk, kept
        if is_listed:
            self._show_desk()
        else:
            self._list()

    def _list(self) -> None:
        quiet = QSignalBlocker(self.list), QSignalBlocker(self.beside)
        self.list.clear()
        item = QListWidgetItem(tr("On the desk now"))
        item.setIcon(icon("square-pen"))
        self.list.addItem(item)
        for revision in self._revisions:
            item = QListWidgetItem(f"{self._named(revision)} {tr('by {name}').format(name=revision.author or 'desk')}")
            item.setIcon(icon(_picture(revision.reason)))
            self.list.addItem(item)
        chosen = self.beside.currentData()
        self.beside.clear()
        self.beside.addItem(tr("The version before it"), _BEFORE)
        self.beside.addItem(tr("What is on the desk"), _DESK)
        for revision in self._revisions:
            self.beside.addItem(self._named(revision), revision.number)
        self.beside.setCurrentIndex(max(0, self.beside.findData(chosen)))
        self.list.setCurrentRow(0)
        del quiet
        self._on_current()
        self._stack.setCurrentWidget(self._parts if self._revisions else self._nothing)

    def _named(self, revision: Revision) -> str:
        when = times.moment(revision.made_at, moment.now(), self._zone)
        return f"{revision.number}  {_word(revision.reason)} {when}"

    def _chosen(self) -> Revision | None:
        """Return the version chosen in the list, None for what is on the desk."""
        row = self.list.currentRow()
        return self._revisions[row - 1] if row > 0 else None

    def _on_current(self) -> None:
        self.restore.setEnabled(self._chosen() is not None)
        self._compare()

    def _on_beside(self) -> None:
        self._compare()

    def _show_desk(self) -> None:
        if self._chosen() is None or self.beside.currentData() == _DESK:
            self._compare()

    def _compare(self) -> None:
        if self._desk is None or not self._revisions:
            return
        on_desk = self._revisions[0].number + 1
        chosen = self._chosen()
        number, shown = (chosen.number, chosen.entry) if chosen is not None else (on_desk, self._desk)
        beside = self.beside.currentData()
        other = {_BEFORE: number - 1, _DESK: on_desk}.get(beside, beside)
        kept = {each.number: each.entry for each in self._revisions} | {on_desk: self._desk}
        # The older of the two is what the other is read against, in whichever order they were chosen.
        against = kept.get(other, shown)
        changes = compare(against, shown) if other < number else compare(shown, against)
        self.told.setText(counted(changes) if other in kept else tr("The first version."))
        self.words.show_changes(changes, self._zone)

    def _on_restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.flush_requested.emit()
            self.restore_requested.emit(chosen)

    def _on_changed(self, change: Change) -> None:
        if change.kind in {ChangeKind.ENTRIES, ChangeKind.OUTBOX} and self._entry_id in change.entry_ids:
            self._read()


def _word(reason: Reason) -> str:
    match reason:
        case Reason.READY:
            return tr("Marked ready")
        case Reason.PUBLISHED:
            return tr("Published")
        case Reason.CORRECTED:
            return tr("Corrected")
        case Reason.WITHDRAWN:
            return tr("Withdrawn")
        case Reason.IMPORTED:
            return tr("Imported")
        case Reason.EDITING:
            return tr("Kept while editing")
        case Reason.RESTORED:
            return tr("Brought back")


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
