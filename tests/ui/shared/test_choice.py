import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.shared.choice import Choice


@pytest.mark.parametrize("scheme", theme.Scheme)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_arrow_is_seen_in_every_scheme_at_the_end_of_the_line(
    qtbot: QtBot, qapp: QApplication, scheme: theme.Scheme, direction: Qt.LayoutDirection
) -> None:
    look = theme.apply(qapp, scheme)
    choice = Choice("Show entries in state")
    qtbot.addWidget(choice)
    choice.setLayoutDirection(direction)
    choice.resize(160, 30)
    image = choice.grab().toImage()
    at = 140 if direction is Qt.LayoutDirection.LeftToRight else 6
    inks = {image.pixelColor(x, y).name() for x in range(at, at + 14) for y in range(8, 22)}
    assert look.ink_soft in inks
    assert choice.accessibleName() == "Show entries in state"
