"""What is painted beside lines of prose: bullets, numbers, the bar of a quote, the dash before its source."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextBlock

from ui.editor.lines import ITEMS, Kind, Line
from ui.editor.prose_document import dash, indent, kind_of
from ui.theme import tokens

SOURCE_HINT: Final = "Who said it"
_BAR: Final = 3
_GAP: Final = 7


def numbers(lines: Sequence[Line]) -> dict[int, int]:
    """Return the number of each line of a numbered list."""
    found: dict[int, int] = {}
    count = 0
    for index, line in enumerate(lines):
        if line.kind is not Kind.NUMBER:
            count = 0
            continue
        count = 1 if line.begins else count + 1
        found[index] = count
    return found


def paint(painter: QPainter, font: QFont, width: int, block: QTextBlock, numbered: Mapping[int, int]) -> None:
    """Paint beside a block what makes a list or a quote of it; `width` is that of the surface."""
    kind = kind_of(block)
    first = block.layout().lineAt(0)
    if kind in {Kind.PARAGRAPH, Kind.HEADING} or not first.isValid():
        return
    is_mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
    place = block.layout().position()
    here = QRectF(0, place.y() + first.y(), width, first.height())
    if kind in ITEMS:
        said = f"{numbered.get(block.blockNumber(), 1)}." if kind is Kind.NUMBER else "•"
        room = indent() - _GAP
        gutter = here.adjusted(width - room, 0, 0, 0) if is_mirrored else here.adjusted(0, 0, room - width, 0)
        _say(painter, font, gutter, said, is_left=is_mirrored, points=tokens().text_body, ink=tokens().ink_soft)
        return
    last = block.layout().lineAt(block.layout().lineCount() - 1)
    end = block.next().layout().position().y() if kind is Kind.QUOTE else place.y() + last.y() + last.height()
    bar = QRectF(width - 6 - _BAR if is_mirrored else 6, place.y(), _BAR, end - place.y())
    painter.fillRect(bar, QColor(tokens().line_strong))
    if kind is Kind.SOURCE:
        look = tokens()
        start = here.adjusted(0, 0, -indent(), 0) if is_mirrored else here.adjusted(indent(), 0, 0, 0)
        _say(painter, font, start, "—", is_left=not is_mirrored, points=look.text_small, ink=look.ink_soft)
        if block.length() <= 1:
            rest = start.adjusted(0, 0, -dash(), 0) if is_mirrored else start.adjusted(dash(), 0, 0, 0)
            _say(painter, font, rest, SOURCE_HINT, is_left=not is_mirrored, points=look.text_small, ink=look.ink_faint)


def _say(painter: QPainter, font: QFont, room: QRectF, said: str, *, is_left: bool, points: float, ink: str) -> None:
    sized = QFont(font)
    sized.setPointSizeF(points)
    painter.setFont(sized)
    painter.setPen(QColor(ink))
    side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, said)
