"""Icons: a subset of Lucide's drawings, tinted in the colours now in use."""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import Tokens, tokens

FOLDER: Final = Path(__file__).parents[1] / "resources" / "icons"
_SOFT: Final = "ink_soft"


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return an icon in a colour (#rrggbb), that of soft text without one; an unknown name raises KeyError.

    A colour that is one of the tokens' follows them: the icon is drawn anew in the scheme that is shown.
    """
    _drawing(name)
    return QIcon(TintedEngine(name, _SOFT if colour is None else _role(colour)))


class TintedEngine(QIconEngine):
    """Draws one icon whenever it is asked for, in a colour or in the token of that name."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into a rectangle."""
        del state
        size = min(rect.width(), rect.height())
        corner = rect.topLeft() + QPoint((rect.width() - size) // 2, (rect.height() - size) // 2)
        painter.drawPixmap(corner, pixmap(self._name, self._tint(mode), size, ratio_of(painter)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture; Qt asks in physical pixels."""
        del state
        return pixmap(self._name, self._tint(mode), min(size.width(), size.height()))

    def clone(self) -> QIconEngine:
        """Return an engine that draws the same."""
        return TintedEngine(self._name, self._colour)

    def _tint(self, mode: QIcon.Mode) -> str:
        if mode is QIcon.Mode.Disabled:
            return tokens().ink_faint
        return self._colour if self._colour.startswith("#") else str(getattr(tokens(), self._colour))


@lru_cache(maxsize=2048)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` device-independent pixels, for a screen of a device pixel ratio."""
    if size <= 0:  # a button that has no room yet still asks
        return QPixmap()
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def ratio_of(painter: QPainter) -> float:
    """Return how many pixels of the device one of the painter's units is.

    Asking the painter for its device makes PySide look through every class of widgets, before the first paint.
    """
    return painter.deviceTransform().m11() or 1.0


def _role(colour: str) -> str:
    """Return the name of the token that has a colour now, the colour itself when none has."""
    look = tokens()
    return next((field.name for field in fields(Tokens) if getattr(look, field.name) == colour), colour)


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    try:
        return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(name) from None
