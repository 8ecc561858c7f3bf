"""The sheet that binds a bullet to entries: found by their words, marked by a tick."""

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from desktop.domain import moment
from desktop.domain.coverage import SummaryPoint
from desktop.domain.timeline import TimelineRow
from ui.icons import icon
from ui.shared import states, times
from ui.shared.plain_list import PlainList
from ui.shared.sheet import Sheet
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.tasks import Tasks

_ENTRY: Final = Qt.ItemDataRole.UserRole
_PAUSE: Final = 150  # milliseconds of silence before typed words are looked for
_MOST: Final = 100

Found = tuple[str, tuple[TimelineRow, ...]]


class BindSheet(Sheet):
    """Lists the newest entries, or those that hold typed words. `bound(ids)` tells what the bullet is to rest on."""

    bound = Signal(object)

    def __init__(
        self,
        point: SummaryPoint,
        workspace: "Workspace",
        coverage_id: UUID,
        zone: ZoneInfo,
        tasks: "Tasks",
        parent: QWidget | None,
    ) -> None:
        super().__init__(tr("What the bullet rests on"), tr("Bind"), parent)
        self.resize(520, 460)
        self._workspace, self._coverage_id, self._zone, self._tasks = workspace, coverage_id, zone, tasks
        self._rests_on = list(point.rests_on)
        self._is_filling = False
        self._is_over = False
        self.finished.connect(self._on_finished)
        self.say(f"“{point.text}”")
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Find entries by their words"))
        self.words.setAccessibleName(tr("Find entries by their words"))
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = PlainList(tr("Entries the bullet can rest on"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.list)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typing.timeout.connect(self._look)
        self.words.textChanged.connect(self._typing.start)
        self.list.itemChanged.connect(self._on_ticked)
        self.confirmed.connect(self._on_confirmed)
        self.words.setFocus()
        self._look()

    def _look(self) -> None:
        words = self.words.text().strip()
        self._tasks.run_in_thread(partial(self._read, words), done=self._on_found)

    def _read(self, words: str) -> Found:
        rows = self._workspace.timeline(self._coverage_id, None, limit=_MOST, words=words)
        bound = self._workspace.timeline_rows(self._rests_on, None) if not words else {}
        first = tuple(bound[each] for each in self._rests_on if each in bound)
        return words, (*first, *(row for row in rows if row.id not in bound))

    def _on_found(self, found: Found) -> None:
        words, rows = found
        if self._is_over or words != self.words.text().strip():
            return
        self._is_filling = True
        self.list.clear()
        for row in rows:
            self.list.addItem(self._item(row))
        self._is_filling = False

    def _on_finished(self) -> None:
        self._is_over = True
        self._typing.stop()

    def _item(self, row: TimelineRow) -> QListWidgetItem:
        shown = states.look(row.status)
        when = times.moment(row.at, moment.now(), self._zone)
        item = QListWidgetItem(icon(shown.icon, shown.colour), f"{when}  {row.headline or tr('No headline yet')}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if row.id in self._rests_on else Qt.CheckState.Unchecked)
        item.setData(_ENTRY, row.id)
        return item

    def _on_ticked(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        entry_id = item.data(_ENTRY)
        is_bound = item.checkState() == Qt.CheckState.Checked
        if is_bound and entry_id not in self._rests_on:
            self._rests_on.append(entry_id)
        elif not is_bound and entry_id in self._rests_on:
            self._rests_on.remove(entry_id)

    def _on_confirmed(self) -> None:
        self.accept()
        self.bound.emit(tuple(self._rests_on))
