"""What the timeline is narrowed down by: words, a state, a day, and all of them together."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow, days, span
from ui.icons import icon
from ui.shared import states, times
from ui.shared.choice import Choice
from ui.theme import tokens
from ui.words import tr

_PAUSE = 150  # milliseconds of silence before typed words are looked for


class Filters(QWidget):
    """`changed()` tells another state or day, `words_changed()` that typing has paused."""

    changed = Signal()
    words_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Find in the timeline"))
        self.words.setAccessibleName(tr("Find in the timeline"))
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.states = Choice(tr("Show entries in state"))
        self.states.addItem(tr("All states"), None)
        for status in Status:
            shown = states.look(status)
            self.states.addItem(icon(shown.icon, shown.colour), shown.word, status.value)
        self.days = Choice(tr("Show entries of a day"))
        self.days.addItem(tr("All days"), None)
        self._days: tuple[date, ...] = ()
        self._span: tuple[datetime, datetime] | None = None
        self._zone = ZoneInfo("UTC")
        choices = QHBoxLayout()
        choices.setSpacing(look.space_s)
        for choice in (self.states, self.days):
            # A choice is as wide as its longest word unless told otherwise, and would hold the window open.
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(4)
            choices.addWidget(choice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space_s)
        column.addWidget(self.words)
        column.addLayout(choices)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typing.timeout.connect(self.words_changed)
        self.words.textChanged.connect(self._typing.start)
        self.states.currentIndexChanged.connect(self.changed)
        self.days.currentIndexChanged.connect(self._on_day)

    @property
    def typed(self) -> str:
        """The words typed, "" for none."""
        return self.words.text().strip()

    def clear(self) -> None:
        """Narrow down nothing any more."""
        self.words.clear()
        self.states.setCurrentIndex(0)
        self.days.setCurrentIndex(0)

    def stop(self) -> None:
        """Look for nothing any more."""
        self._typing.stop()

    def offer_days(self, rows: Sequence[TimelineRow], zone: ZoneInfo) -> None:
        """Offer the days rows lie on, keeping the one chosen while it is among them."""
        found = days(rows, zone)
        if (found, zone) == (self._days, self._zone):
            return
        chosen: date | None = self.days.currentData()
        self._days, self._zone = found, zone
        self.days.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.days.clear()
        self.days.addItem(tr("All days"), None)
        for day in found:
            self.days.addItem(times.short_day(span(day, zone)[0], zone), day)
        self.days.setCurrentIndex(found.index(chosen) + 1 if chosen in found else 0)
        self.days.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._span = span(chosen, zone) if chosen in found and chosen is not None else None

    @property
    def shows_all(self) -> bool:
        """Tell whether neither a state nor a day is chosen."""
        return self.states.currentData() is None and self._span is None

    def kept(self, rows: Iterable[TimelineRow], found: frozenset[UUID] | None) -> tuple[TimelineRow, ...]:
        """Return the rows of the state and day chosen; `found` are those that hold the words, None without words."""
        wanted = self.states.currentData()
        begins, ends = self._span or (None, None)
        return tuple(
            row
            for row in rows
            if (wanted is None or row.status == wanted)
            and (begins is None or ends is None or begins <= row.at < ends)
            and (found is None or row.id in found)
        )

    def _on_day(self) -> None:
        chosen: date | None = self.days.currentData()
        self._span = None if chosen is None else span(chosen, self._zone)
        self.changed.emit()
