"""What the window is furnished with, imported together once its first frame is painted."""

from ui import menus
from ui.actions import Actions
from ui.air import AirBar
from ui.desk import Desk
from ui.floor import CHECKS, CONSENT, HISTORY, PREVIEW, Floor
from ui.late import LatePane
from ui.palette import PaletteField
from ui.round import go_round
from ui.shared.empty import EmptyState
from ui.shared.label import Label
from ui.status_bar import StatusBar
from ui.timeline.pane import TimelinePane

__all__ = [
    "CHECKS",
    "CONSENT",
    "HISTORY",
    "PREVIEW",
    "Actions",
    "AirBar",
    "Desk",
    "EmptyState",
    "Floor",
    "Label",
    "LatePane",
    "PaletteField",
    "StatusBar",
    "TimelinePane",
    "go_round",
    "menus",
]
