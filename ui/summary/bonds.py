"""What the chosen bullet rests on: a chip for each entry, which leads there, and the word that it is still true."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.coverage import SummaryPoint
from desktop.domain.summary import Ground, Grounds, doubts
from ui.icons import icon
from ui.shared import times
from ui.shared.button import Button
from ui.shared.fold import Fold
from ui.shared.label import plain_tip
from ui.theme import tokens
from ui.words import tr

_MOST: Final = 3  # chips beside each other: all stand in the sheet that binds


class Bonds(QWidget):
    """`entry_chosen(id)` tells the chip that was pressed, `confirmed()` that the bullet is still true."""

    entry_chosen = Signal(object)
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What the bullet rests on"))
        chips = QWidget()
        self._row = QHBoxLayout(chips)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.chips: list[Chip] = []
        self.still_true = Button(tr("Still true"), icon("check"))
        self.still_true.setToolTip(tr("You have read the entries again, and the bullet holds"))
        self.still_true.clicked.connect(self.confirmed)
        self._row.addStretch(1)
        self._fold = Fold(chips, self.still_true, spacing=tokens().space_s)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._fold)
        self.hide()

    def show_point(self, point: SummaryPoint | None, grounds: Grounds, now: datetime, zone: ZoneInfo) -> None:
        """Show a bullet's entries, None for none."""
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        found = [each for each in point.rests_on if each in grounds] if point else []
        self.chips = [Chip(grounds[each], now, zone) for each in found[:_MOST]]
        for at, chip in enumerate(self.chips):
            chip.chosen.connect(self.entry_chosen)
            self._row.insertWidget(at, chip)
            chip.show()
        is_doubtful = point is not None and bool(doubts(point, grounds))
        self.still_true.setVisible(is_doubtful)
        self.setVisible(bool(self.chips) or is_doubtful)
        self._fold.fold()

    def dress(self) -> None:
        """Take on the text sizes now in use."""
        self._fold.fold()


class Chip(Button):
    """An entry by its time; pressed, it is shown."""

    chosen = Signal(object)

    def __init__(self, ground: Ground, now: datetime, zone: ZoneInfo) -> None:
        super().__init__(times.minute(ground.at, zone), icon("link", tokens().accent), kind="quiet")
        headline = ground.headline or tr("No headline yet")
        said = tr("Go to {time}: {headline}").format(time=times.moment(ground.at, now, zone), headline=headline)
        self.setToolTip(plain_tip(said))
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._entry_id = ground.entry_id
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._entry_id)
