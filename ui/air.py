"""The air bar: who reads what is published now, in words, across the whole window."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStyle, QWidget

from desktop.domain.endpoint import Endpoint, Environment
from ui.icons import icon, pixmap
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label, Size, plain_tip
from ui.theme import Tokens, tokens
from ui.words import tr

_HATCH = 14
_HATCH_ROOM = 96
_BAR = {Kind.AIR: "air_bar", Kind.REHEARSAL: "rehearsal_bar"}


@dataclass(frozen=True, slots=True)
class Air:
    """What the bar says: a word in capitals, a sentence, the endpoint's host."""

    word: str
    sentence: str
    host: str
    is_on_air: bool = False


def air(endpoint: Endpoint | None, *, is_on_air: bool) -> Air:
    """Say who reads what is published to an endpoint."""
    if endpoint is None:
        return Air(tr("OFF AIR"), tr("There is nowhere to publish to yet. Everything you write is kept here."), "")
    host = urlsplit(endpoint.url).netloc.rpartition("@")[2]
    match endpoint.environment:
        case Environment.PRODUCTION if is_on_air:
            return Air(tr("ON AIR"), tr("Publishing goes straight to readers"), host, is_on_air=True)
        case Environment.PRODUCTION:
            return Air(tr("OFF AIR"), tr("Set to readers, but you have not gone on air. Nothing can be sent"), host)
        case Environment.REHEARSAL:
            return Air(tr("REHEARSAL"), tr("Nothing reaches readers"), host)
        case Environment.TEST:
            return Air(tr("TEST"), tr("Nothing reaches readers; a test endpoint answers"), host)


class AirBar(QWidget):
    """Solid red on air, yellow and hatched otherwise. `endpoint_chosen(id)` asks for another endpoint."""

    endpoint_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.air = air(None, is_on_air=False)
        self.word = Label(kind=Kind.REHEARSAL, size=Size.LARGE, bold=True)
        font = self.word.font()
        font.setLetterSpacing(font.SpacingType.PercentageSpacing, 112)
        self.word.setFont(font)
        self.words = ElidedLabel(kind=Kind.REHEARSAL, size=Size.BODY)
        self.switch = Button("", icon("server"), kind=_BAR[Kind.REHEARSAL], tip=tr("Choose where to publish"))
        self.switch.setMenu(QMenu(self.switch))
        row = QHBoxLayout(self)
        row.setSpacing(tokens().space_l)
        row.addWidget(self.word)
        row.addWidget(self.words, 1)
        row.addSpacing(_HATCH_ROOM)
        row.addWidget(self.switch)
        self._row = row
        self.show_air(None, (), is_on_air=False)

    def show_air(self, endpoint: Endpoint | None, endpoints: Sequence[Endpoint], *, is_on_air: bool) -> None:
        """Say where things stand, and offer the other endpoints."""
        self.air = air(endpoint, is_on_air=is_on_air)
        self.word.setText(self.air.word)
        self.words.setText(" · ".join(filter(None, (self.air.sentence, self.air.host))))
        self.setAccessibleName(f"{self.air.word}. {self.words.text()}")
        self.switch.say(endpoint.name if endpoint else tr("Nowhere yet"))
        self.switch.setAccessibleName(
            tr("Choose where to publish. Now: {name}").format(name=endpoint.name)
            if endpoint
            else tr("Choose where to publish. Now: nowhere yet")
        )
        menu = self.switch.menu()
        menu.clear()
        for each in endpoints:
            deed = (
                tr("Go on air at {name}…").format(name=each.name)
                if each.environment is Environment.PRODUCTION
                else each.name
            )
            action = QAction(deed.replace("&", "&&"), menu)
            action.setMenuRole(QAction.MenuRole.NoRole)
            # Without one of its own, the text would be the tooltip, and be read as markup.
            action.setToolTip(plain_tip(deed))
            action.setCheckable(True)
            action.setChecked(endpoint is not None and each.id == endpoint.id)
            action.setData(str(each.id))
            action.triggered.connect(self._on_triggered)
            menu.addAction(action)
        self.switch.setVisible(bool(endpoints))
        self.dress()

    def dress(self) -> None:
        """Take on the colours and text sizes now in use."""
        look = tokens()
        indent = look.space_l + look.icon + 4 + look.space_m
        # Margins are not mirrored with the layout; the mark stands before the words in either direction.
        before, after = (indent, look.space_m) if self.isLeftToRight() else (look.space_m, indent)
        self._row.setContentsMargins(before, look.space_xs + 2, after, look.space_xs + 2)
        self._tint()
        self.update()

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.endpoint_chosen.emit(UUID(action.data()))

    def _tint(self) -> None:
        kind = Kind.AIR if self.air.is_on_air else Kind.REHEARSAL
        for label in (self.word, self.words):
            label.set_kind(kind)
        self.switch.set_kind(_BAR[kind])
        self.switch.setIcon(icon("server", _colours(self.air, tokens())[0]))

    def _hatched(self) -> QRect:
        """Return the room behind which no words stand: stripes must not make them hard to read."""
        end = self.words.x() + self.words.fontMetrics().horizontalAdvance(self.words.text()) + _HATCH
        room = QRect(min(end, self.words.geometry().right()), 0, self.width(), self.height())
        return room if self.isLeftToRight() else QStyle.visualRect(self.layoutDirection(), self.rect(), room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the bar; the hatching makes it another shape also to who sees no colour."""
        del event
        look = tokens()
        ink, ground = _colours(self.air, look)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ground))
        if not self.air.is_on_air:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self._hatched())
            painter.setPen(QPen(QColor(look.rehearsal_hatch), _HATCH / 2))
            height = self.height()
            for left in range(-height, self.width(), _HATCH * 2):
                painter.drawLine(left, height + 2, left + height, -2)
            painter.setClipping(False)
        size = look.icon + 4
        mark = pixmap("radio" if self.air.is_on_air else "flag", ink, size, self.devicePixelRatioF())
        left = look.space_l if self.isLeftToRight() else self.width() - look.space_l - size
        painter.drawPixmap(left, (self.height() - size) // 2, mark)
        painter.end()


def _colours(shown: Air, look: Tokens) -> tuple[str, str]:
    return (look.on_air_ink, look.on_air) if shown.is_on_air else (look.rehearsal_ink, look.rehearsal)
