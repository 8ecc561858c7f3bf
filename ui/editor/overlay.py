"""What is painted over or under a text without being part of it: where ranges of characters are on screen."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextDocument

from ui.theme import tokens

_DOT: Final = 2.0


def blocks_in(document: QTextDocument, shown: QRect) -> Iterator[QTextBlock]:
    """Yield the paragraphs that lie in a part of the surface, from the top."""
    layout = document.documentLayout()
    place = layout.hitTest(QPointF(0, max(0, shown.top())), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, place))
    while block.isValid():
        if block.layout().position().y() > shown.bottom():
            return
        yield block
        block = block.next()


def boxes(block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
    """Yield where characters of a paragraph stand, a box for each line they are on; offsets in UTF-16 code units."""
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        if first < end and start < last:
            # Of a pair, the first is the place in pixels.
            left, right = (_pixels(line.cursorToX(at)) for at in (max(start, first), min(end, last)))
            corner = layout.position() + QPointF(min(left, right), line.y())
            yield QRectF(corner.x(), corner.y(), abs(right - left), line.height())


def _pixels(place: object) -> float:
    return float(place[0]) if isinstance(place, tuple) else float(str(place))


def underline(painter: QPainter, block: QTextBlock, start: int, end: int) -> None:
    """Draw the dots below a word that may be misspelt."""
    pen = QPen(QColor(tokens().danger), _DOT)
    pen.setDashPattern([1, 1])
    painter.setPen(pen)
    for box in boxes(block, start, end):
        # The room of a line is larger than its letters: the dots keep to them.
        bottom = box.top() + box.height() * 0.88
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))


def shade(painter: QPainter, block: QTextBlock, start: int, end: int) -> None:
    """Draw the ground of words that were looked for."""
    painter.setPen(QPen(QColor(tokens().warning), 1))
    painter.setBrush(QColor(tokens().warning_soft))
    for box in boxes(block, start, end):
        painter.drawRoundedRect(box.adjusted(-1, 1, 1, -1), 2, 2)
