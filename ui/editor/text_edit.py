"""A text surface as high as its text: no scroll bar, no undo of its own, one signal for what a person changed."""

import math
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit, QWidget

from ui.editor.lines import fit
from ui.editor.overlay import blocks_in, shade, underline
from ui.editor.spelling import Mark, Spelling
from ui.editor.spelling_menu import SpellingMenu

_REDO: Final = (
    QKeySequence(Qt.Modifier.CTRL | Qt.Modifier.SHIFT | Qt.Key.Key_Z),
    QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Y),
)


class TextEdit(QTextEdit):
    """Plain text that grows with what is typed.

    `edited` tells a change a person made, never an unfinished composition of an input method. `left(by)` tells that
    an arrow went past the first line (-1) or the last (+1), `entered` that Enter was pressed, `escaped` Esc.
    `undo_requested(by)` asks for one step back (-1) or forth (+1).
    """

    edited = Signal()
    caret_moved = Signal()
    focus_changed = Signal(bool)
    left = Signal(int)
    entered = Signal()
    escaped = Signal()
    moved = Signal(int)
    undo_requested = Signal(int)

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        self.spelling: Spelling | None = None
        self.found: tuple[Mark, ...] = ()
        self._typed_to = -1
        self._quiet = 0
        self._held = ""
        self._before = (0, 0)
        self._last = (0, 0)
        self._is_changing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.document().contentsChange.connect(self._on_contents_change)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self._grow()

    def plain(self) -> str:
        """Return what is typed."""
        return fit(self.document().toRawText().replace("\u2029", "\n"))

    def show_plain(self, text: str) -> None:
        """Show a text, unless it stands there already; nothing is told."""
        if text != self.plain():
            self._quiet += 1
            self.setPlainText(text)
            self._quiet -= 1
            self._held = text

    def caret(self) -> tuple[int, int]:
        """Return the anchor and the position of the caret."""
        cursor = self.textCursor()
        return cursor.anchor(), cursor.position()

    def caret_before(self) -> tuple[int, int]:
        """Return where the caret stood before the change that was told last."""
        return self._before

    def set_caret(self, anchor: int, position: int) -> None:
        """Put the caret somewhere, kept inside the text."""
        cursor = self.textCursor()
        cursor.setPosition(self._whole(anchor))
        cursor.setPosition(self._whole(position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._last = self.caret()

    def _whole(self, position: int) -> int:
        """Return a position inside the text, never between the halves of a character."""
        kept = min(max(position, 0), self.document().characterCount() - 1)
        block = self.document().findBlock(kept)
        offset = kept - block.position()
        return kept if not offset or block.layout().isValidCursorPosition(offset) else kept - 1

    def sizeHint(self) -> QSize:
        """Ask for the height of the text."""
        return QSize(240, self.height())

    def minimumSizeHint(self) -> QSize:
        """Let the width shrink: the text wraps."""
        return QSize(60, self.height())

    def event(self, event: QEvent) -> bool:
        """Keep undo and redo here, also when the window has shortcuts of the same keys."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        return _history(event) != 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send undo, redo, Enter, Esc and arrows past the edge to whoever holds this text."""
        if by := _history(event):
            self.undo_requested.emit(by)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.ignore()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif by := self._leaves(event):
            self.left.emit(by)
        else:
            self.press(event)

    def press(self, event: QKeyEvent) -> None:
        """Take a key that is for the text itself; Enter ends a text of one paragraph."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}:
                self.entered.emit()
            else:
                event.ignore()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know while an input method composes: what it shows then is not typed yet."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self.is_composing:
            self.tell_edited()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text alone."""
        if source.hasText():
            self.textCursor().insertText(" ".join(fit(source.text()).split("\n")))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the surface can do itself; undo and redo are the entry's, not the surface's."""
        self.menu_at(event).popup(event.globalPos())

    def menu_at(self, event: QContextMenuEvent) -> QMenu:
        """Make the menu of a place, with other spellings where a word is misspelt; it deletes itself when closed."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in menu.actions():
            if action.objectName() in {"edit-undo", "edit-redo"}:
                menu.removeAction(action)
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.textCursor().position() if is_by_key else self.cursorForPosition(event.pos()).position()
        mark = next((each for each in self.misspellings() if each[0] <= place <= each[1]), None)
        if self.spelling is not None and mark is not None:
            SpellingMenu(menu, self, self.spelling, mark)
        return menu

    # --- what is marked in the text -----------------------------------------------------------------------------

    def check_spelling(self, spelling: Spelling) -> None:
        """Mark misspelt words from now on."""
        if self.spelling is None:
            self.spelling = spelling
            spelling.judged.connect(self.viewport().update)

    def misspellings(self) -> list[Mark]:
        """Return where misspelt words start and end in the whole text."""
        block, found = self.document().firstBlock(), []
        while block.isValid():
            found += [(block.position() + start, block.position() + end) for start, end in self._marks(block)]
            block = block.next()
        return found

    def _marks(self, block: QTextBlock) -> list[Mark]:
        return self.spelling.marks(block.text().replace("\u2028", "\n")) if self.spelling is not None else []

    def said(self, start: int, end: int) -> str:
        """Return the characters between two positions."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return fit(cursor.selectedText())

    def put_right(self, start: int, end: int, words: str) -> None:
        """Put other words in place of some, as they look."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words, cursor.charFormat())
        self.setTextCursor(cursor)

    def put_all_right(self, marks: Iterable[Mark], words: str) -> None:
        """Put the same words in many places, told as one change."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for start, end in sorted(marks, reverse=True):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words, cursor.charFormat())
        cursor.endEditBlock()

    def show_found(self, found: tuple[Mark, ...]) -> None:
        """Shade what was looked for; the selection is the one that was gone to."""
        if found != self.found:
            self.found = found
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and what is marked in it."""
        if self.found:
            self._shade_found(event.rect())
        super().paintEvent(event)
        if self.spelling is not None:
            self._underline(event.rect())

    def _shade_found(self, shown: QRect) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block in blocks_in(self.document(), shown):
            for start, end in self.found:
                if block.position() <= start < block.position() + block.length():
                    shade(painter, block, start - block.position(), end - block.position())
        painter.end()

    def _underline(self, shown: QRect) -> None:
        painter: QPainter | None = None
        typed = self._typed_to if self.hasFocus() else -1
        for block in blocks_in(self.document(), shown):
            for start, end in self._marks(block):
                if block.position() + end != typed:
                    if painter is None:
                        painter = QPainter(self.viewport())
                        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    underline(painter, block, start, end)
        if painter is not None:
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the caret came."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)  # noqa: FBT003 - a signal has no keyword arguments
        self.caret_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the caret went."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)  # noqa: FBT003 - a signal has no keyword arguments

    def _leaves(self, event: QKeyEvent) -> int:
        if event.modifiers() not in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}:
            return 0
        cursor = self.textCursor()
        if cursor.hasSelection():
            return 0
        match event.key():
            case Qt.Key.Key_Up:
                return 0 if cursor.movePosition(QTextCursor.MoveOperation.Up) else -1
            case Qt.Key.Key_Down:
                return 0 if cursor.movePosition(QTextCursor.MoveOperation.Down) else 1
            case Qt.Key.Key_Left:
                return -1 if cursor.atStart() else 0
            case Qt.Key.Key_Right:
                return 1 if cursor.atEnd() else 0
            case _:
                return 0

    def _grow(self) -> None:
        height = math.ceil(self.document().size().height()) + 2
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        del position, removed, added
        if not self._is_changing:
            self._before = self._last
            self._is_changing = True

    def _on_text_changed(self) -> None:
        self._is_changing = False
        if not self._quiet:
            self._typed_to = self.textCursor().position()
            self.tell_edited()
        self._last = self.caret()

    def tell_edited(self) -> None:
        """Tell that a person changed the text, when it is another one."""
        text = self.plain()
        if text != self._held:
            self._held = text
            self.edited.emit()

    def _on_caret_moved(self) -> None:
        if not self._is_changing:
            self._last = self.caret()
            if self._typed_to not in {-1, self._last[1]}:
                # The word that was being typed is finished: now it may be marked.
                self._typed_to = -1
                self.viewport().update()
        self.caret_moved.emit()


def _history(event: QKeyEvent) -> int:
    if event.matches(QKeySequence.StandardKey.Undo):
        return -1
    if event.matches(QKeySequence.StandardKey.Redo) or QKeySequence(event.keyCombination()) in _REDO:
        return 1
    return 0
