import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Crop, Focus, Image
from desktop.domain.framing import WHOLE, Part
from ui.editor.crop_sheet import CropSheet

SIZE = (400, 200)


@pytest.fixture
def sheet(qtbot: QtBot) -> CropSheet:
    return opened(qtbot, Image(media="ab" * 32, width=400, height=200))


def opened(qtbot: QtBot, image: Image) -> CropSheet:
    original = QImage(*SIZE, QImage.Format.Format_RGB32)
    original.fill(Qt.GlobalColor.darkCyan)
    made = CropSheet(image, original, SIZE, None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # noqa: FBT003 - Qt's own
    qtbot.addWidget(made)
    made.show()
    return made


def at(sheet: CropSheet, x: float, y: float) -> QPoint:
    """Return where a point of the picture, in fractions, is on the canvas."""
    whole = sheet.canvas.picture()
    return QPointF(whole.left() + x * whole.width(), whole.top() + y * whole.height()).toPoint()


def drag(sheet: CropSheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    canvas = sheet.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(sheet, *start))
    QTest.mouseMove(canvas, at(sheet, *end))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(sheet, *end))


def chosen(qtbot: QtBot, sheet: CropSheet) -> tuple[tuple[float, ...], Focus]:
    with qtbot.waitSignal(sheet.chosen) as told:
        sheet.deed.click()
    part, focus = told.args
    return part, focus


def test_a_corner_is_pulled_by_hand_and_the_frame_moved(sheet: CropSheet) -> None:
    drag(sheet, (1.0, 1.0), (0.5, 0.5))
    assert (sheet.canvas.part.right, sheet.canvas.part.bottom) == pytest.approx((0.5, 0.5), abs=0.01)
    drag(sheet, (0.2, 0.3), (0.4, 0.3))
    assert sheet.canvas.part.left == pytest.approx(0.2, abs=0.01)
    assert sheet.canvas.part.width == pytest.approx(0.5, abs=0.01)
    assert sheet.numbers[0].value() == pytest.approx(80, abs=4)


def test_keys_move_the_frame_its_corner_and_the_focus(sheet: CropSheet) -> None:
    canvas = sheet.canvas
    for _ in range(10):
        QTest.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert (canvas.part.left, canvas.part.width) == pytest.approx((0.01, 0.9))
    QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert canvas.focus == pytest.approx((0.5, 0.49))
    assert "90%" in canvas.accessibleDescription()


def test_a_shape_is_kept_while_a_side_is_pulled(sheet: CropSheet, qtbot: QtBot) -> None:
    sheet.shape.setCurrentIndex(sheet.shape.findText("1 : 1"))
    assert sheet.result_size.text() == "Readers get 200 × 200 pixels."
    sheet.numbers[2].setValue(100)
    assert [box.value() for box in sheet.numbers[2:]] == [100, 100]
    part, _ = chosen(qtbot, sheet)
    assert part[2] * 400 == pytest.approx(part[3] * 200)


def test_numbers_say_where_the_part_and_the_focus_are(sheet: CropSheet, qtbot: QtBot) -> None:
    for box, number in zip(sheet.numbers, (100, 50, 200, 100), strict=True):
        box.setValue(number)
    for box, number in zip(sheet.numbers[:2], (100, 50), strict=True):
        box.setValue(number)
    for box in sheet.points:
        box.setValue(25)
    part, focus = chosen(qtbot, sheet)
    assert part == pytest.approx((0.25, 0.25, 0.5, 0.5))
    assert focus == Focus(0.25, 0.25)


def test_a_crop_is_opened_as_it_was_and_leads_back_to_the_whole(qtbot: QtBot) -> None:
    crop = Crop("cd" * 32, 0.5, 0.25, 0.5, 0.5)
    sheet = opened(qtbot, Image(media="ab" * 32, width=200, height=100, crop=crop, focus=Focus(0.0, 1.0)))
    assert sheet.canvas.part == Part(0.5, 0.25, 0.5, 0.5)
    assert sheet.canvas.focus == pytest.approx((0.5, 0.75))
    sheet.whole.click()
    assert sheet.canvas.part == WHOLE
    part, focus = chosen(qtbot, sheet)
    assert part == (0.0, 0.0, 1.0, 1.0)
    assert focus == Focus(0.5, 0.75)
