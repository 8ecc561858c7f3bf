"""The pages worked on last, in the menu."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.icons import icon
from ui.shared.label import plain_tip
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace

_MOST: Final = 8


class RecentMenu(QMenu):
    """Lists the pages changed last whenever it opens. `coverage_chosen(id)` tells which to show."""

    coverage_chosen = Signal(object)

    def __init__(self, workspace: "Workspace", parent: QWidget) -> None:
        super().__init__(tr("&Recent pages"), parent)
        self._workspace = workspace
        self.setIcon(icon("history"))
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the pages as they are now."""
        self.clear()
        for row in self._workspace.coverages()[:_MOST]:
            action = QAction(row.headline.replace("&", "&&"), self)
            action.setMenuRole(QAction.MenuRole.NoRole)
            # Without one of its own, the text would be the tooltip, and be read as markup.
            action.setToolTip(plain_tip(row.headline))
            action.setData(str(row.id))
            action.triggered.connect(self._on_triggered)
            self.addAction(action)
        if self.isEmpty():
            self.addAction(tr("No page yet")).setEnabled(False)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.coverage_chosen.emit(UUID(action.data()))
