"""The text surface of a run of prose: paragraphs, headings, lists and quotes in one flow."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, Protocol

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop.domain.blocks import Prose
from desktop.domain.text import Span, Text, join, plain
from ui.editor.clipboard import write_mime
from ui.editor.lines import Kind, Line, cut, fit, prose_of, settle, units
from ui.editor.prose_document import char_format, kind_of, looks_of
from ui.editor.prose_surface import ProseSurface
from ui.editor.text_edit import TextEdit
from ui.words import tr

_RULES: Final = {
    "##": (Kind.HEADING, "Make heading"),
    "-": (Kind.BULLET, "Make list"),
    "*": (Kind.BULLET, "Make list"),
    "1.": (Kind.NUMBER, "Make numbered list"),
    ">": (Kind.QUOTE, "Make quote"),
}


class Companion(Protocol):
    """Something beside the text that takes keys before it does."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a key, or leave it to the text."""


_KEYS: Final = {Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_K}


class ProseEdit(ProseSurface):
    """Edits prose: kinds of lines, looks of characters, and the rules of keys.

    `named(text)` comes before an `edited` that is a step of its own, with its name. `joined(by)` tells that Backspace
    was pressed at the very start (-1) or Delete at the very end (+1). `link_requested` asks for
    a link on the selection; `slashed` tells that “/” was typed into an empty line.
    """

    named = Signal(str)
    joined = Signal(int)
    link_requested = Signal()
    slashed = Signal()
    companion: Companion | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let what lies beside the text take the key first."""
        if self.companion is None or not self.companion.take_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - as Qt has it
        """Keep Tab for what lies beside the text."""
        return self.companion is None and super().focusNextPrevChild(next)

    def become(self, kind: Kind, name: str) -> None:
        """Make the line with the caret an empty one of a kind."""
        number = self.textCursor().blockNumber()
        self._change([*self._shown[:number], Line(kind), *self._shown[number + 1 :]], name, (number, 0))

    def put_right(self, start: int, end: int, words: str) -> None:
        """Put other words in place of some, as a step of its own."""
        self.named.emit(tr("Correct spelling"))
        super().put_right(start, end, words)

    def kind(self) -> Kind:
        """Return what the line with the caret is."""
        return kind_of(self.textCursor().block())

    def looks(self) -> Span:
        """Return a span without characters that looks as what is typed next."""
        return looks_of(self.textCursor().charFormat())

    def set_kind(self, kind: Kind, name: str) -> None:
        """Make the selected lines of a kind, or plain paragraphs when all of them are of it already."""
        first, last = self._selected_lines()
        touched = [line for line in self._shown[first : last + 1] if line.kind is not Kind.SOURCE]
        wanted = Kind.PARAGRAPH if touched and all(line.kind is kind for line in touched) else kind
        lines = [
            Line(wanted, line.text) if first <= number <= last and line.kind is not Kind.SOURCE else line
            for number, line in enumerate(self._shown)
        ]
        self._change(lines, name)

    def toggle_bold(self) -> None:
        """Make the selection, or what is typed next, bold or not."""
        self._toggle(lambda span: span.bold, lambda span, is_on: replace(span, bold=is_on), tr("Bold"))

    def toggle_italic(self) -> None:
        """Make the selection, or what is typed next, italic or not."""
        self._toggle(lambda span: span.italic, lambda span, is_on: replace(span, italic=is_on), tr("Italic"))

    def set_link(self, href: str) -> None:
        """Put a link on the selection; "" takes links away."""
        kept = fit(href)
        self._dress_selection(lambda span: replace(span, href=kept), tr("Link") if href else tr("Remove link"))

    def select_link(self) -> str:
        """Select the whole link the caret is in, when nothing is selected; return where the selection leads."""
        cursor = self.textCursor()
        href = self.looks().href
        if not cursor.hasSelection() and href:
            block, at = cursor.block(), cursor.positionInBlock()
            start, end = _around(self._lines[block.blockNumber()].text, at)
            self.set_caret(block.position() + start, block.position() + end)
        return href

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy blocks, not what Qt makes of them."""
        return write_mime(self.selected_prose())

    def selected_prose(self) -> tuple[Prose, ...]:
        """Return the selected lines, the first and the last as far as they are selected."""
        first, _ = self._selected_lines()
        parts = enumerate(self._selected_parts(), first)
        return prose_of(settle(Line(self._shown[number].kind, part) for number, part in parts))

    def _is_own(self, event: QKeyEvent) -> bool:
        is_look = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _KEYS
        if is_look and event.key() == Qt.Key.Key_K:
            return self.textCursor().hasSelection() or bool(self.looks().href)
        return is_look or super()._is_own(event)

    def press(self, event: QKeyEvent) -> None:
        """Take a key: looks, the rules of Enter and Backspace, the rules of a line's first characters."""
        if self._is_own(event):
            match event.key():
                case Qt.Key.Key_B:
                    self.toggle_bold()
                case Qt.Key.Key_I:
                    self.toggle_italic()
                case _:
                    self.link_requested.emit()
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._enter()
            case Qt.Key.Key_Backspace if not self.textCursor().hasSelection() and self._step_back():
                pass
            case Qt.Key.Key_Delete if not self.textCursor().hasSelection() and self._step_on():
                pass
            case _:
                self._type(event)

    def _type(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        if event.text() and event.text().isprintable() and not cursor.hasSelection():
            self._leave_link(cursor)
        self.rich_press(event)
        if event.text() == " ":
            self._apply_rule()
        elif event.text() == "/" and plain(self._shown[cursor.blockNumber()].text) == "/":
            self.slashed.emit()

    def rich_press(self, event: QKeyEvent) -> None:
        """Let the text surface itself take a key."""
        # TextEdit.press would end the text on Enter; here Shift+Enter breaks the line.
        super(TextEdit, self).keyPressEvent(event)

    def _leave_link(self, cursor: QTextCursor) -> None:
        href = looks_of(cursor.charFormat()).href
        if href:
            _, after = cut(self._lines[cursor.blockNumber()].text, cursor.positionInBlock())
            if not after or after[0].href != href:
                look = replace(looks_of(cursor.charFormat()), href="")
                self.setCurrentCharFormat(char_format(self.kind(), look))

    def _apply_rule(self) -> None:
        cursor = self.textCursor()
        number = cursor.blockNumber()
        line = self._lines[number]
        head, tail = cut(line.text, cursor.positionInBlock())
        typed = plain(head).removesuffix(" ")
        if line.kind is Kind.PARAGRAPH and typed in _RULES and len(typed) + 1 == cursor.positionInBlock():
            kind, name = _RULES[typed]
            self._change([*self._shown[:number], Line(kind, tail), *self._shown[number + 1 :]], name, (number, 0))

    def _enter(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.removeSelectedText()
            self.setTextCursor(cursor)
        number, at = cursor.blockNumber(), cursor.positionInBlock()
        line = self._shown[number]
        head, tail = cut(line.text, at)
        above, below = self._shown[:number], self._shown[number + 1 :]
        match line.kind:
            case Kind.BULLET | Kind.NUMBER if not line.text:
                self._change([*above, Line(Kind.PARAGRAPH), *below], tr("Leave list"), (number, 0))
            case Kind.QUOTE if not tail:
                self._go(number + 1, None)
            case Kind.QUOTE:
                cursor.insertText("\u2028")
            case Kind.SOURCE:
                self._change([*above, line, Line(Kind.PARAGRAPH), *below], tr("New paragraph"), (number + 1, 0))
            case Kind.HEADING if not tail:
                self._change([*above, line, Line(Kind.PARAGRAPH), *below], tr("New paragraph"), (number + 1, 0))
            case _:
                second = Line(line.kind, tail)
                self._change(
                    [*above, Line(line.kind, head, line.begins), second, *below], tr("New paragraph"), (number + 1, 0)
                )

    def _step_back(self) -> bool:
        """Do what Backspace does at the start of a line; False when it should just delete a character."""
        cursor = self.textCursor()
        number = cursor.blockNumber()
        line = self._shown[number]
        if not cursor.atBlockStart():
            return False
        if line.kind is Kind.SOURCE:
            self._go(number - 1, None)
        elif line.kind is not Kind.PARAGRAPH:
            lines = [*self._shown[:number], Line(Kind.PARAGRAPH, line.text), *self._shown[number + 1 :]]
            if line.kind is Kind.QUOTE and not self._shown[number + 1].text:
                del lines[number + 1]
            self._change(lines, tr("Make paragraph"), (number, 0))
        elif number == 0:
            self.joined.emit(-1)
        elif self._shown[number - 1].kind is Kind.SOURCE:
            if not line.text and len(self._shown) > number:
                self._change([*self._shown[:number], *self._shown[number + 1 :]], "Delete", (number - 1, None))
            else:
                self._go(number - 1, None)
        else:
            return False
        return True

    def _step_on(self) -> bool:
        """Do what Delete does at the end of a line; False when it should just delete a character."""
        cursor = self.textCursor()
        number = cursor.blockNumber()
        if not cursor.atBlockEnd():
            return False
        if number == len(self._shown) - 1:
            self.joined.emit(1)
            return True
        if self._shown[number].kind is Kind.QUOTE:
            return True
        if self._shown[number].kind is Kind.SOURCE:
            if not self._shown[number + 1].text:
                self._change([*self._shown[: number + 1], *self._shown[number + 2 :]], "Delete", (number, None))
            return True
        return False

    def _go(self, number: int, at: int | None) -> None:
        position = self.position(number, at)
        self.set_caret(position, position)

    def _change(self, lines: Iterable[Line], name: str, place: tuple[int, int | None] | None = None) -> None:
        """Make a change that is a step of its own; `place` is the line and offset the caret goes to."""
        before = self.caret()
        wanted = settle(lines)
        if wanted == self._shown:
            return
        self._rewrite(wanted)
        if place is not None:
            self._go(*place)
        self._before = before
        self.named.emit(name)
        self.edited.emit()

    def _selected_lines(self) -> tuple[int, int]:
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        return first, self.document().findBlock(cursor.selectionEnd()).blockNumber()

    def _toggle(self, has: Callable[[Span], bool], dressed: Callable[[Span, bool], Span], name: str) -> None:
        if not self.textCursor().hasSelection():
            span = self.looks()
            self.setCurrentCharFormat(char_format(self.kind(), dressed(span, not has(span))))
            self.caret_moved.emit()
            return
        spans = [span for part in self._selected_parts() for span in part]
        is_on = bool(spans) and all(has(span) for span in spans)
        self._dress_selection(lambda span: dressed(span, not is_on), name)

    def _bounds(self, number: int) -> tuple[int, int]:
        block = self.document().findBlockByNumber(number)
        cursor = self.textCursor()
        return max(0, cursor.selectionStart() - block.position()), max(0, cursor.selectionEnd() - block.position())

    def _selected_parts(self) -> list[Text]:
        first, last = self._selected_lines()
        found = []
        for number in range(first, last + 1):
            start, end = self._bounds(number)
            found.append(cut(cut(self._shown[number].text, end)[0], start)[1])
        return found

    def _dress_selection(self, dressed: Callable[[Span], Span], name: str) -> None:
        first, last = self._selected_lines()
        lines = list(self._shown)
        for number in range(first, last + 1):
            line = lines[number]
            if line.kind is Kind.SOURCE:
                continue
            start, end = self._bounds(number)
            head, rest = cut(line.text, start)
            middle, tail = cut(rest, end - start)
            lines[number] = replace(line, text=join((*head, *map(dressed, middle), *tail)))
        self._change(lines, name)


def _around(running: Text, at: int) -> tuple[int, int]:
    """Return where the link at an offset starts and ends."""
    href = ""
    head, _ = cut(running, at)
    if head:
        href = head[-1].href
    bounds: list[tuple[int, int, str]] = []
    start = 0
    for span in running:
        size = units(span.text)
        if bounds and bounds[-1][2] == span.href:
            bounds[-1] = (bounds[-1][0], start + size, span.href)
        else:
            bounds.append((start, start + size, span.href))
        start += size
    for first, last, leads in bounds:
        if leads == href and href and first <= at <= last:
            return first, last
    return at, at
