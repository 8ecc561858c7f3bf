"""Lines of prose in a text document: kinds are properties of its blocks, looks are properties of characters."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from desktop.domain.text import Span, join, plain
from ui.editor.lines import ITEMS, Kind, Line, fit, units
from ui.theme import tokens

_USER: Final = QTextFormat.Property.UserProperty.value
_KIND: Final = _USER + 1
_BEGINS: Final = _USER + 2
_BOLD: Final = _USER + 3
_ITALIC: Final = _USER + 4
_HREF: Final = _USER + 5
_MADE_FOR: Final = _USER + 6

_LINE_HEIGHT: Final = 132.0
_TEXT_LINE_END: Final = "\u2028"


def indent() -> int:
    """Return the room before items and quotes, in device-independent pixels: enough for two digits and a full stop."""
    return round(tokens().text_body * 2.5)


def dash() -> int:
    """Return the room of the dash before a source."""
    return round(tokens().text_small * 2.2)


def prepare(document: QTextDocument) -> None:
    """Make a document ready for lines: no undo of its own, no margin, room for bullets and bars."""
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setIndentWidth(indent())


def block_format(line: Line) -> QTextBlockFormat:
    """Return how a line stands."""
    made = QTextBlockFormat()
    made.setProperty(_KIND, line.kind.value)
    made.setProperty(_BEGINS, line.begins)
    made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    space = tokens().space_s
    match line.kind:
        case Kind.PARAGRAPH:
            made.setBottomMargin(space)
        case Kind.HEADING:
            made.setTopMargin(space * 1.5)
            made.setBottomMargin(space / 2)
            made.setHeadingLevel(3)
        case Kind.BULLET | Kind.NUMBER:
            made.setIndent(1)
            made.setBottomMargin(space / 2)
        case Kind.QUOTE:
            made.setIndent(1)
            made.setTopMargin(space / 2)
        case Kind.SOURCE:
            made.setIndent(1)
            made.setTextIndent(dash())
            made.setBottomMargin(space * 1.5)
    return made


def char_format(kind: Kind, span: Span) -> QTextCharFormat:
    """Return how characters of a span look in a line of a kind."""
    look = tokens()
    made = QTextCharFormat()
    made.setProperty(_MADE_FOR, kind.value)
    made.setProperty(_BOLD, span.bold)
    made.setProperty(_ITALIC, span.italic)
    made.setProperty(_HREF, span.href)
    size = {Kind.HEADING: look.text_large, Kind.SOURCE: look.text_small}.get(kind, look.text_body)
    made.setFontPointSize(size)
    made.setFontWeight(QFont.Weight.Bold if span.bold or kind is Kind.HEADING else QFont.Weight.Normal)
    made.setFontItalic(span.italic)
    if span.href:
        made.setAnchor(True)
        made.setAnchorHref(span.href)
        made.setFontUnderline(True)
    ink = look.accent if span.href else look.ink_soft if kind is Kind.SOURCE else look.ink
    made.setForeground(QBrush(QColor(ink)))
    return made


def looks_of(made: QTextCharFormat) -> Span:
    """Return a span without characters that has the looks of a format."""
    return Span("", made.boolProperty(_BOLD), made.boolProperty(_ITALIC), made.stringProperty(_HREF))


def kind_of(block: QTextBlock) -> Kind:
    """Return what a block of the document is."""
    kind = block.blockFormat().stringProperty(_KIND)
    return Kind(kind) if kind else Kind.PARAGRAPH


def read_line(block: QTextBlock) -> tuple[Line, bool]:
    """Read a line, and whether all its characters look as they should in a line of its kind."""
    shape = block.blockFormat()
    kind = kind_of(block)
    spans: list[Span] = []
    is_dressed = bool(shape.stringProperty(_KIND))
    for text, look in _fragments(block):
        spans.append(Span(fit(text), look.boolProperty(_BOLD), look.boolProperty(_ITALIC), look.stringProperty(_HREF)))
        is_dressed = is_dressed and look.stringProperty(_MADE_FOR) == kind.value
    return Line(kind, join(spans), kind in ITEMS and shape.boolProperty(_BEGINS)), is_dressed


def _fragments(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        yield fragment.text(), fragment.charFormat()
        place += 1


def read_lines(document: QTextDocument) -> tuple[Line, ...]:
    """Read all lines of a document."""
    return tuple(read_line(document.findBlockByNumber(number))[0] for number in range(document.blockCount()))


def write_lines(document: QTextDocument, old: Sequence[Line], new: Sequence[Line]) -> None:
    """Turn a document that holds `old` into one that holds `new`, touching only the lines that differ."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    below = 0
    while below < min(len(old), len(new)) - same and old[-1 - below] == new[-1 - below]:
        below += 1
    if same == len(old) == len(new):
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _fit_count(cursor, len(old) - below, len(new) - len(old))
    for number in range(max(0, same - 1), min(len(new), len(new) - below + 1)):
        if same <= number < len(new) - below:
            _write_line(cursor, document.findBlockByNumber(number), new[number])
        else:
            _shape(cursor, document.findBlockByNumber(number), new[number])
    cursor.endEditBlock()


def dress_line(document: QTextDocument, number: int, line: Line) -> None:
    """Give a line, whose characters stay, the looks it should have."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _dress(cursor, document.findBlockByNumber(number), line)
    cursor.endEditBlock()


def _fit_count(cursor: QTextCursor, end: int, more: int) -> None:
    """Add blocks before the block `end`, or take away those before it, so that the count fits."""
    document = cursor.document()
    if more > 0:
        above = document.findBlockByNumber(end - 1)
        cursor.setPosition(above.position() + above.length() - 1 if end else 0)
        for _ in range(more):
            cursor.insertBlock()
    elif more < 0:
        after = document.findBlockByNumber(end)
        gone = document.findBlockByNumber(end + more)
        if after.isValid():
            cursor.setPosition(gone.position())
            cursor.setPosition(after.position(), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.setPosition(gone.position() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


def _write_line(cursor: QTextCursor, block: QTextBlock, line: Line) -> None:
    held, _ = read_line(block)
    if plain(held.text) == plain(line.text):
        _dress(cursor, block, line)
        return
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    _shape(cursor, block, line)
    for span in line.text:
        cursor.insertText(span.text.replace("\n", _TEXT_LINE_END), char_format(line.kind, span))


def _shape(cursor: QTextCursor, block: QTextBlock, line: Line) -> None:
    cursor.setPosition(block.position())
    cursor.setBlockFormat(block_format(line))
    cursor.setBlockCharFormat(char_format(line.kind, Span("")))


def _dress(cursor: QTextCursor, block: QTextBlock, line: Line) -> None:
    _shape(cursor, block, line)
    for span in line.text:
        cursor.setPosition(cursor.position())
        cursor.setPosition(cursor.position() + units(span.text), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(char_format(line.kind, span))
        cursor.setPosition(cursor.selectionEnd())
