"""A text surface that shows lines of prose and reads them back, each change at the cost of the lines it touched."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.blocks import Prose
from ui.editor.lines import Kind, Line, lines_of, prose_of, settle
from ui.editor.marks import numbers, paint
from ui.editor.prose_document import dress_line, prepare, read_line, write_lines
from ui.editor.text_edit import TextEdit
from ui.words import tr


class ProseSurface(TextEdit):
    """Holds prose as lines and hands it out as blocks.

    `pasted(data)` hands over what was pasted or dropped.
    """

    pasted = Signal(object)

    def __init__(self, prose: Iterable[Prose] = (), hint: str = "", parent: QWidget | None = None) -> None:
        self._lines: list[Line] = [Line(Kind.PARAGRAPH)]
        self._rough: set[int] = set()
        self._shown: tuple[Line, ...] = ()
        self._numbers: dict[int, int] = {}
        self._dropped: QMimeData | None = None
        self._is_dropping = False
        super().__init__(tr("Entry text"), hint, parent)
        self.setAcceptRichText(True)
        prepare(self.document())
        self.document().contentsChange.connect(self._on_lines_changed)
        self._write([Line(Kind.PARAGRAPH)], force=True)
        self.show_prose(prose)

    def prose(self) -> tuple[Prose, ...]:
        """Return the prose as blocks."""
        return prose_of(self._shown)

    def lines(self) -> tuple[Line, ...]:
        """Return the lines shown."""
        return self._shown

    def show_prose(self, prose: Iterable[Prose]) -> None:
        """Show prose, touching only the lines that differ; nothing is told."""
        wanted = settle(lines_of(prose)) or (Line(Kind.PARAGRAPH),)
        if wanted != self._shown:
            self._write(wanted)

    def event(self, event: QEvent) -> bool:
        """Draw the lines again when the application's look changes."""
        if event.type() is QEvent.Type.PaletteChange and self._shown:
            self.dress()
        return super().event(event)

    def dress(self) -> None:
        """Draw the lines in the colours and text sizes now in use; the caret stays."""
        held = self.caret()
        prepare(self.document())
        self._write(self._shown, force=True)
        self.set_caret(*held)

    def place(self, position: int) -> tuple[int, int]:
        """Return the line a position lies in, and its offset there."""
        block = self.document().findBlock(position)
        return block.blockNumber(), position - block.position()

    def position(self, number: int, offset: int | None = 0) -> int:
        """Return the position of an offset in a line, or of the line's end."""
        block = self.document().findBlockByNumber(min(number, self.document().blockCount() - 1))
        return block.position() + min(block.length() - 1, block.length() if offset is None else offset)

    def tell_edited(self) -> None:
        """Put right what typing left crooked, and tell the change when there is one."""
        wanted = settle(self._lines)
        if self._rough or wanted != tuple(self._lines):
            if self.is_composing:
                return
            self._rewrite(wanted)
        elif wanted == self._shown:
            return
        else:
            self._settle(wanted)
        self.edited.emit()

    def _rewrite(self, wanted: Iterable[Line]) -> None:
        """Write lines with the caret staying in its line."""
        held = [self.place(position) for position in self.caret()]
        self._write(wanted)
        anchor, position = (self.position(number, offset) for number, offset in held)
        self.set_caret(anchor, position)

    def _on_lines_changed(self, position: int, removed: int, added: int) -> None:
        del removed
        document = self.document()
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(position + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        more = document.blockCount() - len(self._lines)
        read = [read_line(document.findBlockByNumber(number)) for number in range(first, last + 1)]
        self._lines[first : last - more + 1] = [line for line, _ in read]
        kept = (number for number in self._rough if not first <= number <= last - more)
        self._rough = {number if number < first else number + more for number in kept}
        self._rough |= {first + index for index, (_, is_dressed) in enumerate(read) if not is_dressed}

    def _write(self, wanted: Iterable[Line], *, force: bool = False) -> None:
        lines = tuple(wanted)
        self._quiet += 1
        write_lines(self.document(), tuple(self._lines), lines)
        for number in range(len(lines)) if force else sorted(self._rough):
            if number < len(lines):
                dress_line(self.document(), number, lines[number])
        self._rough = set()
        self._quiet -= 1
        self._settle(lines)
        self.viewport().update()

    def _settle(self, lines: tuple[Line, ...]) -> None:
        self._shown = lines
        self._numbers = numbers(lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and beside it what makes lists and quotes of it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        document = self.document()
        layout = document.documentLayout()
        for number, line in enumerate(self._lines):
            if line.kind not in {Kind.PARAGRAPH, Kind.HEADING}:
                block = document.findBlockByNumber(number)
                if layout.blockBoundingRect(block).intersects(event.rect()):
                    paint(painter, self.font(), self.viewport().width(), block, self._numbers)
        painter.end()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text, pages and pictures."""
        return source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand over what is pasted; what is dropped only once the drop is over."""
        if self._is_dropping:
            self._dropped = source
        else:
            self.pasted.emit(source)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a drop where it falls."""
        self._is_dropping = True
        super().dropEvent(event)
        self._is_dropping = False
        if self._dropped is not None:
            dropped, self._dropped = self._dropped, None
            self.pasted.emit(dropped)
