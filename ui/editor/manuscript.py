"""The entry on the desk: its heading and body, one state for both, and every change as a step that can be undone."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.blocks import Block, InternalNote, List, Paragraph, Quote
from desktop.domain.blocks import Heading as HeadingBlock
from desktop.domain.problem import Problem
from desktop.domain.text import Span
from ui.editor.canvas import Canvas
from ui.editor.cards.card import Surroundings
from ui.editor.cards.registry import CARDS
from ui.editor.clipboard import Pasted, read_mime, read_plain
from ui.editor.heading import Heading
from ui.editor.history import Place, Step
from ui.editor.lines import Kind, Line
from ui.editor.pictures import Pictures
from ui.editor.prose_edit import ProseEdit
from ui.editor.rows import (
    ABOVE,
    CARD,
    TEXT,
    Blocks,
    Caret,
    Edit,
    caret_at_block,
    drop_line,
    empty_line,
    insert,
    move,
    open_line,
    paste,
    remove,
    rows_of,
    segments,
)
from ui.editor.spelling import Spelling
from ui.editor.state import HEADLINE, State, position_in_state
from ui.editor.text_edit import TextEdit
from ui.theme import tokens
from ui.words import tr

EMPTY: Final = State("", datetime(2000, 1, 1, tzinfo=UTC), (), ())
_NAMES: Final = {"up": "Move up", "down": "Move down", "remove": "Remove card", "open": "New paragraph"}


class Manuscript(QWidget):
    """Edits one state. `changed()` tells another state, `caret_moved()` another place of the caret.

    `link_requested()` asks for a link on the selection, `refused(Problem)` tells what could not be taken in,
    `told(sentence)` what was done to what was pasted.
    """

    changed = Signal()
    caret_moved = Signal()
    link_requested = Signal()
    refused = Signal(object)
    told = Signal(str)

    def __init__(self, pictures: Pictures, spelling: Spelling | None = None) -> None:
        super().__init__()
        look = tokens()
        self.pictures = pictures
        self.author = ""
        self.heading = Heading()
        self.canvas = Canvas(Surroundings(pictures, spelling=spelling))
        if spelling is not None:
            self.heading.headline.check_spelling(spelling)
        self._state = EMPTY
        self._stack: QUndoStack | None = None
        self._is_restoring = False
        self._waiting: list[object] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_xl)
        column.setSpacing(look.space_l)
        column.addWidget(self.heading)
        column.addWidget(self.canvas, 1)
        self.heading.edited.connect(self._on_heading_edited)
        self.heading.caret_moved.connect(self.caret_moved)
        self.heading.entered.connect(self._on_entered)
        self.heading.left_bottom.connect(self._on_left_bottom)
        self.heading.undo_requested.connect(self.step)
        self.canvas.edited.connect(self._on_body_edited)
        self.canvas.asked.connect(self._on_asked)
        self.canvas.pasted.connect(self._on_pasted)
        self.canvas.left_top.connect(self._on_left_top)
        self.canvas.caret_moved.connect(self.caret_moved)
        self.canvas.undo_requested.connect(self.step)
        pictures.taken.connect(self._on_taken)
        pictures.refused.connect(self._on_refused)

    @property
    def state(self) -> State:
        """What is typed."""
        return self._state

    def show_state(self, state: State, stack: QUndoStack, zone: str) -> None:
        """Show a state with its history; the focus stays where it is."""
        self._stack = stack
        if self.canvas.around.zone != zone:
            self.canvas.around = replace(self.canvas.around, zone=zone)
            self.canvas.show_blocks(())
        self.heading.show_zone(zone)
        self._show(state)

    def replace_state(self, state: State, name: str) -> None:
        """Put another state in place of this one, as a step."""
        caret = self.caret()
        before, self._state = self._state, state
        self._show(state)
        self._push(before, caret, caret, name, None)

    def adopt(self, state: State) -> None:
        """Show a state that came from elsewhere; what was done before cannot be undone over it."""
        if state != self._state and self._stack is not None:
            self._stack.clear()
            self._show(state)

    def caret(self) -> Caret:
        """Return where the caret stands."""
        field = self.heading.focused()
        return Caret(ABOVE, field.key, *field.caret()) if field is not None else self.canvas.caret()

    def set_caret(self, caret: Caret) -> None:
        """Put the caret somewhere, and the focus with it."""
        if caret.segment == ABOVE:
            self.heading.focus(caret.field or HEADLINE, caret.anchor, caret.position)
        else:
            self.canvas.set_caret(caret)

    def caret_rectangle(self) -> QRect:
        """Return where the caret is, in this widget's coordinates."""
        field = self.heading.focused()
        if field is not None:
            return QRect(field.mapTo(self, field.cursorRect().topLeft()), field.cursorRect().size())
        inside = self.canvas.caret_rectangle()
        return inside.translated(self.canvas.mapTo(self, QPoint(0, 0))) if inside.isValid() else inside

    def is_composing(self) -> bool:
        """Tell whether an input method is in the middle of a word."""
        return self.canvas.is_composing() or self.heading.headline.is_composing or self.heading.byline.is_composing

    def undo_text(self) -> str:
        """Name the step that undo takes back, "" when there is none."""
        return self._stack.undoText() if self._stack is not None else ""

    def redo_text(self) -> str:
        """Name the step that redo does again, "" when there is none."""
        return self._stack.redoText() if self._stack is not None else ""

    def begin_together(self, name: str) -> None:
        """Make one step of all that is done until `end_together`."""
        if self._stack is not None:
            self._stack.beginMacro(name)

    def end_together(self) -> None:
        """End what is one step."""
        if self._stack is not None:
            self._stack.endMacro()

    def step(self, by: int) -> None:
        """Undo for -1, redo for +1."""
        if self._stack is None or self.is_composing():
            return
        if by < 0:
            self._stack.undo()
        else:
            self._stack.redo()

    def insert(self, block: Block, name: str = "") -> None:
        """Put a block below the caret and begin to fill it in; a note from desk to desk says who left it."""
        if isinstance(block, InternalNote) and not block.author:
            block = replace(block, author=self.author)
        said = name or tr(CARDS[type(block)].INSERT)
        self._act(insert(self._state.blocks, self._caret_or_end(), block), said)
        caret = self.canvas.caret()
        if caret.field == CARD and caret.segment >= 0:
            self.canvas.start(caret.segment)

    def selected_blocks(self) -> tuple[Block, ...]:
        """Return what is selected: lines of the text or parts of them, or a card."""
        prose = self.canvas.focused_prose()
        if prose is not None:
            return prose.selected_prose() if prose.textCursor().hasSelection() else ()
        caret = self.canvas.caret()
        segment = segments(self._state.blocks)[caret.segment] if caret.segment >= 0 and caret.field == CARD else ()
        return () if isinstance(segment, tuple) else (segment,)

    def put_in_place(self, blocks: tuple[Block, ...], name: str) -> None:
        """Put blocks in place of the line with the caret, and begin to fill in a card that stands alone."""
        caret = self.canvas.caret()
        if caret.segment < 0 or caret.field != TEXT or not blocks:
            return
        emptied, here = empty_line(self._state.blocks, caret)
        is_card = len(blocks) == 1 and not isinstance(blocks[0], Paragraph | HeadingBlock | List | Quote)
        self._act(insert(emptied, here, blocks[0]) if is_card else paste(emptied, here, blocks), name)
        if is_card:
            self.canvas.start(self.canvas.caret().segment)

    def paste_blocks(self, blocks: tuple[Block, ...], caret: Caret, name: str) -> None:
        """Put blocks in place of what a caret selects, below a card it is on, or at the end of the text."""
        if not blocks:
            return
        end = Caret(len(segments(self._state.blocks)) - 1, TEXT, 1 << 30, 1 << 30)
        here = caret if caret.segment >= 0 else end
        is_text = self.canvas.prose(here.segment) is not None
        self._act((paste if is_text else _insert_all)(self._state.blocks, here, blocks), name)

    def move_block(self, by: int) -> None:
        """Move the line or card with the caret."""
        caret = self.canvas.caret()
        if caret.segment >= 0:
            self._act(move(self._state.blocks, caret, by), _NAMES["up" if by < 0 else "down"])

    def go_to(self, index: int) -> None:
        """Put the caret at the entry's block of an index, into the field that wants an answer if it is a card."""
        blocks = self._state.blocks
        if blocks:
            caret = caret_at_block(blocks, position_in_state(self._state, index))
            self.set_caret(caret)
            if caret.field == CARD:
                self.canvas.start(caret.segment)

    def set_kind(self, kind: Kind, name: str) -> None:
        """Make the lines of the selection of a kind."""
        prose = self.canvas.focused_prose()
        if prose is not None:
            prose.set_kind(kind, name)

    def surfaces(self) -> tuple[TextEdit, ...]:
        """Return everything that text is typed into, from the top."""
        return (self.heading.headline, self.heading.byline, *self.canvas.surfaces())

    def focused_surface(self) -> TextEdit | None:
        """Return the surface with the caret."""
        return next((each for each in self.surfaces() if each.hasFocus()), None)

    def next_misspelling(self) -> bool:
        """Select the next misspelt word below the caret, from the top again at the end; False when there is none."""
        surfaces = self.surfaces()
        held = self.focused_surface()
        at = surfaces.index(held) if held is not None else 0
        here = max(held.caret()) if held is not None else 0
        spots = [(number, mark) for number, each in enumerate(surfaces) for mark in each.misspellings()]
        after = [(number, mark) for number, mark in spots if number > at or (number == at and mark[0] >= here)]
        for number, (start, end) in (after or spots)[:1]:
            surfaces[number].setFocus(Qt.FocusReason.OtherFocusReason)
            surfaces[number].set_caret(start, end)
        return bool(spots)

    def _caret_or_end(self) -> Caret:
        caret = self.canvas.caret()
        if caret.segment != ABOVE:
            return caret
        end = len(segments(self._state.blocks)) - 1
        return caret if self.heading.focused() is not None else Caret(end, TEXT, 1 << 30, 1 << 30)

    def _show(self, state: State) -> None:
        self._is_restoring = True
        self._state = state
        self.heading.show_heading(state.headline, state.at, state.byline)
        self.canvas.show_blocks(state.blocks)
        self._is_restoring = False

    def _restore(self, state: State, caret: Caret) -> None:
        self._show(state)
        self.set_caret(caret)
        self.changed.emit()

    def _act(self, edit: Edit, name: str) -> None:
        blocks, after = edit
        before, caret = self._state, self.caret()
        if blocks == before.blocks:
            return
        self._show(replace(before, blocks=blocks))
        self.set_caret(after)
        self._push(before, caret, after, name, None)

    def _push(self, before: State, held: Caret, after: Caret, name: str, place: Place | None) -> None:
        if self._stack is not None:
            self._stack.push(Step(self._restore, (before, held), (self._state, after), name, place))
        self.changed.emit()

    def _take(self, held: Caret, place: Place, name: str) -> None:
        """Take over what the widgets hold now, when it is something else than before."""
        headline, at, byline = self.heading.heading(self._state.byline)
        state = State(headline, at, byline, self.canvas.blocks())
        if state == self._state or self._is_restoring:
            return
        before, self._state = self._state, state
        self._push(before, held, self.caret(), name or tr("Typing"), None if name else place)

    def _on_heading_edited(self, key: str, name: str) -> None:
        field = self.heading.field(key)
        held = Caret(ABOVE, key, *(field.caret_before() if field is not None else (0, 0)))
        self._take(held, (ABOVE, key), name)

    def _on_body_edited(self, segment: int, field: str, name: str) -> None:
        self._take(self.canvas.caret_before(segment, field), (segment, field), name)

    def _on_entered(self) -> None:
        first = rows_of(self._state.blocks)[0]
        if isinstance(first, Line):
            self.canvas.set_caret(Caret(0, TEXT))
        else:
            self._act(open_line(self._state.blocks, 0, above=True), _NAMES["open"])

    def _on_left_bottom(self) -> None:
        self.canvas.set_caret(Caret(0, CARD))

    def _on_left_top(self) -> None:
        self.heading.focus(HEADLINE, 1 << 30, 1 << 30)

    def _on_asked(self, deed: str, segment: int) -> None:
        blocks = self._state.blocks
        match deed:
            case "open":
                self._act(open_line(blocks, segment), _NAMES[deed])
            case "remove":
                self._act(remove(blocks, segment), _NAMES[deed])
            case "up" | "down":
                caret = self.canvas.caret()
                here = caret if caret.segment == segment else Caret(segment)
                self._act(move(blocks, here, -1 if deed == "up" else 1), _NAMES[deed])
            case "join_up":
                self._join_up(segment)
            case "join_down" if segment + 1 < len(segments(blocks)):
                self.canvas.set_caret(Caret(segment + 1, CARD))
            case "link":
                self.link_requested.emit()
            case _:
                pass

    def _join_up(self, segment: int) -> None:
        if segment == 0:
            self._on_left_top()
            return
        prose = self.canvas.prose(segment)
        is_last = segment == len(self.canvas.parts()) - 1
        if prose is not None and not prose.lines()[0].text and (len(prose.lines()) > 1 or not is_last):
            self._act(drop_line(self._state.blocks, segment, 0), "Delete")
        else:
            self.canvas.set_caret(Caret(segment - 1, CARD))

    # --- pasting ------------------------------------------------------------------------------------------------

    def _on_pasted(self, segment: int, data: QMimeData) -> None:
        prose = self.canvas.prose(segment)
        if prose is None:
            return
        self._take_in(segment, prose, read_mime(data))

    def paste_plain(self, data: QMimeData) -> None:
        """Paste nothing but characters where the caret is."""
        surface = self.focused_surface()
        prose = self.canvas.focused_prose()
        if prose is not None:
            self._take_in(self.canvas.caret().segment, prose, read_plain(data))
        elif surface is not None:
            surface.insertFromMimeData(data)

    def _take_in(self, segment: int, prose: ProseEdit, pasted: Pasted) -> None:
        if pasted.told:
            self.told.emit(pasted.told)
        if pasted.address and prose.textCursor().hasSelection():
            prose.set_link(pasted.address)
            return
        if pasted.pictures:
            for source in pasted.pictures:
                ticket = object()
                self._waiting.append(ticket)
                self.pictures.take(source, ticket)
            return
        self._paste(segment, pasted)

    def _paste(self, segment: int, pasted: Pasted) -> None:
        prose = self.canvas.prose(segment)
        if prose is None or not pasted.blocks:
            return
        is_alone = not prose.lines()[prose.place(prose.caret()[1])[0]].text
        caret = Caret(segment, TEXT, *prose.caret())
        self._act(paste(self._state.blocks, caret, pasted.blocks), tr("Paste"))
        if is_alone and pasted.embed is not None:
            here = self.canvas.caret()
            row = self.canvas.prose(here.segment)
            if row is None:
                return
            number, _ = row.place(here.position)
            start, end = row.position(number), row.position(number, None)
            whole = Caret(here.segment, TEXT, start, end)
            self._act(paste(self._state.blocks, whole, (pasted.embed,)), tr("Turn into embed"))

    def _on_taken(self, ticket: object, image: Block) -> None:
        if ticket in self._waiting:
            self._waiting.remove(ticket)
            self.insert(image, tr("Insert picture"))

    def _on_refused(self, ticket: object, problem: Problem) -> None:
        if ticket in self._waiting:
            self._waiting.remove(ticket)
            self.refused.emit(problem)

    def looks(self) -> tuple[Kind | None, Span]:
        """Return what the line with the caret is, and how what is typed next looks; None outside of prose."""
        prose = self.canvas.focused_prose()
        return (prose.kind(), prose.looks()) if prose is not None else (None, Span(""))

    def focus_end(self) -> None:
        """Put the caret where writing goes on."""
        target = Qt.FocusReason.OtherFocusReason
        if not self._state.headline:
            self.heading.headline.setFocus(target)
        else:
            self.set_caret(self._caret_or_end())


def _insert_all(blocks: Blocks, caret: Caret, new: Blocks) -> Edit:
    """Put blocks below a card, one below the other."""
    for block in new:
        blocks, caret = insert(blocks, caret, block)
    return blocks, caret
