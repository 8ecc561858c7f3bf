"""The bin: entries that were taken off the desk, each of which can be brought back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.entry import Entry, words_of
from ui.icons import icon
from ui.shared import times
from ui.shared.label import plain_tip
from ui.shared.sheet import Sheet
from ui.words import tr

_ENTRY: Final = Qt.ItemDataRole.UserRole
_SHOWN: Final = 140  # characters of what an entry says


class BinSheet(Sheet):
    """Lists what is in one coverage's bin, the last one put there first. `restore_requested(id)` names one."""

    restore_requested = Signal(object)

    def __init__(self, binned: Sequence[Entry], zone: ZoneInfo, now: datetime, parent: QWidget | None) -> None:
        super().__init__(tr("Bin"), tr("Bring back"), parent)
        self.resize(560, 420)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Entries in the bin, the last one put there first"))
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in binned:
            self.list.addItem(_item(entry, zone, now))
        self.list.setCurrentRow(0)
        if binned:
            self.say(tr("Readers have none of these. What is brought back stands in the timeline again, as it was."))
            self.body.addWidget(self.list)
        else:
            self.say(tr("The bin of this page is empty. An entry moved there can be brought back from here."))
        self.deed.setEnabled(bool(binned))
        self.list.itemActivated.connect(self._on_confirmed)
        self.confirmed.connect(self._on_confirmed)
        self.list.setFocus()

    def _on_confirmed(self) -> None:
        chosen = self.list.selectedItems()
        if chosen and self.isVisible():
            self.accept()
            self.restore_requested.emit(chosen[0].data(_ENTRY))


def _item(entry: Entry, zone: ZoneInfo, now: datetime) -> QListWidgetItem:
    said = " ".join(words_of(entry).removeprefix(entry.headline).split())
    shortened = said if len(said) <= _SHOWN else f"{said[:_SHOWN].rstrip()}…"
    when = times.moment(entry.at, now, zone)
    below = " · ".join(filter(None, (when, shortened)))
    item = QListWidgetItem(icon("trash-2"), f"{entry.headline or tr('No headline')}\n{below}")
    item.setData(_ENTRY, entry.id)
    item.setToolTip(plain_tip(entry.headline))
    return item
