"""The picture in the crop sheet: its frame with eight handles, and the point that stays in sight."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.framing import WHOLE, Part, moved, stretched
from ui.theme import tokens
from ui.words import tr

_HANDLE: Final = 10
_REACH: Final = 14
_STEP: Final = 0.01
_EDGES: Final = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
_CURSORS: Final = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
}
_KEYS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FOCUS: Final = "focus"
_FRAME: Final = "frame"


class CropCanvas(QWidget):
    """Shows a picture with the part kept. `changed()` tells that a hand or a key moved the frame or the focus.

    Arrows move the frame, with Shift its lower right corner, with Alt the focus; a double click puts the focus.
    """

    changed = Signal()

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.part = WHOLE
        self.focus = (0.5, 0.5)
        self.ratio: float | None = None
        self._held: str | tuple[int, int] | None = None
        self._from = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Picture with the part kept"))
        self._say()

    def sizeHint(self) -> QSize:
        """Ask for room to see what is cut."""
        return QSize(560, 360)

    def minimumSizeHint(self) -> QSize:
        """Be seen in a small window too."""
        return QSize(280, 180)

    def show_part(self, part: Part, focus: tuple[float, float]) -> None:
        """Show another part and focus, both as fractions of the whole picture."""
        self.part, self.focus = part, focus
        self._say()
        self.update()

    def _take(self, part: Part, focus: tuple[float, float]) -> None:
        if (part, focus) != (self.part, self.focus):
            self.show_part(part, focus)
            self.changed.emit()

    def _say(self) -> None:
        part = self.part
        said = tr("{width} × {height} of it, from {left} to the right and {top} down. Focus at {x} and {y}.")
        numbers = {"width": part.width, "height": part.height, "left": part.left, "top": part.top}
        told = {name: f"{number:.0%}" for name, number in numbers.items()}
        self.setAccessibleDescription(said.format(**told, x=f"{self.focus[0]:.0%}", y=f"{self.focus[1]:.0%}"))

    # --- where things are ---------------------------------------------------------------------------------------

    def picture(self) -> QRectF:
        """Return where the picture is drawn."""
        room = QRectF(self.rect()).adjusted(_HANDLE, _HANDLE, -_HANDLE, -_HANDLE)
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, size.width(), size.height()
        )

    def frame(self) -> QRectF:
        """Return where the part kept is drawn."""
        whole, part = self.picture(), self.part
        return QRectF(
            whole.left() + part.left * whole.width(),
            whole.top() + part.top * whole.height(),
            part.width * whole.width(),
            part.height * whole.height(),
        )

    def spot(self) -> QPointF:
        """Return where the focus is drawn."""
        whole = self.picture()
        return QPointF(whole.left() + self.focus[0] * whole.width(), whole.top() + self.focus[1] * whole.height())

    def _handle(self, edge: tuple[int, int]) -> QPointF:
        frame = self.frame()
        across, along = edge
        return QPointF(frame.center().x() + across * frame.width() / 2, frame.center().y() + along * frame.height() / 2)

    def _share(self, at: QPointF) -> tuple[float, float]:
        whole = self.picture()
        return (
            min(max((at.x() - whole.left()) / max(1.0, whole.width()), 0.0), 1.0),
            min(max((at.y() - whole.top()) / max(1.0, whole.height()), 0.0), 1.0),
        )

    def _grasp(self, at: QPointF) -> str | tuple[int, int] | None:
        near = min(_EDGES, key=lambda edge: (self._handle(edge) - at).manhattanLength())
        if (self._handle(near) - at).manhattanLength() <= _REACH:
            return near
        if (self.spot() - at).manhattanLength() <= _REACH:
            return _FOCUS
        return _FRAME if self.frame().contains(at) else None

    # --- hands and keys -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, the focus or the frame."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._from = self._grasp(event.position()), event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; say by the pointer what could be."""
        at = event.position()
        x, y = self._share(at)
        match self._held:
            case None:
                self._point(self._grasp(at))
            case "focus":
                self._take(self.part, (x, y))
            case "frame":
                before = self._share(self._from)
                self._from = at
                self._take(moved(self.part, x - before[0], y - before[1]), self.focus)
            case (int(across), int(along)):
                self._take(stretched(self.part, across, along, (x, y), self.ratio), self.focus)
            case _:
                pass

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put the focus there."""
        self._take(self.part, self._share(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame, its corner or the focus by a hundredth."""
        way = _KEYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        right, down = (each * _STEP for each in way)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            x, y = self.focus
            self._take(self.part, (min(max(x + right, 0.0), 1.0), min(max(y + down, 0.0), 1.0)))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            to = (self.part.right + right, self.part.bottom + down)
            across, along = (1, 1) if self.ratio is None else (abs(way[0]), abs(way[1]))
            self._take(stretched(self.part, across, along, to, self.ratio), self.focus)
        else:
            self._take(moved(self.part, right, down), self.focus)

    def _point(self, grasped: str | tuple[int, int] | None) -> None:
        if isinstance(grasped, tuple):
            self.setCursor(_CURSORS[grasped])
        else:
            shapes = {_FOCUS: Qt.CursorShape.CrossCursor, _FRAME: Qt.CursorShape.SizeAllCursor}
            self.setCursor(shapes.get(grasped or "", Qt.CursorShape.ArrowCursor))

    # --- drawing ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, what is cut away in shade, the frame in thirds, the handles and the focus."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, frame = self.picture(), self.frame()
        painter.drawImage(whole, self._image)
        shade = QPainterPath()
        shade.addRect(whole)
        kept = QPainterPath()
        kept.addRect(frame)
        painter.fillPath(shade.subtracted(kept), QColor(0, 0, 0, 150))
        painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
        for third in (1 / 3, 2 / 3):
            x, y = frame.left() + frame.width() * third, frame.top() + frame.height() * third
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        # White within black is seen on every picture.
        for ink, width in (("#000000", 3.0), ("#ffffff", 1.5)):
            painter.setPen(QPen(QColor(ink), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)
            self._draw_focus(painter, ink, width)
        painter.setPen(QPen(QColor("#000000"), 1))
        painter.setBrush(QColor(look.accent if self.hasFocus() else "#ffffff"))
        for edge in _EDGES:
            at = self._handle(edge)
            painter.drawRect(QRectF(at.x() - _HANDLE / 2, at.y() - _HANDLE / 2, _HANDLE, _HANDLE))
        painter.end()

    def _draw_focus(self, painter: QPainter, ink: str, width: float) -> None:
        painter.setPen(QPen(QColor(ink), width))
        spot = self.spot()
        painter.drawEllipse(spot, 9, 9)
        for way in (QPointF(0, 1), QPointF(0, -1), QPointF(1, 0), QPointF(-1, 0)):
            painter.drawLine(spot + way * 4, spot + way * 13)
