"""The sheet in which a picture is cropped: by hand, by key, by number, and always back to the whole."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from desktop.domain.blocks import Focus, Image
from desktop.domain.framing import LEAST, WHOLE, Part, focus_inside, focus_outside, moved, shaped, stretched
from ui.editor.crop_canvas import CropCanvas
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label
from ui.shared.sheet import Sheet
from ui.theme import tokens
from ui.words import tr

_SHAPES: Final = (("16 : 9", 16 / 9), ("3 : 2", 3 / 2), ("4 : 3", 4 / 3), ("1 : 1", 1.0), ("4 : 5", 4 / 5))


class CropSheet(Sheet):
    """Shows a picture's original with the part that is shown. `chosen(part, focus)` tells the part and the focus.

    The part is (left, top, width, height) in fractions of the original, the focus a Focus within the part.
    """

    chosen = Signal(object, object)

    def __init__(self, image: Image, original: QImage, size: tuple[int, int], parent: QWidget | None) -> None:
        super().__init__(tr("Crop picture"), tr("Crop"), parent)
        self._size = size
        self.canvas = CropCanvas(original)
        self.body.addWidget(self.canvas, 1)
        self.say(
            tr("Arrows move the frame, Shift and arrows its corner, Alt and arrows the point that stays in sight.")
        )
        self.shape = Choice(tr("Shape"))
        self.shape.addItem(tr("Any shape"), None)
        self.shape.addItem(tr("As the original"), size[0] / size[1])
        for name, ratio in _SHAPES:
            self.shape.addItem(name, ratio)
        self.whole = Button(tr("Whole picture"), icon("rotate-ccw"), tip=tr("Show all of the original"))
        self.whole.setAutoDefault(False)
        self.numbers = tuple(self._number(name) for name in (tr("Left"), tr("Top"), tr("Width"), tr("Height")))
        self.points = tuple(self._number(name, "%") for name in (tr("Focus across"), tr("Focus down")))
        self.form.addRow(tr("Shape"), _row(self.shape, self.whole))
        self.form.addRow(tr("Left, top, width, height"), _row(*self.numbers))
        self.form.addRow(tr("Focus across, down"), _row(*self.points))
        self.result_size = Label(kind=Kind.FAINT)
        self.form.addRow("", self.result_size)
        crop = image.crop
        self._first = Part(crop.left, crop.top, crop.width, crop.height) if crop else WHOLE
        self.canvas.show_part(self._first, focus_outside(self._first, image.focus.x, image.focus.y))
        self.canvas.changed.connect(self._show_numbers)
        left, top, width, height = self.numbers
        width.valueChanged.connect(self._on_width)
        height.valueChanged.connect(self._on_height)
        for box in (left, top):
            box.valueChanged.connect(self._on_place)
        for box in self.points:
            box.valueChanged.connect(self._on_point)
        self.shape.currentIndexChanged.connect(self._on_shape)
        self.whole.clicked.connect(self._on_whole)
        self.confirmed.connect(self._on_confirmed)
        self.setMinimumWidth(620)
        self._show_numbers()
        self.canvas.setFocus()

    def _number(self, name: str, suffix: str = " px") -> QSpinBox:
        made = QSpinBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSuffix(suffix)
        made.setRange(0, 100 if suffix == "%" else max(self._size))
        made.setKeyboardTracking(False)
        return made

    def _show_numbers(self) -> None:
        part, (width, height) = self.canvas.part, self._size
        pixels = (part.left * width, part.top * height, part.width * width, part.height * height)
        shares = tuple(100 * each for each in focus_inside(part, *self.canvas.focus))
        for box, number in zip((*self.numbers, *self.points), (*pixels, *shares), strict=True):
            quiet = QSignalBlocker(box)
            box.setValue(round(number))
            del quiet
        said = tr("Readers get {width} × {height} pixels.")
        self.result_size.setText(said.format(width=round(pixels[2]), height=round(pixels[3])))

    def _on_width(self, pixels: int) -> None:
        part = self.canvas.part
        right = part.left + pixels / self._size[0]
        self._take(stretched(part, 1, 0, (right, 0.0), self.canvas.ratio))

    def _on_height(self, pixels: int) -> None:
        part = self.canvas.part
        bottom = part.top + pixels / self._size[1]
        self._take(stretched(part, 0, 1, (0.0, bottom), self.canvas.ratio))

    def _on_place(self) -> None:
        part, (width, height) = self.canvas.part, self._size
        left, top = (box.value() for box in self.numbers[:2])
        self._take(moved(part, left / width - part.left, top / height - part.top))

    def _on_point(self) -> None:
        x, y = (box.value() / 100 for box in self.points)
        self.canvas.show_part(self.canvas.part, focus_outside(self.canvas.part, x, y))

    def _take(self, part: Part) -> None:
        self.canvas.show_part(part, self.canvas.focus)
        self._show_numbers()

    def _on_shape(self) -> None:
        ratio = self.shape.currentData()
        # A shape is told in pixels, the canvas counts in fractions of each side.
        self.canvas.ratio = None if ratio is None else ratio * self._size[1] / self._size[0]
        if self.canvas.ratio is not None:
            self._take(shaped(self.canvas.part, self.canvas.ratio))

    def _on_whole(self) -> None:
        self.shape.setCurrentIndex(0)
        self._take(WHOLE)

    def _on_confirmed(self) -> None:
        part = self.canvas.part
        is_whole = part.width > 1 - LEAST / 10 and part.height > 1 - LEAST / 10
        shown = WHOLE if is_whole else part
        x, y = focus_inside(shown, *self.canvas.focus)
        self.chosen.emit((shown.left, shown.top, shown.width, shown.height), Focus(round(x, 3), round(y, 3)))
        self.accept()


def _row(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens().space_s)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return made
