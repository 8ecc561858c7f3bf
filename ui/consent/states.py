"""The three states a reader can be in, as one row of buttons."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.consent.observation import ReaderState
from ui.theme import tokens

_WORDS: Final = {
    ReaderState.BEFORE: ("Before consent", "A reader who has accepted nothing yet"),
    ReaderState.AFTER: ("After consent", "A reader who accepts each embed of the entry, or of the page, once"),
    ReaderState.NO_JAVASCRIPT: ("JavaScript off", "A reader whose browser runs no scripts"),
}


class StateBar(QWidget):
    """Shows which state is observed; `chosen(ReaderState)` asks for one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.space_m, look.space_s, look.space_m, look.space_s)
        layout.setSpacing(look.space_s)
        self._group = QButtonGroup(self)
        self._buttons: dict[ReaderState, QPushButton] = {}
        for state, (words, explained) in _WORDS.items():
            button = QPushButton(words, self)
            button.setCheckable(True)
            button.setToolTip(explained)
            button.setAccessibleDescription(explained)
            button.setChecked(state is ReaderState.BEFORE)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._buttons[state] = button
            layout.addWidget(button)
        layout.addStretch(1)

    def state(self) -> ReaderState:
        """Return the state that is chosen."""
        return next(state for state, button in self._buttons.items() if button.isChecked())

    def show_state(self, state: ReaderState) -> None:
        """Show a state as chosen."""
        self._buttons[state].setChecked(True)

    def press(self, state: ReaderState) -> None:
        """Choose a state as a click does."""
        self._buttons[state].click()

    def _on_clicked(self) -> None:
        self.chosen.emit(self.state())
