from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.shared.picture import Picture


def test_a_picture_follows_scheme_and_text_size(qtbot: QtBot, qapp: QApplication) -> None:
    picture = Picture("circle-dot", "danger", 3.0)
    qtbot.addWidget(picture)
    picture.adjustSize()

    def colours() -> set[str]:
        image = picture.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    assert theme.tokens().danger in colours()
    before = picture.sizeHint().width()
    dark = theme.apply(qapp, theme.Scheme.DARK, 1.5)
    picture.show_icon("circle-dot", "success")
    picture.adjustSize()
    assert dark.success in colours()
    assert picture.sizeHint().width() == round(before * 1.5)
