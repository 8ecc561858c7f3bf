"""A small picture in a card, or the place where one is missing."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.icons import pixmap
from ui.theme import tokens

_BOX: Final = QSize(232, 132)


class Thumbnail(QWidget):
    """A small picture, or the place where one is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._said = ""
        self.setFixedSize(_BOX)

    def show_image(self, image: QImage | None, said: str) -> None:
        """Show a picture; without one, say why there is none."""
        self._image, self._said = image, said
        size = _BOX
        if image is not None and not image.isNull():
            size = image.size().scaled(QSize(_BOX.width() * 2, _BOX.height()), Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture with soft corners, or a dashed frame with words."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._image is not None and not self._image.isNull():
            path = QPainterPath()
            path.addRoundedRect(box, 4, 4)
            painter.setClipPath(path)
            painter.drawImage(QRectF(self.rect()), self._image)
        else:
            painter.setPen(QPen(QColor(look.line_strong), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(look.surface))
            painter.drawRoundedRect(box, 4, 4)
            drawing = pixmap("image", look.line_strong, 24, self.devicePixelRatioF())
            painter.drawPixmap(int(box.center().x()) - 12, int(box.center().y()) - 24, drawing)
            painter.setPen(QColor(look.ink_faint))
            words = box.adjusted(8, box.height() / 2 + 4, -8, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._said)
        painter.end()
