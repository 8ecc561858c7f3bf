import gc

import pytest
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui import theme
from ui.icons import FOLDER, icon, pixmap


def solid(drawn: QPixmap) -> set[str]:
    image = drawn.toImage()
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    del qapp
    assert solid(pixmap("radio", "#b80000", 48)) == {"#b80000"}


def test_an_icon_is_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    del qapp
    drawn = pixmap("radio", "#000000", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio(), drawn.deviceIndependentSize().width()) == (32, 2.0, 16)


def test_a_disabled_icon_is_faint(qapp: QApplication) -> None:
    del qapp
    assert solid(icon("send", "#000000").pixmap(48, 48, QIcon.Mode.Disabled)) == {theme.tokens().ink_faint}


def test_icons_follow_the_scheme_they_were_made_in(qapp: QApplication) -> None:
    light = theme.tokens()
    soft, danger, fixed = icon("send"), icon("send", light.danger), icon("send", "#123456")
    gc.collect()
    dark = theme.apply(qapp, theme.Scheme.DARK)
    assert solid(soft.pixmap(48, 48)) == {dark.ink_soft}
    assert solid(danger.pixmap(48, 48)) == {dark.danger}
    assert solid(fixed.pixmap(48, 48)) == {"#123456"}


def test_an_icon_outlives_who_made_it(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    for _ in range(50):
        button.setIcon(icon("send", "#ff0000"))
    gc.collect()
    button.resize(60, 40)
    image = button.grab().toImage()
    assert "#ff0000" in {image.pixelColor(x, y).name() for x in range(60) for y in range(40)}


def test_an_unknown_icon_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")


def test_every_drawing_can_be_tinted_and_the_licence_is_beside_them() -> None:
    drawings = list(FOLDER.glob("*.svg"))
    assert len(drawings) >= 50
    assert [path.name for path in drawings if "currentColor" not in path.read_text(encoding="utf-8")] == []
    assert "ISC License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
