"""Another text size or set of colours reaches everything in the editor at once."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from ui.shared.label import Label


@runtime_checkable
class Dressed(Protocol):
    """A widget that keeps sizes or colours of its own."""

    def dress(self) -> None:
        """Take on the colours and text sizes now in use."""


def dress(root: QWidget) -> None:
    """Dress every widget below one."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, Label):
            widget.size_text()
        elif isinstance(widget, Dressed):
            widget.dress()
