"""Words where a page would be: nothing chosen yet, loading, failed."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons
from ui.shared.label import Label
from ui.theme import tokens

_ICON: Final = 32


class Notice(QWidget):
    """An icon, a sentence or two, and at most one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._then: Callable[[], object] | None = None
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = Label(wraps=True, parent=self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.space_xl, look.space_xl, look.space_xl, look.space_xl)
        layout.setSpacing(look.space_m)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, icon: str, words: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Show an icon and words, and a button that does `then` when it has a text."""
        self._then = then
        self._icon.setPixmap(icons.pixmap(icon, tokens().ink_faint, _ICON, self.devicePixelRatioF()))
        self._words.setText(words)
        self._button.setText(action)
        self._button.setVisible(bool(action))

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def press(self) -> None:
        """Press the button, when there is one."""
        self._button.click()

    def _on_clicked(self) -> None:
        if self._then is not None:
            self._then()
