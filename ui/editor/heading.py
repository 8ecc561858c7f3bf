"""What stands above the text: the headline, the time readers see, and the byline."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain import moment
from ui.editor.form import Field
from ui.editor.state import BYLINE, HEADLINE, TIME, read_byline
from ui.shared.fold import Fold
from ui.shared.label import Kind, Label
from ui.theme import tokens
from ui.words import tr

SHOWN_TIME: Final = "HH:mm, ddd d MMM yyyy"
_WIDEST_TIME: Final = "00:00, Wed 28 May 2000 "


class Heading(QWidget):
    """Headline, time and byline. `edited(field, name)` tells a change; `left_bottom()` an arrow or Enter downwards."""

    edited = Signal(str, str)
    caret_moved = Signal()
    left_bottom = Signal()
    entered = Signal()
    undo_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self._at = datetime(2000, 1, 1, tzinfo=UTC)
        self._zone = ZoneInfo("UTC")
        self.headline = Field(HEADLINE, tr("Headline"), tr("Headline"))
        self.byline = Field(BYLINE, tr("Byline"), tr("Names, separated by commas"))
        self.time = QDateTimeEdit()
        self.time.setDisplayFormat(SHOWN_TIME)
        self.time.setTimeZone(QTimeZone.utc())
        self.time.setKeyboardTracking(False)
        self.time.setButtonSymbols(QDateTimeEdit.ButtonSymbols.NoButtons)
        self.time.setFrame(False)
        # The sheet draws a box around every line edit, also the one inside this field.
        self.time.lineEdit().setStyleSheet("border: none; padding: 0; background: transparent")
        self.time.setAccessibleName(tr("Time readers see"))
        self.time.setToolTip(tr("The time readers see, in the page’s zone"))
        self.zone = Label(kind=Kind.FAINT)
        by = Label(tr("By"), kind=Kind.FAINT)
        by.setBuddy(self.byline)
        when, who = QWidget(), QWidget()
        for held, parts in ((when, (self.time, self.zone)), (who, (by, self.byline))):
            row = QHBoxLayout(held)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(look.space_s)
            for part in parts:
                row.addWidget(part)
        self.fold = Fold(when, who, spacing=look.space_m, stretched=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space_s)
        column.addWidget(self.headline)
        column.addWidget(self.fold)
        self.dress()
        for field in (self.headline, self.byline):
            field.told.connect(self._on_told)
            field.caret_moved.connect(self.caret_moved)
            field.undo_requested.connect(self.undo_requested)
            field.left.connect(self._on_left)
        self.headline.entered.connect(self.entered)
        self.byline.entered.connect(self.left_bottom)
        self.time.dateTimeChanged.connect(self._on_time)

    def dress(self) -> None:
        """Take on the text size now in use."""
        font = QFont(self.headline.font())
        font.setPointSizeF(tokens().text_title)
        font.setWeight(QFont.Weight.Bold)
        self.headline.setFont(font)
        # Qt asks for the room of the time shown first, and days of the week differ.
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance(_WIDEST_TIME))
        self.fold.fold()

    def show_zone(self, zone: str) -> None:
        """Read times in a zone."""
        self._zone = ZoneInfo(zone)

    def show_heading(self, headline: str, at: datetime, byline: tuple[str, ...]) -> None:
        """Show what stands above the text; what is typed stays while it means the same."""
        self.headline.show_plain(headline)
        if read_byline(self.byline.plain()) != byline:
            self.byline.show_plain(", ".join(byline))
        self._at = at
        local = at.astimezone(self._zone)
        self.zone.setText(f"{local:%Z}")
        self.time.blockSignals(True)  # noqa: FBT003 - Qt's own way to say it
        self.time.setDateTime(_shown(local))
        self.time.blockSignals(False)  # noqa: FBT003 - Qt's own way to say it

    def heading(self, held: tuple[str, ...]) -> tuple[str, datetime, tuple[str, ...]]:
        """Return headline, time and byline; `held` is the byline before, kept when the typed one means the same."""
        typed = read_byline(self.byline.plain())
        shown = read_byline(", ".join(held))
        return self.headline.plain(), self._at, held if typed == shown else typed

    def field(self, key: str) -> Field | None:
        """Return the field of a key."""
        return {HEADLINE: self.headline, BYLINE: self.byline}.get(key)

    def focused(self) -> Field | None:
        """Return the field with the caret."""
        return next((field for field in (self.headline, self.byline) if field.hasFocus()), None)

    def focus(self, key: str, anchor: int, position: int) -> None:
        """Put the caret into a field."""
        field = self.field(key)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.set_caret(anchor, position)
        else:
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_told(self, key: str) -> None:
        self.edited.emit(key, "")

    def _on_left(self, by: int) -> None:
        if self.headline.hasFocus() and by > 0:
            self.left_bottom.emit()
        elif self.byline.hasFocus():
            if by > 0:
                self.left_bottom.emit()
            else:
                self.focus(HEADLINE, 1 << 30, 1 << 30)

    def _on_time(self, shown: QDateTime) -> None:
        day, time = shown.date(), shown.time()
        held = self._at.astimezone(self._zone)
        if (day, time.hour(), time.minute()) == (_shown(held).date(), held.hour, held.minute):
            return
        local = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone)
        self._at = moment.to_utc(local)
        self.edited.emit(TIME, tr("Change time"))


def _shown(local: datetime) -> QDateTime:
    day, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
    return QDateTime(day, time, QTimeZone.utc())
