"""The status bar: the line to the endpoint, the outbox, the last save, the time in the coverage's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QWidget

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Receipt
from ui.icons import icon
from ui.shared import times
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind
from ui.shared.page_clock import page_clock
from ui.shared.picture import Picture
from ui.theme import tokens
from ui.whisper import Whisper
from ui.words import tr

_SECOND = 1000


class StatusBar(QStatusBar):
    """Shows what is told to it. `outbox_pressed` tells that somebody wants to see the outbox."""

    outbox_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = ZoneInfo("UTC")
        self.setSizeGripEnabled(False)
        self.line = Part("cloud", tr("Opening…"))
        self.outbox = Button(tr("Outbox: empty"), icon("inbox"), kind="quiet", tip=tr("Show what endpoints answered"))
        self.outbox.clicked.connect(self.outbox_pressed)
        self.whisper = Whisper()
        self.saved = Part("save", tr("Nothing typed yet"))
        self.page = Part("calendar", "")
        self.clock = Part("clock", "")
        self._coverage: Coverage | None = None
        self.addWidget(self.line)
        self.addWidget(self.outbox)
        self.addWidget(self.whisper, 1)
        self.addPermanentWidget(self.saved)
        self.addPermanentWidget(self.page)
        self.addPermanentWidget(self.clock)
        # Every part can give way: a narrow window must not be held open by a sentence.
        self._tick = QTimer(self, interval=_SECOND)
        self._tick.timeout.connect(self.show_time)
        self._tick.start()
        self.show_time()

    def set_zone(self, zone: ZoneInfo) -> None:
        """Show times in a zone."""
        self._zone = zone
        self.show_time()

    def show_time(self) -> None:
        """Show the present time, here and where the producer is, and where the page's clock stands by it."""
        now = moment.now()
        here = now.astimezone()
        own = tr("{time} where you are").format(time=f"{here:%H:%M}")
        is_elsewhere = here.utcoffset() != now.astimezone(self._zone).utcoffset()
        self.clock.say(" · ".join((times.clock(now, self._zone), *((own,) if is_elsewhere else ()))))
        self.page.setVisible(self._coverage is not None)
        if self._coverage is not None:
            stands = page_clock(self._coverage, now, self._zone)
            self.page.say(stands.words, stands.icon, "warning" if stands.is_overdue else "ink_soft")

    def show_page(self, coverage: Coverage | None) -> None:
        """Show where a page's clock stands, None for none."""
        self._coverage = coverage
        self.show_time()

    def show_saved(self, at: datetime) -> None:
        """Say when the last words were saved."""
        self.saved.say(tr("Saved on this computer {second}").format(second=times.second(at, self._zone)))

    def show_backup(self, at: datetime) -> None:
        """Say when the newest backup was made, to who asks."""
        said = tr("Newest backup {second}").format(second=times.second(at, self._zone))
        self.saved.setToolTip(said)
        self.saved.setAccessibleDescription(said)

    def show_line(self, name: str, last: Receipt | None, waiting: int, failed: int) -> None:
        """Say how the line to an endpoint stands: by what it answered last, never by a guess."""
        look = tokens()
        if not name:
            self.line.say(tr("No endpoint"), "cloud-off")
        elif last is None:
            self.line.say(tr("{name} · nothing sent yet").format(name=name), "cloud")
        elif last.outcome == "done":
            self.line.say(
                tr("Connected · last accepted {second}").format(second=times.second(last.at, self._zone)),
                "cloud-check",
                "success",
            )
        else:
            said = tr("{name} · last answer {outcome} {second}").format(
                name=name, outcome=last.outcome, second=times.second(last.at, self._zone)
            )
            self.line.say(said, "cloud-alert", "danger")
        counts = [tr("{waiting} waiting").format(waiting=waiting)] if waiting else []
        counts += [tr("{failed} failed").format(failed=failed)] if failed else []
        self.outbox.say(tr("Outbox: {items}").format(items=", ".join(counts)) if counts else tr("Outbox: empty"))
        self.outbox.setIcon(icon("inbox", look.danger if failed else None))


class Part(QWidget):
    """An icon and a few words."""

    def __init__(self, picture: str, words: str) -> None:
        super().__init__()
        look = tokens()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space_s, 2, look.space_s, 2)
        row.setSpacing(6)
        self._mark = Picture(picture)
        self._words = ElidedLabel(kind=Kind.SOFT)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        self.say(words)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def say(self, words: str, picture: str = "", role: str = "ink_soft") -> None:
        """Show other words, and another icon, in the token of a name, if one is given."""
        if picture:
            self._mark.show_icon(picture, role)
        self._words.setText(words)
        self._words.setAccessibleName(words)
