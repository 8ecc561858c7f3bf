"""The sheet of a summary's versions: what readers see, what was kept, word by word against what stands now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QSplitter, QWidget

from desktop.domain.comparison import Change
from desktop.domain.coverage import SummaryPoint
from desktop.domain.rewording import Fate, Piece, rewording
from desktop.domain.summary import Keeping, LiveSummary, SummaryVersion
from ui.icons import icon
from ui.shared import times
from ui.shared.compared import Compared, counted
from ui.shared.label import Kind, Label
from ui.shared.plain_list import PlainList
from ui.shared.sheet import Sheet
from ui.words import tr

_SHOWN: Final = Qt.ItemDataRole.UserRole
_ICONS: Final = {
    Keeping.CHANGED: "pencil",
    Keeping.CONFIRMED: "check",
    Keeping.PUBLISHED: "send",
    Keeping.RESTORED: "rotate-ccw",
}


class VersionsSheet(Sheet):
    """Compares a chosen version with the bullets that stand now. `restore_requested(number)` asks for one back."""

    restore_requested = Signal(int)

    def __init__(
        self,
        points: Sequence[SummaryPoint],
        versions: Sequence[SummaryVersion],
        live: LiveSummary | None,
        zone: ZoneInfo,
        now: datetime,
        parent: QWidget | None,
    ) -> None:
        super().__init__(tr("Versions of the summary"), tr("Bring this version back"), parent)
        self.resize(760, 480)
        self._points, self._zone = tuple(points), zone
        self.list = PlainList(tr("Kept versions, newest first"))
        if live is not None:
            when = times.moment(live.accepted_at, now, zone)
            self._add(tr("What readers see, accepted {time}").format(time=when), "radio", live)
        for version in versions:
            when = times.moment(version.made_at, now, zone)
            said = tr("{number}  {deed} {time} by {name}").format(
                number=version.number, deed=_deed(version.keeping), time=when, name=version.author or tr("desk")
            )
            self._add(said, _ICONS[version.keeping], version)
        self.changes = Compared(tr("The version chosen, and what changed until now"))
        self.counted = Label(kind=Kind.SOFT, wraps=True)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self.changes)
        parts.setSizes([300, 420])
        self.say(
            tr("Struck through stood there, underlined stands now.")
            if self.list.count()
            else tr("A version is kept with every change and every publication of the summary.")
        )
        self.body.addWidget(parts, 1)
        self.body.addWidget(self.counted)
        self.list.currentItemChanged.connect(self._on_current)
        self.confirmed.connect(self._on_confirmed)
        self.deed.setEnabled(False)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _add(self, said: str, picture: str, shown: SummaryVersion | LiveSummary) -> None:
        item = QListWidgetItem(icon(picture), said)
        item.setData(_SHOWN, shown)
        self.list.addItem(item)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        shown = item.data(_SHOWN) if item is not None else None
        found = changes(shown.points, self._points) if shown is not None else ()
        self.changes.show_changes(found, self._zone)
        self.counted.setText(counted(found))
        self.deed.setEnabled(isinstance(shown, SummaryVersion) and shown.points != self._points)

    def _on_confirmed(self) -> None:
        shown = self.list.currentItem().data(_SHOWN)
        if isinstance(shown, SummaryVersion):
            self.accept()
            self.restore_requested.emit(shown.number)


def changes(before: Sequence[SummaryPoint], after: Sequence[SummaryPoint]) -> tuple[Change, ...]:
    """Compare two summaries bullet by bullet, as it stands now, what went at the end."""
    was = {point.id: point.text for point in before}
    stands = {point.id for point in after}
    found = [
        Change(str(number), Fate.KEPT, rewording(was[point.id], point.text))
        if point.id in was
        else Change(str(number), Fate.ADDED, (Piece(point.text, Fate.ADDED),))
        for number, point in enumerate(after, start=1)
    ]
    gone = (point for point in before if point.id not in stands)
    return (*found, *(Change("", Fate.REMOVED, (Piece(point.text, Fate.REMOVED),)) for point in gone))


def _deed(keeping: Keeping) -> str:
    match keeping:
        case Keeping.CHANGED:
            return tr("Changed")
        case Keeping.CONFIRMED:
            return tr("Held true")
        case Keeping.PUBLISHED:
            return tr("Published")
        case Keeping.RESTORED:
            return tr("Brought back")
