"""The frame every card shares: its title, its tools, its fields, and how it is selected, moved and left."""

from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from desktop.domain.blocks import Card as CardBlock
from ui.editor.form import Field, Form
from ui.editor.pictures import Pictures
from ui.editor.rows import CARD
from ui.editor.spelling import Spelling
from ui.icons import icon, pixmap
from ui.shared.label import ElidedLabel, Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

UP: Final = -1
DOWN: Final = 1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What cards need from outside: pictures, the zone that times are read in, and who checks the spelling."""

    pictures: Pictures
    zone: str = "UTC"
    spelling: Spelling | None = None


class Card(QFrame):
    """A block that is no prose. `edited(key, name)` tells a change of a field; a name makes it a step of its own.

    With the focus on the card itself it is selected: arrows leave it (`left`), Enter opens a line below it
    (`opened`), Delete removes it (`removed`), Alt and arrows move it (`moved`).
    """

    TITLE: ClassVar[str]
    INSERT: ClassVar[str]
    ICON: ClassVar[str]
    IS_NOTE: ClassVar[bool] = False

    edited = Signal(str, str)
    caret_moved = Signal()
    left = Signal(int)
    opened = Signal()
    removed = Signal()
    moved = Signal(int)
    undo_requested = Signal(int)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(tr(self.TITLE))
        self.setAccessibleDescription(
            tr("Delete removes it, Alt and the arrows move it, Enter starts a line below it.")
        )
        look = tokens()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.space_l, look.space_s, look.space_l, look.space_m)
        self._column.setSpacing(look.space_s - 2)
        self._column.addLayout(self._head())
        self._tools_shown = False
        self._show_tools()

    def block(self) -> CardBlock:
        """Return the block as the fields say."""
        raise NotImplementedError

    def show_block(self, block: CardBlock) -> None:
        """Show a block, touching only the fields that differ; nothing is told."""
        raise NotImplementedError

    def forms(self) -> tuple[Form, ...]:
        """Return the forms of the card, from the top."""
        raise NotImplementedError

    def add_form(self, form: Form) -> None:
        """Put a form into the card, below what is there."""
        self._column.addWidget(form)
        form.edited.connect(self.edited)
        form.caret_moved.connect(self.caret_moved)
        form.left.connect(self._on_left)
        form.entered.connect(self._on_entered)
        form.escaped.connect(self._on_escaped)
        form.moved.connect(self.moved)
        form.undo_requested.connect(self.undo_requested)

    def fields(self) -> dict[str, Field]:
        """Return the fields of the card by their keys, from the top."""
        return {key: field for form in self.forms() for key, field in form.fields.items()}

    def caret(self) -> tuple[str, int, int]:
        """Return the field with the caret, or CARD, with anchor and position."""
        for key, field in self.fields().items():
            if field.hasFocus():
                return (key, *field.caret())
        return CARD, 0, 0

    def caret_before(self, key: str) -> tuple[int, int]:
        """Return where the caret of a field stood before its last change."""
        field = self.fields().get(key)
        return field.caret_before() if field is not None else (0, 0)

    def set_caret(self, key: str, anchor: int, position: int) -> None:
        """Put the caret into a field; a key that is no field selects the card."""
        field = self.fields().get(key)
        if field is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.set_caret(anchor, position)

    def start(self) -> None:
        """Put the focus where a new card is filled in first."""
        for field in self.fields().values():
            if field.isEnabled() and field.isVisibleTo(self):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_detail(self, text: str) -> None:
        """Say something beside the title."""
        self.detail.setText(text)

    def set_title(self, text: str) -> None:
        """Give the card another title."""
        self.title.setText(text)
        self.setAccessibleName(text)

    def _head(self) -> QHBoxLayout:
        look = tokens()
        head = QHBoxLayout()
        head.setSpacing(look.space_s)
        self._drawing = QLabel()
        self._draw_icon()
        self.title = Label(tr(self.TITLE), bold=True)
        self.detail = ElidedLabel(kind=Kind.FAINT, size=Size.SMALL)
        head.addWidget(self._drawing)
        head.addWidget(self.title)
        head.addWidget(self.detail, 1)
        self.up = _tool("arrow-up", tr("Move up"), "Alt+Up")
        self.down = _tool("arrow-down", tr("Move down"), "Alt+Down")
        self.bin = _tool("trash-2", tr("Remove"), "Delete")
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.bin.clicked.connect(self.removed)
        for tool in (self.up, self.down, self.bin):
            head.addWidget(tool)
        return head

    def dress(self) -> None:
        """Take on the colours and the text size now in use."""
        self._draw_icon()
        self._show_tools()

    def _draw_icon(self) -> None:
        look = tokens()
        self._drawing.setPixmap(pixmap(self.ICON, look.ink_soft, look.icon, self.devicePixelRatioF()))

    def _show_tools(self) -> None:
        shown = self.underMouse() or self.hasFocus()
        for tool, name in ((self.up, "arrow-up"), (self.down, "arrow-down"), (self.bin, "trash-2")):
            tool.setIcon(icon(name, tokens().ink_soft if shown else tokens().line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, open below, remove or move the selected card."""
        by = UP if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Left} else DOWN
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.moved.emit(by)
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.left.emit(by)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.opened.emit()
            case _ if event.matches(QKeySequence.StandardKey.Undo):
                self.undo_requested.emit(UP)
            case _ if event.matches(QKeySequence.StandardKey.Redo):
                self.undo_requested.emit(DOWN)
            case Qt.Key.Key_Escape if self.fields() and not self.hasFocus():
                self._on_escaped()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep undo and redo here, also when the window has shortcuts of the same keys."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            if event.matches(standard.Undo) or event.matches(standard.Redo):
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the card."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the card is selected."""
        super().focusInEvent(event)
        self._show_tools()
        self.update()
        self.caret_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it no longer is."""
        super().focusOutEvent(event)
        self._show_tools()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Bring the tools out."""
        super().enterEvent(event)
        self._show_tools()

    def leaveEvent(self, event: QEvent) -> None:
        """Let the tools fade."""
        super().leaveEvent(event)
        self._show_tools()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card's sheet and its border."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            pen = QPen(QColor(look.accent), 2)
        elif self.IS_NOTE:
            pen = QPen(QColor(look.note_line), 1, Qt.PenStyle.DashLine)
        else:
            pen = QPen(QColor(look.line), 1)
        painter.setPen(pen)
        painter.setBrush(QColor(look.note if self.IS_NOTE else look.raised))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look.radius, look.radius)
        painter.end()

    def _on_up(self) -> None:
        self.moved.emit(UP)

    def _on_down(self) -> None:
        self.moved.emit(DOWN)

    def _on_left(self, by: int) -> None:
        fields = [field for field in self.fields().values() if field.isEnabled() and field.isVisibleTo(self)]
        here = next((number for number, field in enumerate(fields) if field.hasFocus()), None)
        if here is not None and 0 <= here + by < len(fields):
            end = 0 if by > 0 else fields[here + by].document().characterCount()
            fields[here + by].setFocus(Qt.FocusReason.OtherFocusReason)
            fields[here + by].set_caret(end, end)
        else:
            self.left.emit(by)

    def _on_entered(self) -> None:
        self._on_left(DOWN)

    def _on_escaped(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def _tool(drawing: str, name: str, keys: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(drawing))
    made.setIconSize(QSize(14, 14))
    made.setAutoRaise(True)
    # The selected card has keys for all three, so they are no stops on the way through the fields.
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({keys})")
    return made
