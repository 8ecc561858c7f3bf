"""Drawing one line of text with the words that were looked for marked in it, in any direction of writing."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.theme import tokens

Marks = Sequence[tuple[int, int]]


def draw_marked(painter: QPainter, option: QStyleOptionViewItem, line: QRect, text: str, marks: Marks) -> None:
    """Draw a text in the painter's font and ink; marked words lie on another ground and are underlined."""
    align = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    layout = QTextLayout(text, painter.font())
    rule = QTextOption(align)
    rule.setTextDirection(option.direction)
    rule.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(rule)
    layout.setFormats([_range(start, length) for start, length in marks])
    layout.beginLayout()
    drawn = layout.createLine()
    drawn.setLineWidth(line.width())
    layout.endLayout()
    top = line.top() + (line.height() - drawn.height()) / 2
    layout.draw(painter, QPointF(line.left(), top))


def _range(start: int, length: int) -> QTextLayout.FormatRange:
    look = tokens()
    form = QTextCharFormat()
    form.setBackground(QColor(look.rehearsal))
    form.setForeground(QColor(look.rehearsal_ink))
    form.setFontUnderline(True)
    marked = QTextLayout.FormatRange()
    marked.start = start
    marked.length = length
    marked.format = form
    return marked
