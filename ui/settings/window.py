"""The settings: a list of pages, and the chosen one beside it. Each page keeps what is changed in it by itself."""

import importlib
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.icons import icon
from ui.settings.pages import PAGES, Page
from ui.settings.room import Room
from ui.shared.plain_list import PlainList
from ui.theme import tokens
from ui.words import tr

_WIDTH, _HEIGHT = 70, 50  # in letters, so that larger text has more room
_LIST_LETTERS: Final = 13


class SettingsWindow(QDialog):
    """Shown with `show()`: nothing waits for it. A page is made when it is first chosen."""

    def __init__(self, room: Room, parent: QWidget | None, pages: tuple[Page, ...] = PAGES) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._room = room
        self._pages = pages
        self._made: dict[str, QWidget] = {}
        self.list = PlainList(tr("Pages of the settings"))
        self.list.setFixedWidth(self.fontMetrics().horizontalAdvance("m") * _LIST_LETTERS + tokens().icon)
        for page in pages:
            self.list.addItem(QListWidgetItem(icon(page.icon), tr(page.title)))
        self._stack = QStackedWidget()
        for _ in pages:
            area = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._stack.addWidget(area)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        # Enter in a field keeps what was typed; it does not close the window.
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        look = tokens()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_m, look.space_m, look.space_m, look.space_m)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        letter = self.fontMetrics().horizontalAdvance("m")
        self.resize(QSize(letter * _WIDTH, letter * _HEIGHT).boundedTo(self.screen().availableSize()))
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def choose(self, page_id: str) -> QWidget:
        """Show a page and return it."""
        self.list.setCurrentRow([page.id for page in self._pages].index(page_id))
        return self._made[page_id]

    def _on_chosen(self, at: int) -> None:
        page = self._pages[at]
        if page.id not in self._made:
            make: Callable[[Room], QWidget] = getattr(importlib.import_module(page.module), page.name)
            self._made[page.id] = make(self._room)
            area = self._stack.widget(at)
            if isinstance(area, QScrollArea):
                area.setWidget(self._made[page.id])
        self._stack.setCurrentIndex(at)
