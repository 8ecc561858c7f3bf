"""What readers have beside what is on the desk, and the way back to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain import moment
from desktop.domain.comparison import compare, is_changed
from desktop.domain.entry import Entry
from ui.shared import times
from ui.shared.compared import Compared, counted
from ui.shared.sheet import Sheet
from ui.words import tr


class LiveVersionSheet(Sheet):
    """Compares the version readers have with the desk's; `confirmed` asks to revert to it, which can be undone."""

    def __init__(self, live: Entry, since: datetime, desk: Entry, zone: ZoneInfo, parent: QWidget | None) -> None:
        super().__init__(tr("What went out, and what is on the desk"), tr("Revert to what went out"), parent)
        changes = compare(live, desk)
        said = tr("The {time} version went out. Struck through stands only there, underlined only on the desk.")
        self.say(said.format(time=times.moment(since, moment.now(), zone)))
        self.say(counted(changes))
        self.compared = Compared(tr("What changed since"))
        self.compared.show_changes(changes, zone)
        self.compared.setMinimumHeight(320)
        self.body.addWidget(self.compared, 1)
        self.setMinimumWidth(640)
        self.cancel.setText(tr("Close"))
        self.cancel.setDefault(True)
        self.deed.setDefault(False)
        self.deed.setEnabled(is_changed(changes))
        self.deed.setToolTip(tr("What is on the desk can be brought back by undoing it"))
        self.confirmed.connect(self.accept)
        self.compared.setFocus(Qt.FocusReason.OtherFocusReason)
