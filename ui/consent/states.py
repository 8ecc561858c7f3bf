"""The three states a reader can be in, as one choice that fits any width."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.consent.observation import ReaderState
from ui.shared.choice import Choice
from ui.shared.label import Kind, Label
from ui.theme import tokens
from ui.words import tr

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
        self.choice = Choice(tr("How the reader comes to the page"))
        for state, (words, explained) in _WORDS.items():
            self.choice.addItem(tr(words), state.value)
            self.choice.setItemData(self.choice.count() - 1, tr(explained), Qt.ItemDataRole.ToolTipRole)
        label = Label(tr("Reader"), kind=Kind.SOFT)
        label.setBuddy(self.choice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.space_m, look.space_s, look.space_m, look.space_s)
        layout.setSpacing(look.space_s)
        layout.addWidget(label)
        layout.addWidget(self.choice, 1)
        self.choice.activated.connect(self._on_activated)

    def state(self) -> ReaderState:
        """Return the state that is chosen."""
        return ReaderState(self.choice.currentData())

    def show_state(self, state: ReaderState) -> None:
        """Show a state as chosen."""
        self.choice.setCurrentIndex(self.choice.findData(state.value))

    def press(self, state: ReaderState) -> None:
        """Choose a state as a person does."""
        self.show_state(state)
        self.choice.activated.emit(self.choice.currentIndex())

    def _on_activated(self, _at: int) -> None:
        self.chosen.emit(self.state())
