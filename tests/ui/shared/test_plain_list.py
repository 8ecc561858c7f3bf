from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.shared.plain_list import PlainList


def test_icons_grow_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    listing = PlainList("Findings")
    qtbot.addWidget(listing)
    before = listing.iconSize().width()
    theme.apply(qapp, scale=1.5)
    listing.size_icons()
    assert listing.iconSize().width() == round(before * 1.5)
    assert listing.accessibleName() == "Findings"
