"""The body of an entry on screen: text surfaces and cards in the order of the blocks."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.blocks import Embed
from ui.editor.cards.card import Card, Surroundings
from ui.editor.cards.embed import EmbedCard
from ui.editor.cards.registry import CARDS, card_for
from ui.editor.form import Field
from ui.editor.prose_edit import ProseEdit
from ui.editor.rows import ABOVE, CARD, TEXT, Blocks, Caret, Segment, segments
from ui.editor.text_edit import TextEdit
from ui.theme import tokens

HINT: Final = "Write here. “## ” makes a heading, “- ” a list, “> ” a quote."

# Names, addresses and the words of a post are not ours to spell.
_SPELLED: Final = re.compile(r"(?:alt|caption|text)$")

Part = ProseEdit | Card


class Canvas(QWidget):
    """Shows blocks and reads back what a person does to them.

    `edited(segment, field, name)` tells a change; a name makes it a step of its own. `asked(deed, segment)` asks for
    an edit across segments: "open", "remove", "up", "down", "join_up", "join_down", "link". `pasted(segment, data)`
    hands over what was pasted. `left_top()` tells that an arrow left above the first segment, `slashed()` that “/” was
    typed into an empty line.
    """

    edited = Signal(int, str, str)
    asked = Signal(str, int)
    pasted = Signal(int, object)
    left_top = Signal()
    slashed = Signal()
    caret_moved = Signal()
    undo_requested = Signal(int)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self._parts: list[Part] = []
        self._held: list[Segment] = []
        self._name = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens().space_m)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def parts(self) -> tuple[Part, ...]:
        """Return the text surfaces and cards, from the top."""
        return tuple(self._parts)

    def blocks(self) -> Blocks:
        """Return the blocks as they stand on screen."""
        return tuple(block for held in self._held for block in (held if isinstance(held, tuple) else (held,)))

    def show_blocks(self, blocks: Blocks) -> None:
        """Show blocks; surfaces and cards that still fit stay, with whatever is in them."""
        wanted = segments(blocks)
        kept = self._match(wanted)
        parts = [part or self._made(segment) for part, segment in zip(kept, wanted, strict=True)]
        for part in self._parts:
            if part not in parts:
                part.hide()
                self._column.removeWidget(part)
                part.deleteLater()
        for index, (part, segment) in enumerate(zip(parts, wanted, strict=True)):
            if self._column.indexOf(part) != index:
                self._column.insertWidget(index, part)
                # The layout would show it later, and until then it could not take the focus.
                part.show()
            if isinstance(part, Card) and not isinstance(segment, tuple):
                part.show_block(segment)
            elif isinstance(part, ProseEdit) and isinstance(segment, tuple):
                part.show_prose(segment)
        is_new_order = parts != self._parts
        self._parts = parts
        self._held = list(wanted)
        self._number(blocks)
        self._check_spelling()
        if is_new_order:
            self._show_hint()
            self._order_tabs()

    def caret(self) -> Caret:
        """Return where the caret stands; ABOVE when it is not in the body."""
        for number, part in enumerate(self._parts):
            if isinstance(part, Card):
                field, anchor, position = part.caret()
                if part.hasFocus() or field != CARD:
                    return Caret(number, field, anchor, position)
            elif part.hasFocus():
                return Caret(number, TEXT, *part.caret())
        return Caret(ABOVE)

    def caret_before(self, segment: int, field: str) -> Caret:
        """Return where the caret stood before the last change of a segment."""
        part = self._parts[segment]
        return Caret(segment, field, *(part.caret_before(field) if isinstance(part, Card) else part.caret_before()))

    def set_caret(self, caret: Caret) -> None:
        """Put the caret somewhere."""
        part = self._parts[min(max(caret.segment, 0), len(self._parts) - 1)]
        if isinstance(part, Card):
            part.set_caret(caret.field, caret.anchor, caret.position)
        else:
            part.setFocus(Qt.FocusReason.OtherFocusReason)
            part.set_caret(caret.anchor, caret.position)

    def start(self, segment: int) -> None:
        """Begin to fill in a new card."""
        part = self._parts[segment]
        if isinstance(part, Card):
            part.start()

    def prose(self, segment: int) -> ProseEdit | None:
        """Return the text surface of a segment, None when a card stands there."""
        part = self._parts[segment] if 0 <= segment < len(self._parts) else None
        return part if isinstance(part, ProseEdit) else None

    def focused_prose(self) -> ProseEdit | None:
        """Return the text surface with the caret."""
        return next((part for part in self._parts if isinstance(part, ProseEdit) and part.hasFocus()), None)

    def is_composing(self) -> bool:
        """Tell whether an input method is in the middle of a word."""
        return any(field.is_composing for field in self._fields())

    def caret_rectangle(self) -> QRect:
        """Return where the caret is on the canvas, or the selected card; empty when neither is here."""
        for part in self._parts:
            if isinstance(part, Card):
                focused = next((field for field in part.fields().values() if field.hasFocus()), None)
                if focused is not None:
                    return _caret_in(focused, self)
                if part.hasFocus():
                    return part.geometry()
            elif part.hasFocus():
                return _caret_in(part, self)
        return QRect()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the end of the text when somebody clicks below it."""
        if self._parts and event.position().y() > self._parts[-1].geometry().top():
            end = 1 << 30
            self.set_caret(Caret(len(self._parts) - 1, TEXT, end, end))

    def _match(self, wanted: Sequence[Segment]) -> list[Part | None]:
        """Find for each wanted segment the part to show it: one that holds just this, else the next of its class."""
        free = list(zip(self._parts, self._held, strict=True))
        found: list[Part | None] = [None] * len(wanted)
        for index, segment in enumerate(wanted):
            for pair in free:
                if pair[1] == segment:
                    found[index] = pair[0]
                    free.remove(pair)
                    break
        for index, segment in enumerate(wanted):
            needed = ProseEdit if isinstance(segment, tuple) else CARDS[type(segment)]
            for pair in free:
                if found[index] is None and type(pair[0]) is needed:
                    found[index] = pair[0]
                    free.remove(pair)
                    break
        return found

    def _made(self, segment: Segment) -> Part:
        if not isinstance(segment, tuple):
            card = card_for(segment, self.around)
            card.edited.connect(self._on_card_edited)
            card.caret_moved.connect(self.caret_moved)
            card.left.connect(self._on_left)
            card.opened.connect(self._on_opened)
            card.removed.connect(self._on_removed)
            card.moved.connect(self._on_moved)
            card.undo_requested.connect(self.undo_requested)
            card.setCursor(Qt.CursorShape.ArrowCursor)
            return card
        prose = ProseEdit(segment)
        prose.edited.connect(self._on_prose_edited)
        prose.named.connect(self._on_named)
        prose.caret_moved.connect(self.caret_moved)
        prose.left.connect(self._on_left)
        prose.moved.connect(self._on_moved)
        prose.joined.connect(self._on_joined)
        prose.pasted.connect(self._on_pasted)
        prose.link_requested.connect(self._on_link_requested)
        prose.slashed.connect(self.slashed)
        prose.undo_requested.connect(self.undo_requested)
        return prose

    def surfaces(self) -> tuple[TextEdit, ...]:
        """Return everything that text is typed into, from the top; a folded form's fields are left out."""
        return tuple(field for field in self._fields() if field.isVisibleTo(self))

    def _fields(self) -> Iterator[TextEdit]:
        for part in self._parts:
            yield from part.fields().values() if isinstance(part, Card) else (part,)

    def _check_spelling(self) -> None:
        if self.around.spelling is not None:
            for field in self._fields():
                if not isinstance(field, Field) or _SPELLED.search(field.key):
                    field.check_spelling(self.around.spelling)

    def _number(self, blocks: Blocks) -> None:
        embeds = [block for block in blocks if isinstance(block, Embed)]
        cards = [part for part in self._parts if isinstance(part, EmbedCard)]
        sorts = [(embed.provider, embed.kind) for embed in embeds]
        for index, card in enumerate(cards):
            card.number(sorts[: index + 1].count(sorts[index]), sorts.count(sorts[index]))

    def _show_hint(self) -> None:
        for part in self._parts:
            if isinstance(part, ProseEdit):
                part.setPlaceholderText(HINT if len(self._parts) == 1 else "")

    def _order_tabs(self) -> None:
        for above, below in zip(self._parts, self._parts[1:], strict=False):
            last: QWidget = above
            while (following := last.nextInFocusChain()) is not None and above.isAncestorOf(following):
                last = following
            QWidget.setTabOrder(last, below)

    def _sent_by(self) -> int:
        sender = self.sender()
        return next((number for number, part in enumerate(self._parts) if part is sender), ABOVE)

    def _on_named(self, name: str) -> None:
        self._name = name

    def _on_prose_edited(self) -> None:
        number = self._sent_by()
        name, self._name = self._name, ""
        part = self.prose(number)
        if part is not None:
            self._held[number] = part.prose()
            self.edited.emit(number, TEXT, name)

    def _on_card_edited(self, key: str, name: str) -> None:
        number = self._sent_by()
        part = self._parts[number] if number >= 0 else None
        if isinstance(part, Card):
            block = part.block()
            part.show_block(block)
            self._check_spelling()
            self._held[number] = block
            self._number(self.blocks())
            self.edited.emit(number, key, name)

    def _on_left(self, by: int) -> None:
        number = self._sent_by() + by
        if number < 0:
            self.left_top.emit()
        elif number < len(self._parts):
            end = 0 if by > 0 else 1 << 30
            self.set_caret(Caret(number, CARD, end, end))

    def _on_opened(self) -> None:
        self.asked.emit("open", self._sent_by())

    def _on_removed(self) -> None:
        self.asked.emit("remove", self._sent_by())

    def _on_moved(self, by: int) -> None:
        self.asked.emit("up" if by < 0 else "down", self._sent_by())

    def _on_joined(self, by: int) -> None:
        self.asked.emit("join_up" if by < 0 else "join_down", self._sent_by())

    def _on_pasted(self, data: QMimeData) -> None:
        self.pasted.emit(self._sent_by(), data)

    def _on_link_requested(self) -> None:
        self.asked.emit("link", self._sent_by())


def _caret_in(edit: TextEdit, canvas: QWidget) -> QRect:
    shown = edit.cursorRect()
    return QRect(edit.mapTo(canvas, shown.topLeft()), shown.size())
