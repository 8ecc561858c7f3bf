"""Planning when coverage starts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain import moment
from desktop.domain.problem import Problem
from ui.shared.sheet import Sheet
from ui.timing import MomentField
from ui.words import tr


class PlanSheet(Sheet):
    """Asks when coverage is meant to start; the console reminds, and never starts by itself."""

    def __init__(
        self,
        planned_for: datetime | None,
        zone: ZoneInfo,
        plan: Callable[[datetime | None], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(tr("Plan the start"), tr("Plan"), parent)
        self._plan = plan
        later = (moment.now() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        self.at = MomentField(tr("Start"), planned_for or later + timedelta(hours=1), zone)
        self.none = QCheckBox(tr("No time is planned"))
        self.none.setVisible(planned_for is not None)
        self.none.toggled.connect(self.at.setDisabled)
        self.say(tr("The status bar counts down to it. Nothing goes out by itself: you start coverage."))
        self.form.addRow(tr("&Start ({zone})").format(zone=zone.key), self.at)
        self.form.addRow("", self.at.own_time)
        self.form.addRow("", self.none)
        self.confirmed.connect(self._on_confirmed)
        self.at.setFocus()

    def _on_confirmed(self) -> None:
        try:
            self._plan(None if self.none.isChecked() else self.at.moment)
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()
