"""The menu of a row: what can be done to the entry, from the one table of actions."""

from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import Actions

_GROUPS: Final = (
    ("mark_ready", "return_to_draft"),
    ("toggle_key_moment", "toggle_pin", "retime_entry", "duplicate_entry"),
    ("point_from_entry", "bind_point"),
    ("withdraw", "bin_entry"),
)


class RowMenu(QMenu):
    """Filled when it is first asked for: the first paint needs no menu."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setToolTipsVisible(True)

    def fill(self) -> None:
        """Offer every action once."""
        if not self.isEmpty():
            return
        for group in _GROUPS:
            for action_id in group:
                self.addAction(self._actions[action_id])
            self.addSeparator()

    def open_at(self, place: QPoint) -> None:
        """Show the menu at a place of the screen."""
        self.fill()
        self.popup(place)
