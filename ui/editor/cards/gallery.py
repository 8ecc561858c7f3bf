"""The card of several pictures: added together, put in order by hand or key, each with its own words."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import Gallery, Image
from desktop.domain.problem import Problem
from ui.editor.cards.card import Card, Surroundings
from ui.editor.form import Form
from ui.editor.picture_form import PICTURE_FILES, PictureForm
from ui.icons import icon, pixmap
from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr, tr_count


class Grip(QLabel):
    """What a picture of a gallery is dragged by; keys have Alt and the arrows.

    `dragged(QPoint)` and `dropped(QPoint)` tell where on the screen.
    """

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(tr("Drag to another place, or press Alt and the arrows in a field"))
        self.setPixmap(pixmap("grip-vertical", tokens().ink_faint, tokens().icon, self.devicePixelRatioF()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        event.accept()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the picture would go."""
        self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.dropped.emit(event.globalPosition().toPoint())


class Row(QWidget):
    """One picture of a gallery with its tools."""

    def __init__(self, number: int, form: PictureForm) -> None:
        super().__init__()
        self.form = form
        self._is_target = False
        look = tokens()
        self.grip = Grip()
        self.title = Label(tr("Picture {number}").format(number=number + 1), kind=Kind.SOFT, bold=True)
        self.up = _tool("arrow-up", tr("Move picture {number} up").format(number=number + 1))
        self.down = _tool("arrow-down", tr("Move picture {number} down").format(number=number + 1))
        self.bin = _tool("trash-2", tr("Remove picture {number}").format(number=number + 1))
        head = QHBoxLayout()
        head.setSpacing(look.space_s)
        head.addWidget(self.grip)
        head.addWidget(self.title)
        head.addStretch(1)
        for tool in (self.up, self.down, self.bin):
            head.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space_xs)
        column.addLayout(head)
        column.addWidget(form)

    def set_target(self, target: bool) -> None:  # noqa: FBT001 - a setter of one flag
        """Show that a dragged picture would stand here, or not."""
        if target != self._is_target:
            self._is_target = target
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line where a dragged picture would stand."""
        super().paintEvent(event)
        if self._is_target:
            painter = QPainter(self)
            painter.fillRect(0, 0, self.width(), 2, QColor(tokens().accent))
            painter.end()


def _tool(picture: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(picture))
    made.setAutoRaise(True)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


class GalleryCard(Card):
    """Pictures shown together."""

    TITLE = "Gallery"
    INSERT = "Insert gallery"
    ICON = "images"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.rows: list[Row] = []
        self._dialog: QFileDialog | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens().space_l)
        self._column.addLayout(self._list)
        self.trouble = Label(kind=Kind.DANGER, size=Size.SMALL, wraps=True)
        self.trouble.hide()
        self._column.addWidget(self.trouble)
        self.add = Button(tr("Add pictures…"), icon("plus"), tip=tr("Choose one or several, or drop them on the card"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self._column.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeading)
        self.setAcceptDrops(True)
        around.pictures.taken.connect(self._on_taken)
        around.pictures.refused.connect(self._on_refused)
        self._waiting: list[Path] = []
        self._count()

    def forms(self) -> tuple[Form, ...]:
        """Return a form for each picture."""
        return tuple(row.form for row in self.rows)

    def images(self) -> tuple[Image, ...]:
        """Return the pictures as the fields say."""
        return tuple(row.form.image() for row in self.rows)

    def block(self) -> Gallery:
        """Return the gallery."""
        return Gallery(self.images())

    def show_block(self, block: CardBlock) -> None:
        """Show a gallery."""
        if not isinstance(block, Gallery):
            return
        while len(self.rows) > len(block.images):
            row = self.rows.pop()
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self.rows) < len(block.images):
            self._add_row()
        for row, image in zip(self.rows, block.images, strict=True):
            row.form.show_image(image)
        self._count()

    def start(self) -> None:
        """Begin by adding pictures, then with the first one's words."""
        if self.rows:
            super().start()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, sources: Sequence[Path]) -> None:
        """Add files at the end, in their order."""
        self.trouble.hide()
        is_idle = not self._waiting
        self._waiting += sources
        if is_idle:
            self._take_next()

    def _take_next(self) -> None:
        # One after the other: side by side, a small picture would overtake a large one.
        if self._waiting:
            self.around.pictures.take(self._waiting[0], self)

    def _add_row(self) -> None:
        number = len(self.rows)
        form = PictureForm(self.around.pictures, f"{number}.")
        # Files dropped anywhere on the card are added; one is replaced by its button.
        form.setAcceptDrops(False)
        self.add_form(form)
        form.moved.disconnect(self.moved)
        form.moved.connect(partial(self._move, number))
        row = Row(number, form)
        row.up.clicked.connect(partial(self._move, number, -1))
        row.down.clicked.connect(partial(self._move, number, 1))
        row.bin.clicked.connect(partial(self._remove, number))
        row.grip.dragged.connect(self._on_dragged)
        row.grip.dropped.connect(partial(self._on_dropped, number))
        self._list.addWidget(row)
        self.rows.append(row)

    def _count(self) -> None:
        count = len(self.rows)
        self.set_detail(tr_count("1 picture", "{count} pictures", count).format(count=count))
        for number, row in enumerate(self.rows):
            row.up.setEnabled(number > 0)
            row.down.setEnabled(number < count - 1)

    def _move(self, number: int, by: int) -> None:
        self.reorder(number, number + by)

    def reorder(self, number: int, to: int) -> None:
        """Put a picture at another place; the caret goes along."""
        images = list(self.images())
        if number == to or not 0 <= to < len(images):
            return
        key, anchor, position = self.caret()
        images.insert(to, images.pop(number))
        self.show_block(Gallery(tuple(images)))
        moved = f"{to}.{key.partition('.')[2]}" if key.startswith(f"{number}.") else key
        if key:
            self.set_caret(moved, anchor, position)
        self.edited.emit("order", tr("Move picture in gallery"))

    def _remove(self, number: int) -> None:
        images = self.images()
        self.show_block(Gallery((*images[:number], *images[number + 1 :])))
        self.edited.emit("remove", tr("Remove picture from gallery"))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self) -> None:
        self._dialog = QFileDialog(self, tr("Choose pictures"), "", PICTURE_FILES)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._dialog.filesSelected.connect(self._on_chosen)
        self._dialog.open()

    def _on_chosen(self, names: list[str]) -> None:
        self._dialog = None
        self.take([Path(name) for name in names])

    def _on_taken(self, ticket: object, image: Image) -> None:
        if ticket is not self:
            return
        del self._waiting[0]
        self.show_block(Gallery((*self.images(), image)))
        self.edited.emit("add", tr("Add picture to gallery"))
        if not self._waiting:
            self.rows[-1].form.alt.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take_next()

    def _on_refused(self, ticket: object, problem: Problem) -> None:
        if ticket is self:
            refused = self._waiting.pop(0)
            self.trouble.setText(f"{refused.name}: {problem}")
            self.trouble.show()
            self._take_next()

    # --- dragging -----------------------------------------------------------------------------------------------

    def _on_dragged(self, at: QPoint) -> None:
        target = self._row_at(at)
        for number, row in enumerate(self.rows):
            row.set_target(number == target)

    def _on_dropped(self, number: int, at: QPoint) -> None:
        for row in self.rows:
            row.set_target(False)
        self.reorder(number, self._row_at(at))

    def _row_at(self, at: QPoint) -> int:
        inside = self.mapFromGlobal(at).y()
        below = [number for number, row in enumerate(self.rows) if row.geometry().top() <= inside]
        return below[-1] if below else 0

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add dropped files."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(paths)
