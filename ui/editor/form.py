"""Labelled fields of a card, in two columns that line up from card to card."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.editor.text_edit import TextEdit
from ui.icons import pixmap
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens

_BOX: Final = 16
_WIDEST: Final = "What we know "


class Field(TextEdit):
    """A field of a form. `told(key)` tells that it was typed in; with `is_long` Enter starts a new line in it."""

    told = Signal(str)

    def __init__(self, key: str, name: str, hint: str = "", *, is_long: bool = False) -> None:
        super().__init__(name, hint)
        self.key = key
        self._is_long = is_long
        self.edited.connect(self._on_edited)

    def press(self, event: QKeyEvent) -> None:
        """Start a new line in a long field."""
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._is_long and is_plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().press(event)

    def _on_edited(self) -> None:
        self.told.emit(self.key)


class FieldFrame(QFrame):
    """The box around a field: it shows where the caret is, and what still needs an answer."""

    def __init__(self, field: TextEdit) -> None:
        super().__init__()
        self.field = field
        self.is_wanting = False
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 5, 9, 4)
        column.addWidget(field)
        field.focus_changed.connect(self._on_focus_changed)

    def set_wanting(self, wanting: bool) -> None:  # noqa: FBT001 - a setter of one flag
        """Mark the field as one that needs an answer, or not."""
        if wanting != self.is_wanting:
            self.is_wanting = wanting
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.field.hasFocus()
        ink = look.accent if has_focus else look.danger if self.is_wanting else look.line_strong
        width = 2.0 if has_focus or self.is_wanting else 1.0
        painter.setPen(QPen(QColor(ink), width))
        painter.setBrush(QColor(look.surface))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look.radius, look.radius)
        painter.end()

    def _on_focus_changed(self, has_focus: bool) -> None:  # noqa: FBT001 - a slot
        del has_focus
        self.update()


class Tick(QCheckBox):
    """A box to tick, drawn with the tokens so that it is seen in every scheme."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Ask for room for the box and the words."""
        words = self.fontMetrics().size(0, self.text())
        return QSize(_BOX + tokens().space_s + words.width() + 4, max(_BOX, words.height()) + 8)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click on the words too."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, its tick and the words."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _BOX - 2 if is_mirrored else 2
        box = QRectF(left, (self.height() - _BOX) / 2, _BOX, _BOX)
        ink = look.accent if self.hasFocus() or self.isChecked() else look.line_strong
        painter.setPen(QPen(QColor(ink), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(look.accent if self.isChecked() else look.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self.isChecked():
            tick = pixmap("check", look.accent_ink, _BOX - 4, self.devicePixelRatioF())
            painter.drawPixmap(int(box.left()) + 2, int(box.top()) + 2, tick)
        painter.setPen(QColor(look.ink))
        room = _BOX + 2 + look.space_s
        words = QRectF(self.rect()).adjusted(0 if is_mirrored else room, 0, -room if is_mirrored else 0, 0)
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class Form(QWidget):
    """Fields under each other. `edited(key, name)` tells a change; a name makes it a step of its own."""

    edited = Signal(str, str)
    caret_moved = Signal()
    left = Signal(int)
    entered = Signal()
    escaped = Signal()
    moved = Signal(int)
    undo_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.frames: dict[str, FieldFrame] = {}
        look = tokens()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.space_m)
        self._grid.setVerticalSpacing(look.space_s - 2)
        self._grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance(_WIDEST))
        self._grid.setColumnStretch(1, 1)

    def dress(self) -> None:
        """Take on the text size now in use."""
        self._grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance(_WIDEST))

    def add_field(self, key: str, label: str, hint: str = "", *, is_long: bool = False) -> Field:
        """Add a labelled field."""
        field = Field(key, label, hint, is_long=is_long)
        frame = FieldFrame(field)
        caption = Label(label, kind=Kind.SOFT)
        caption.setBuddy(field)
        caption.setContentsMargins(0, 6, 0, 0)
        row = self._grid.rowCount()
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(frame, row, 1)
        self.fields[key] = field
        self.frames[key] = frame
        field.told.connect(self._on_told)
        field.caret_moved.connect(self.caret_moved)
        field.left.connect(self.left)
        field.entered.connect(self.entered)
        field.escaped.connect(self.escaped)
        field.moved.connect(self.moved)
        field.undo_requested.connect(self.undo_requested)
        return field

    def add_hint(self, text: str, kind: Kind = Kind.FAINT) -> Label:
        """Add a small line below the last field."""
        hint = Label(text, kind=kind, size=Size.SMALL, wraps=True)
        self._grid.addWidget(hint, self._grid.rowCount(), 1)
        return hint

    def add_check(self, text: str) -> Tick:
        """Add a box to tick below the last field."""
        box = Tick(text)
        self._grid.addWidget(box, self._grid.rowCount(), 1)
        return box

    def add_wide(self, widget: QWidget) -> None:
        """Add something over the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def add_below(self, widget: QWidget) -> None:
        """Add something below the last field, as wide as it."""
        self._grid.addWidget(widget, self._grid.rowCount(), 1)

    def add_labelled(self, label: str, widget: QWidget) -> None:
        """Add something else beside a label."""
        row = self._grid.rowCount()
        caption = Label(label, kind=Kind.SOFT)
        caption.setBuddy(widget)
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(widget, row, 1)

    def tell(self, key: str, name: str) -> None:
        """Tell a change that is a step of its own."""
        self.edited.emit(key, name)

    def _on_told(self, key: str) -> None:
        self.edited.emit(key, "")
