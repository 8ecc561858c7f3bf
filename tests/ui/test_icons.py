import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from ui.icons import FOLDER, icon, pixmap


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    del qapp
    image = pixmap("radio", "#b80000", 32).toImage()
    solid = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255]
    assert solid
    assert all(abs(colour.red() - 0xB8) < 3 and colour.green() < 3 for colour in solid)


def test_an_icon_is_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    del qapp
    drawn = pixmap("radio", "#000000", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio(), drawn.deviceIndependentSize().width()) == (32, 2.0, 16)


def test_a_disabled_icon_is_fainter(qapp: QApplication) -> None:
    del qapp
    made = icon("send", "#000000")
    disabled = made.pixmap(16, 16, QIcon.Mode.Disabled).toImage()
    colours = {disabled.pixelColor(x, y).name() for x in range(16) for y in range(16)}
    assert QColor("#000000").name() not in {c for c in colours if c != "#000000"}
    assert any(colour != "#000000" for colour in colours)


def test_an_unknown_icon_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")


def test_every_drawing_can_be_tinted_and_the_licence_is_beside_them() -> None:
    drawings = list(FOLDER.glob("*.svg"))
    assert len(drawings) >= 50
    assert [path.name for path in drawings if "currentColor" not in path.read_text(encoding="utf-8")] == []
    assert "ISC License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
