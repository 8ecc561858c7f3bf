"""The list of bullets: each can be edited where it stands, and ordered by keyboard or by dragging."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.coverage import SummaryPoint
from ui.icons import icon, pixmap, ratio_of
from ui.shared.label import plain_tip
from ui.shared.plain_list import PlainList
from ui.summary.standing import Standing
from ui.theme import tokens
from ui.words import tr

_POINT: Final = Qt.ItemDataRole.UserRole
_STANDING: Final = Qt.ItemDataRole.UserRole + 1
_UNBOUND: Final = Standing("unlink", "", is_doubtful=False)
_PADDING: Final = 6
_TALLEST: Final = 10_000  # pixels a wrapped bullet may be high: as high as it needs

Index = QModelIndex | QPersistentModelIndex


class BulletList(PlainList):
    """The list itself: Alt+Up and Alt+Down move, Delete deletes, F2 or a double click edits, dragging orders."""

    moved = Signal(int)
    dropped = Signal()
    delete_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Summary bullets"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setItemDelegate(BulletDelegate(self))
        self.setSpacing(0)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model().rowsMoved.connect(self.dropped)

    def show_points(self, points: Iterable[SummaryPoint], standings: Mapping[UUID, Standing]) -> None:
        """Show other bullets, the current row staying where it is."""
        at = self.currentRow()
        self.clear()
        for point in points:
            self.addItem(bullet(point, standings.get(point.id, _UNBOUND)))
        self.setCurrentRow(min(at, self.count() - 1))

    def say_anew(self, standings: Mapping[UUID, Standing]) -> None:
        """Say anew how the bullets stand, touching no row's place and no editor."""
        for at in range(self.count()):
            _say(self.item(at), standings.get(point_of(self.item(at)).id, _UNBOUND))
        self.scheduleDelayedItemsLayout()

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


class BulletDelegate(QStyledItemDelegate):
    """Draws what a bullet says, as many lines as it takes, and below how it stands: an icon, then words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height the wrapped words need in the width there is."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        said = _said_height(index, width - 2 * _PADDING)
        return QSize(0, said + _note_height() + 2 * _PADDING + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a bullet."""
        look, standing = tokens(), index.data(_STANDING)
        painter.save()
        _draw_ground(painter, option)
        box = QRect(option.rect).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        height = _said_height(index, box.width())
        painter.setFont(_font(look.text_body))
        painter.setPen(QColor(look.ink))
        align = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        flags = int(align.value | Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value)
        painter.drawText(QRect(box.left(), box.top(), box.width(), height), flags, str(index.data()))
        if isinstance(standing, Standing):
            _draw_note(painter, option, box.adjusted(0, height + 2, 0, 0), standing)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the bullet be edited where it stands."""
        del index
        editor.setGeometry(option.rect)


def point_of(item: QListWidgetItem) -> SummaryPoint:
    """Return the bullet an item was made for."""
    point: SummaryPoint = item.data(_POINT)
    return point


def bullet(point: SummaryPoint, standing: Standing = _UNBOUND) -> QListWidgetItem:
    """Make the item of a bullet, which says how it stands."""
    item = QListWidgetItem(point.text)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
    item.setData(_POINT, point)
    _say(item, standing)
    return item


def _say(item: QListWidgetItem, standing: Standing) -> None:
    if item.data(_STANDING) == standing:
        return
    item.setData(_STANDING, standing)
    item.setIcon(icon(standing.icon))
    item.setToolTip(plain_tip(standing.words))
    said = point_of(item).text or tr("Empty bullet")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{said}. {standing.words}.")


def _font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setWeight(weight)
    return font


def _said_height(index: Index, width: int) -> int:
    metrics = QFontMetrics(_font(tokens().text_body))
    said: Any = index.data()
    wrapped = metrics.boundingRect(QRect(0, 0, max(width, 1), _TALLEST), Qt.TextFlag.TextWordWrap.value, str(said))
    return max(wrapped.height(), metrics.height())


def _note_height() -> int:
    return max(QFontMetrics(_font(tokens().text_small)).height(), tokens().icon)


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    look = tokens()
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if not is_chosen and not option.state & QStyle.StateFlag.State_MouseOver:
        return
    has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(look.accent) if has_focus else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.accent_soft if is_chosen else look.hover))
    painter.drawRoundedRect(QRect(option.rect).adjusted(1, 1, -1, -1), look.radius, look.radius)


def _draw_note(painter: QPainter, option: QStyleOptionViewItem, line: QRect, standing: Standing) -> None:
    look = tokens()
    ink = look.warning if standing.is_doubtful else look.ink_soft
    height, size = _note_height(), look.icon - 2
    mark = QRect(line.left(), line.top() + (height - size) // 2, size, size)
    picture = pixmap(standing.icon, ink, size, ratio_of(painter))
    painter.drawPixmap(QStyle.visualRect(option.direction, line, mark), picture)
    font = _font(look.text_small, QFont.Weight.DemiBold if standing.is_doubtful else QFont.Weight.Normal)
    words = QRect(line.left() + size + 6, line.top(), line.width() - size - 6, height)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    written = QFontMetrics(font).elidedText(standing.words, Qt.TextElideMode.ElideRight, words.width())
    align = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QStyle.visualRect(option.direction, line, words), int(align.value), written)
