"""Starting a page: headline, zone, house."""

from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop.domain.coverage import Coverage
from desktop.domain.problem import Problem
from ui.shared.choice import Choice
from ui.shared.sheet import Sheet
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace

_FALLBACK: Final = "Europe/London"


class StartSheet(Sheet):
    """Asks what a new page needs. `coverage` is the page once it was made, and `accepted` is told."""

    def __init__(self, workspace: "Workspace", parent: QWidget | None, zone: str = "") -> None:
        super().__init__(tr("Start a page"), tr("Start page"), parent)
        self._workspace = workspace
        self.coverage: Coverage | None = None
        self.headline = QLineEdit()
        self.headline.setAccessibleName(tr("Headline"))
        self.headline.setPlaceholderText(tr("What the page is about, as readers will see it"))
        self.zone = Choice(tr("Time zone"))
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.zone.addItems(sorted(name for name in available_timezones() if "/" in name))
        completer = QCompleter(self.zone.model(), self.zone)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.zone.setCompleter(completer)
        self.zone.setCurrentText(zone or local_zone())
        self.form.addRow(tr("&Headline"), self.headline)
        self.form.addRow(tr("Time &zone"), self.zone)
        self.say(tr("Readers see every time in this zone. Both can be changed later."))
        self.confirmed.connect(self._on_confirmed)
        self.headline.setFocus()

    def _on_confirmed(self) -> None:
        try:
            self.coverage = self._workspace.create_coverage(self.headline.text(), self.zone.currentText().strip())
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()


def local_zone() -> str:
    """Return this computer's zone by its IANA name, London's when it has none that is known."""
    key = getattr(datetime.now().astimezone().tzinfo, "key", "")
    return key if key in available_timezones() else _FALLBACK
