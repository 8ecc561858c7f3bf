"""The findings of the entry shown; a click goes to the block."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.change import Change, ChangeKind
from desktop.domain.problem import Problem
from ui.icons import icon
from ui.shared.empty import EmptyState
from ui.shared.label import Kind, Label
from ui.shared.plain_list import PlainList
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.checks.findings import Finding
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

_FINDING: Final = Qt.ItemDataRole.UserRole


class ChecksPane(QWidget):
    """What to fix before publishing. `block_chosen(index or None)` tells where; `counted(blocking, all)` how much."""

    block_chosen = Signal(object)
    counted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._entry_id: UUID | None = None
        look = tokens()
        self.setAccessibleName(tr("Checks"))
        self.told = Label(kind=Kind.SOFT, wraps=True)
        self.list = PlainList(tr("Findings"))
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        self._no_entry = EmptyState("list-checks", tr("No entry selected"), tr("Choose one in the timeline."))
        self._clean = EmptyState("circle-check", tr("Nothing to fix"), tr("This entry passes every check."))
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_m)
        column.setSpacing(look.space_s)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        self._found = found
        self._stack = QStackedWidget()
        for page in (self._no_entry, self._clean, found):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def attach(self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        """Check a workspace's entries from now on, in threads: the first check reads a dictionary."""
        self._workspace, self._tasks = workspace, tasks
        changes.changed.connect(self._on_changed)

    def show_entry(self, entry_id: UUID | None) -> None:
        """Check an entry."""
        self._entry_id = entry_id
        self._check()

    def _check(self) -> None:
        if self._workspace is None or self._tasks is None or self._entry_id is None:
            self._stack.setCurrentWidget(self._no_entry)
            self.counted.emit(0, 0)
            return
        self._tasks.start(self._look(self._tasks, self._workspace, self._entry_id), "Check the entry")

    async def _look(self, tasks: "Tasks", workspace: "Workspace", entry_id: UUID) -> None:
        try:
            found = await tasks.in_thread(workspace.findings, entry_id)
        except Problem:  # it went to the bin, or the workspace closes
            return
        if entry_id == self._entry_id:
            self._show(found)

    def _show(self, findings: Sequence["Finding"]) -> None:
        look = tokens()
        blocking = sum(finding.severity == "block" for finding in findings)
        self.list.clear()
        for finding in findings:
            is_blocking = finding.severity == "block"
            word = tr("Fix") if is_blocking else tr("Look at")
            item = QListWidgetItem(f"{word}: {finding.sentence}")
            item.setIcon(icon("octagon-x", look.danger) if is_blocking else icon("triangle-alert", look.warning))
            item.setData(_FINDING, finding)
            self.list.addItem(item)
        warned = len(findings) - blocking
        self.told.setText(
            tr(
                "{blocking} to fix before this can go to readers, {warned} to look at. Click one to go to its place."
            ).format(blocking=blocking, warned=warned)
        )
        self._stack.setCurrentWidget(self._found if findings else self._clean)
        self.counted.emit(blocking, len(findings))

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.block_chosen.emit(item.data(_FINDING).block)

    def _on_changed(self, change: Change) -> None:
        is_here = change.kind is ChangeKind.ENTRIES and self._entry_id in change.entry_ids
        if is_here or change.kind is ChangeKind.COVERAGE:
            self._check()
