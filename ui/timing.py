"""Asking for a moment: typed in the page's zone, said in the producer's own where that is another."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from desktop.domain import moment
from desktop.domain.problem import Problem
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label, Size
from ui.shared.sheet import Sheet
from ui.words import tr


class MomentField(QDateTimeEdit):
    """A moment in a zone. `own_time` is a label that says it in the producer's zone, hidden where both agree."""

    def __init__(self, name: str, at: datetime, zone: ZoneInfo, own: tzinfo | None = None) -> None:
        super().__init__()
        self._own = own
        self._zone = zone
        self.own_time = Label(kind=Kind.SOFT, size=Size.SMALL, wraps=True)
        self.setAccessibleName(name)
        self.setDisplayFormat("d MMMM yyyy HH:mm")
        self.setCalendarPopup(True)
        qt_zone = QTimeZone(zone.key.encode())
        self.setTimeZone(qt_zone)
        self.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp()), qt_zone))
        self.dateTimeChanged.connect(self._say_own)
        self._say_own()

    @property
    def moment(self) -> datetime:
        """The moment chosen, in UTC."""
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)

    def _say_own(self) -> None:
        said = own_time(self.moment, self._zone, self._own)
        self.own_time.setText(said)
        if not said:
            self.own_time.hide()
        elif self.own_time.parentWidget() is not None:
            # Shown without a parent it would be a window of its own.
            self.own_time.show()
        self.setAccessibleDescription(said)


def own_time(at: datetime, zone: ZoneInfo, own: tzinfo | None = None) -> str:
    """Say a moment in the producer's own zone, "" where that is on the same time; `own` is this computer's if None."""
    here = at.astimezone(own)
    if here.utcoffset() == at.astimezone(zone).utcoffset():
        return ""
    return tr("{time} where you are").format(time=f"{here:%a} {here.day} {here:%b} {here:%H:%M}")


class TimeSheet(Sheet):
    """Asks for an entry's time."""

    def __init__(
        self, at: datetime, zone: ZoneInfo, retime: Callable[[datetime], object], parent: QWidget | None
    ) -> None:
        super().__init__(tr("Change the time"), tr("Change time"), parent)
        self._retime = retime
        self._was = at
        self.at = MomentField(tr("Time readers see"), at, zone)
        self.say(
            tr("Readers see this time, and the entry takes its place by it. A live one has to be published again.")
        )
        self.form.addRow(tr("&Time ({zone})").format(zone=zone.key), self.at)
        self.which = Choice(tr("Which of the two, as clocks are put back"))
        self.form.addRow(tr("&Which"), self.which)
        self.form.addRow("", self.at.own_time)
        self._zone = zone
        self._offer(at)
        self.at.dateTimeChanged.connect(self._on_typed)
        self.confirmed.connect(self._on_confirmed)
        self.at.setFocus()

    def _on_typed(self) -> None:
        self._offer(self.at.moment)

    def _offer(self, at: datetime) -> None:
        """Offer both moments of a time that clocks show twice; the one it is comes first to hand."""
        local = at.astimezone(self._zone).replace(tzinfo=None)
        both = moment.readings(local, self._zone)
        self.which.clear()
        for name, each in zip((tr("the first, {zone}"), tr("the second, {zone}")), both, strict=False):
            self.which.addItem(name.format(zone=f"{each.astimezone(self._zone):%Z}"), each)
        self.which.setCurrentIndex(both.index(at) if at in both else 0)
        self.form.setRowVisible(self.which, len(both) > 1)

    def _chosen(self) -> datetime:
        chosen: datetime | None = self.which.currentData()
        return chosen if chosen is not None and self.which.count() > 1 else self.at.moment

    def _on_confirmed(self) -> None:
        at = self._chosen()
        # The field knows minutes: a time that was not touched keeps its seconds, and so its place.
        if at.replace(second=0) == self._was.replace(second=0, microsecond=0):
            self.accept()
            return
        try:
            self._retime(at)
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()
