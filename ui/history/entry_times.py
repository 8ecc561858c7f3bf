"""The times of an entry: written, changed, accepted and shown, in the page's zone and the producer's own."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.identity import made_at
from desktop.domain.timeline import TimelineRow
from ui.icons import icon
from ui.shared import times
from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Told:
    """A time of an entry with its name, and what to say where there is none."""

    name: str
    at: datetime | None
    none: str = ""


def told(row: TimelineRow) -> tuple[Told, ...]:
    """Return the times of an entry; `Accepted` is when the endpoint acknowledged what readers have."""
    return (
        Told(tr("Written"), made_at(row.id), tr("not known")),
        Told(tr("Changed"), row.changed_at),
        Told(tr("Accepted"), row.live_at, tr("not yet")),
        Told(tr("Shown"), row.at),
    )


class EntryTimes(QWidget):
    """Shows the times; `retime_requested()` asks for another one to be shown."""

    retime_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self.setAccessibleName(tr("Times of this entry"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_s)
        self._grid.setHorizontalSpacing(look.space_m)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, Label] = {}
        self.retime = Button(tr("Change…"), icon("clock"), kind="quiet", tip=tr("Give the entry another time"))
        self.retime.setAutoDefault(False)
        self.retime.setAccessibleName(tr("Change the time shown"))
        self.retime.clicked.connect(self.retime_requested)

    def show_row(self, row: TimelineRow, zone: ZoneInfo, own: tzinfo | None = None) -> None:
        """Show the times of an entry in the page's zone, and in `own`, this computer's if None, where it differs."""
        for line, each in enumerate(told(row)):
            if each.name not in self.values:
                value = Label(size=Size.SMALL, wraps=True)
                caption = Label(each.name, kind=Kind.SOFT, size=Size.SMALL)
                caption.setBuddy(value)
                self._grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(value, line, 1)
                self.values[each.name] = value
            said = written(each.at, zone, own) if each.at is not None else each.none
            self.values[each.name].setText(said)
            self.values[each.name].setAccessibleName(f"{each.name}: {said}")
        self._grid.addWidget(self.retime, len(self.values) - 1, 2, Qt.AlignmentFlag.AlignVCenter)


def written(at: datetime, zone: ZoneInfo, own: tzinfo | None = None) -> str:
    """Write a time with its day and zone, and what a clock says where the producer is when that is another."""
    here, there = at.astimezone(own), at.astimezone(zone)
    said = f"{times.short_day(at, zone)} {there:%H:%M} {there:%Z}"
    if here.utcoffset() == there.utcoffset():
        return said
    return tr("{time} ({own} where you are)").format(time=said, own=f"{here:%a} {here:%H:%M}")
