"""The list of bullets: each can be edited where it stands, and ordered by keyboard or by dragging."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem, QSizePolicy

from desktop.domain.coverage import SummaryPoint
from ui.icons import icon
from ui.shared.label import plain_tip
from ui.shared.plain_list import PlainList
from ui.theme import tokens

_POINT: Final = Qt.ItemDataRole.UserRole


class BulletList(PlainList):
    """The list itself: Alt+Up and Alt+Down move, Delete deletes, F2 or a double click edits, dragging orders."""

    moved = Signal(int)
    dropped = Signal()
    delete_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("Summary bullets")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model().rowsMoved.connect(self.dropped)

    def show_points(self, points: Iterable[SummaryPoint]) -> None:
        """Show other bullets, the current row staying where it is."""
        at = self.currentRow()
        self.clear()
        for point in points:
            self.addItem(bullet(point))
        self.setCurrentRow(min(at, self.count() - 1))

    def points(self) -> list[SummaryPoint]:
        """Return the bullets in the order they stand."""
        return [point_of(self.item(at)) for at in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Order and delete by keyboard."""
        has_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Up if has_alt:
                self.moved.emit(-1)
            case Qt.Key.Key_Down if has_alt:
                self.moved.emit(1)
            case Qt.Key.Key_Delete:
                self.delete_pressed.emit()
            case _:
                super().keyPressEvent(event)


def point_of(item: QListWidgetItem) -> SummaryPoint:
    """Return the bullet an item was made for."""
    point: SummaryPoint = item.data(_POINT)
    return point


def bullet(point: SummaryPoint) -> QListWidgetItem:
    """Make the item of a bullet, which says whether it rests on an entry."""
    look = tokens()
    item = QListWidgetItem(point.text)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
    item.setData(_POINT, point)
    bound = len(point.rests_on)
    item.setIcon(icon("link", look.accent) if bound else icon("unlink", look.ink_faint))
    rests = f"Rests on {bound} {'entry' if bound == 1 else 'entries'}" if bound else "Rests on no entry yet"
    item.setToolTip(plain_tip(rests))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{point.text or 'Empty bullet'}. {rests}.")
    return item
