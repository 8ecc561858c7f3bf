"""The shelf: every page of this computer, to open one."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.icons import icon
from ui.shared.sheet import Sheet
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace

_COVERAGE: Final = Qt.ItemDataRole.UserRole
_ICONS: Final = {"planned": "calendar", "live": "radio", "paused": "pause", "ended": "archive"}


class ShelfSheet(Sheet):
    """Lists pages, the one changed last first. `coverage_chosen(id)` tells which to open."""

    coverage_chosen = Signal(object)

    def __init__(self, workspace: "Workspace", shown: UUID | None, parent: QWidget | None) -> None:
        super().__init__(tr("Open a page"), tr("Open"), parent)
        self.resize(560, 420)
        look = tokens()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pages"))
        self.list.setSpacing(2)
        for row in workspace.coverages():
            count = f"{row.entries} {'entry' if row.entries == 1 else 'entries'}"
            item = QListWidgetItem(icon(_ICONS[row.state.value]), f"{row.headline}\n{row.state.value} · {count}")
            item.setData(_COVERAGE, row.id)
            self.list.addItem(item)
            if row.id == shown:
                self.list.setCurrentItem(item)
                item.setIcon(icon(_ICONS[row.state.value], look.accent))
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.body.addWidget(self.list)
        self.deed.setEnabled(self.list.count() > 0)
        self.list.itemActivated.connect(self._on_confirmed)
        self.confirmed.connect(self._on_confirmed)
        self.list.setFocus()

    def _on_confirmed(self) -> None:
        chosen = self.list.selectedItems()
        if chosen and self.isVisible():
            self.accept()
            self.coverage_chosen.emit(chosen[0].data(_COVERAGE))
