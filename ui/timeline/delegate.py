"""Paints a row of the timeline: status and time, headline, what stands behind the status."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.icons import pixmap, ratio_of
from ui.shared import states
from ui.theme import tokens
from ui.timeline.hits import hits
from ui.timeline.model import BOUNDARY, NOTE, ROW, STARTS_DAY, TIME, WANTED
from ui.words import tr

_MARGIN = 8
_PADDING = 8
_GAP = 2


class RowDelegate(QStyledItemDelegate):
    """Three lines a row, all rows of one height, no widget for any of them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the one height of every row."""
        del option, index
        return QSize(120, row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row = index.data(ROW)
        if not isinstance(row, TimelineRow):
            return
        painter.save()
        label, wanted = str(index.data(BOUNDARY)), index.data(WANTED)
        starts_day = bool(index.data(STARTS_DAY)) and index.row() > 0
        _draw_ground(painter, option, has_line=starts_day or bool(label), is_strong=starts_day)
        box = QRect(option.rect).adjusted(_MARGIN + 8, _PADDING, -_MARGIN - 8, -_PADDING)
        top = _draw_status(painter, option, box, row, (str(index.data(TIME)), label))
        top = _draw_headline(painter, option, box.adjusted(0, top, 0, 0), row, wanted) + top
        _draw_note(painter, option, box.adjusted(0, top, 0, 0), row, (str(index.data(NOTE)), wanted))
        painter.restore()


def row_height() -> int:
    """Return the height of every row, from the text sizes in use."""
    small, body = QFontMetrics(_font(tokens().text_small)), QFontMetrics(_font(tokens().text_body))
    return max(small.height(), tokens().icon) + body.height() + small.height() + 2 * _GAP + 2 * _PADDING


def _font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setWeight(weight)
    return font


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, *, has_line: bool, is_strong: bool) -> None:
    look, rect = tokens(), option.rect
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    is_under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if has_line:
        style = Qt.PenStyle.SolidLine if is_strong else Qt.PenStyle.DotLine
        painter.setPen(QPen(QColor(look.line_strong), 1, style))
        painter.drawLine(rect.topLeft() + QPoint(_MARGIN, 0), rect.topRight() - QPoint(_MARGIN, 0))
    if not (is_chosen or is_under_mouse):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    has_focus = bool(option.state & QStyle.StateFlag.State_Active and option.state & QStyle.StateFlag.State_HasFocus)
    border = QPen(QColor(look.accent), 2 if has_focus else 1) if is_chosen else Qt.PenStyle.NoPen
    painter.setPen(border)
    painter.setBrush(QColor(look.accent_soft if is_chosen else look.hover))
    painter.drawRoundedRect(rect.adjusted(_MARGIN - 1, 2, -_MARGIN, -2), look.radius, look.radius)


def _draw_status(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: TimelineRow, said: tuple[str, str]
) -> int:
    """Draw icon and word of the status, the time at the other end, and between them what the line above bears."""
    time, label = said
    look, shown = tokens(), states.look(row.status)
    bold, plain = _font(look.text_small, QFont.Weight.Bold), _font(look.text_small, QFont.Weight.Medium)
    height = max(QFontMetrics(bold).height(), look.icon)
    line = QRect(box.left(), box.top(), box.width(), height)
    icon = QRect(line.left(), line.top() + (height - look.icon) // 2, look.icon, look.icon)
    ratio = ratio_of(painter)
    painter.drawPixmap(_mirrored(option, line, icon), pixmap(shown.icon, shown.colour, look.icon, ratio))
    painter.setFont(plain)
    painter.setPen(QColor(look.ink_soft))
    painter.drawText(line, _towards(option, Qt.AlignmentFlag.AlignRight), time)
    taken = QFontMetrics(plain).horizontalAdvance(time) + look.space_s
    word = line.adjusted(look.icon + 6, 0, -taken, 0)
    painter.setFont(bold)
    painter.setPen(QColor(shown.colour))
    written = QFontMetrics(bold).elidedText(shown.word, Qt.TextElideMode.ElideRight, word.width())
    painter.drawText(_mirrored(option, line, word), _towards(option, Qt.AlignmentFlag.AlignLeft), written)
    used = QFontMetrics(bold).horizontalAdvance(written) + look.space_m
    between = word.adjusted(used, 0, -look.space_xs, 0)
    if label and between.width() > 0:
        painter.setFont(_font(look.text_small))
        painter.setPen(QColor(look.ink_faint))
        kept = QFontMetrics(painter.font()).elidedText(label, Qt.TextElideMode.ElideRight, between.width())
        painter.drawText(_mirrored(option, line, between), _towards(option, Qt.AlignmentFlag.AlignRight), kept)
    return height + _GAP


def _draw_headline(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: TimelineRow, wanted: Sequence[str]
) -> int:
    look = tokens()
    font = _font(look.text_body, QFont.Weight.DemiBold if row.is_key_moment else QFont.Weight.Normal)
    font.setStrikeOut(row.status is Status.WITHDRAWN)
    font.setItalic(not row.headline)
    metrics = QFontMetrics(font)
    line = QRect(box.left(), box.top(), box.width(), metrics.height())
    size = look.icon - 2
    ratio = ratio_of(painter)
    room = line.width()
    for name, is_there in (("pin", row.is_pinned), ("star", row.is_key_moment)):
        if is_there:
            mark = QRect(line.left() + room - size, line.top() + (line.height() - size) // 2, size, size)
            painter.drawPixmap(_mirrored(option, line, mark), pixmap(name, look.accent, size, ratio))
            room -= size + 4
    is_quiet = row.status is Status.WITHDRAWN or not row.headline
    ink = look.ink_soft if is_quiet else look.ink
    text = _mirrored(option, line, QRect(line.left(), line.top(), room, line.height()))
    _draw_line(painter, option, text, row.headline or tr("No headline yet"), (font, ink), wanted)
    return line.height() + _GAP


def _draw_note(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: TimelineRow, said: tuple[str, Sequence[str]]
) -> None:
    look, (note, wanted) = tokens(), said
    speaks_up = row.status in {Status.FAILED, Status.UNKNOWN, Status.LIVE_EDITED} or row.theirs_by
    font = _font(look.text_small)
    line = QRect(box.left(), box.top(), box.width(), QFontMetrics(font).height())
    _draw_line(painter, option, line, note, (font, look.status[row.status] if speaks_up else look.ink_soft), wanted)


def _draw_line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    line: QRect,
    text: str,
    look: tuple[QFont, str],
    wanted: Sequence[str],
) -> None:
    """Draw a text that ends in … where it does not fit, the words that were looked for marked in it."""
    font, ink = look
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.setFont(font)
    painter.setPen(QColor(ink))
    if marks := hits(shown, wanted):
        from ui.timeline.marked import draw_marked  # noqa: PLC0415 - the first paint marks nothing

        draw_marked(painter, option, line, shown, marks)
    else:
        painter.drawText(line, _towards(option, Qt.AlignmentFlag.AlignLeft), shown)


def _mirrored(option: QStyleOptionViewItem, line: QRect, rect: QRect) -> QRect:
    return QStyle.visualRect(option.direction, line, rect)


def _towards(option: QStyleOptionViewItem, side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    turned = QStyle.visualAlignment(option.direction, side)
    return Qt.AlignmentFlag(turned | Qt.AlignmentFlag.AlignVCenter)
