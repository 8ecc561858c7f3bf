"""Who works here."""

from typing import Final

from PySide6.QtWidgets import QLineEdit

from ui.settings.page import SettingsPage
from ui.settings.room import Room
from ui.words import tr

PRODUCER: Final = "producer"


class YouPage(SettingsPage):
    """Keeps the producer's name as it is typed."""

    def __init__(self, room: Room) -> None:
        words = tr("Your name stands in the history, on receipts and in handovers. Readers do not see it.")
        super().__init__(tr("You"), words)
        self._workspace = room.workspace
        self.producer = QLineEdit(room.workspace.producer)
        self.producer.setAccessibleName(tr("Your name"))
        self.form().addRow(tr("&Name"), self.producer)
        self.body.addStretch(1)
        self.producer.editingFinished.connect(self._on_named)

    def _on_named(self) -> None:
        name = self.producer.text().strip()
        if name != self._workspace.producer:
            self._workspace.save_setting(PRODUCER, name)
            self.tell(tr("You are {name} from now on.").format(name=self._workspace.producer))
