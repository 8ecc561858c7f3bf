"""The list a producer walks: by mouse, arrows, J and K."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui.timeline.delegate import RowDelegate
from ui.timeline.model import Index, TimelineModel
from ui.words import tr


class TimelineView(QListView):
    """Shows a TimelineModel. `entry_chosen(id or None)` tells what the producer went to, never what a change did.

    `menu_wanted(place)` asks for the menu of the chosen row at a place of the screen.
    """

    entry_chosen = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline = model
        self._is_following = False
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # The rows lie on the window itself: paper is only what can be written on. A viewport of our own, because to
        # ask for Qt's makes PySide look through every class of widgets for what it is, before the first paint.
        ground = QWidget()
        ground.setAutoFillBackground(False)
        self.setViewport(ground)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Timeline"))

    @property
    def chosen(self) -> UUID | None:
        """The entry the selection is on."""
        selected = self.selectedIndexes()
        return self._timeline.rows[selected[0].row()].id if selected else None

    def choose(self, entry_id: UUID | None) -> None:
        """Put the selection on an entry without telling anybody; None takes it off."""
        self._is_following = True
        at = self._timeline.row_of(entry_id)
        if at < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self._timeline.index(at))
        self._is_following = False

    def step(self, rows: int) -> None:
        """Go so many rows down, or up when negative, and stop at the ends."""
        count = self._timeline.rowCount()
        if count:
            selected = self.selectedIndexes()
            at = selected[0].row() + rows if selected else 0
            self.setCurrentIndex(self._timeline.index(min(max(at, 0), count - 1)))

    def follow(self, *, on: bool) -> None:
        """While on, selection moves because rows do: nobody is told."""
        self._is_following = on

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the mouse, or of the chosen one when a key asked."""
        at = self.currentIndex()
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            at = self.indexAt(event.pos())
            self.setCurrentIndex(at)
        if at.isValid():
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(
                self.viewport().mapToGlobal(self.visualRect(at).center()) if by_key else event.globalPos()
            )

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Iterable[int] = ()) -> None:
        """Paint rows anew without laying them all out, as QListView does: they are of one height whatever they say."""
        QAbstractItemView.dataChanged(self, top_left, bottom_right, list(roles))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what the producer chose."""
        super().selectionChanged(selected, deselected)
        if not self._is_following:
            self.entry_chosen.emit(self.chosen)
