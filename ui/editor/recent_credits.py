"""The sources named last, offered below an empty field: one press names one, nothing is named unasked."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.shared.button import Button
from ui.theme import tokens
from ui.words import tr


class RecentCredits(QWidget):
    """A row of sources. `chosen(str)` tells which was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens().space_xs)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self.buttons: tuple[Button, ...] = ()
        self.hide()

    def offer(self, credits_: Sequence[str]) -> None:
        """Offer these sources; none hides the row."""
        if tuple(credits_) == self._offered:
            return
        self._offered = tuple(credits_)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = tuple(self._button(credit) for credit in self._offered)
        self.setVisible(bool(self.buttons))

    def _button(self, credit: str) -> Button:
        made = Button(credit, kind="quiet", tip=tr("Name this source"))
        made.setAutoDefault(False)
        made.setAccessibleName(tr("Image source: {credit}").format(credit=credit))
        made.clicked.connect(partial(self.chosen.emit, credit))
        self._row.addWidget(made)
        return made
