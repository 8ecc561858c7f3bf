"""Buttons: a word beside an icon, with room between them, and never a mnemonic by accident."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton

# Fusion sets text so close to an icon that the two read as one drawing.
_ROOM = " "


class Button(QPushButton):
    """A button that says characters as they are. `kind` is its weight in the style sheet."""

    def __init__(self, words: str, picture: QIcon | None = None, *, kind: str = "", tip: str = "") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setToolTip(tip)
        if picture is not None:
            self.setIcon(picture)
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words; screen readers hear them without the room before them."""
        escaped = words.replace("&", "&&")
        self.setText(escaped if self.icon().isNull() else f"{_ROOM}{escaped}")
        self.setAccessibleName(words)

    def set_kind(self, kind: str) -> None:
        """Show the button in another weight."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
