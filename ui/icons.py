"""Icons: a subset of Lucide's drawings, tinted."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import tokens

FOLDER: Final = Path(__file__).parents[1] / "resources" / "icons"
_SIZES: Final = (16, 20, 24, 32, 48)


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return an icon in a colour (#rrggbb), that of soft text without one; an unknown name raises KeyError."""
    look = tokens()
    return _icon(name, colour or look.ink_soft, look.ink_faint)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, faint: str) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, colour, size))
        made.addPixmap(pixmap(name, faint, size), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2048)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` device-independent pixels, for a screen of a device pixel ratio."""
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    try:
        return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(name) from None
