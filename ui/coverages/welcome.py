"""The first run: three cards, each one press away from a page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.actions import Actions
from ui.shared.label import Kind, Label, Size
from ui.shared.picture import Picture
from ui.theme import tokens
from ui.words import tr

_CARDS = (
    (
        "try_sample",
        "sparkles",
        "Try the sample page",
        "A complete invented page in rehearsal: every kind of block, embeds behind consent. Nothing reaches readers.",
        "Open the sample",
    ),
    (
        "new_coverage",
        "newspaper",
        "Start a page",
        "A headline and a time zone are enough. Everything you type is kept on this computer as you type it.",
        "Start a page",
    ),
    (
        "import_file",
        "upload",
        "Bring in a page",
        "A page as plain text, or a page exported from this console. What cannot be placed is named, not dropped.",
        "Choose a file",
    ),
    (
        "settings",
        "server",
        "Connect to a server",
        "Tell the console where readers are. The connection is tested, and nothing is published by it.",
        "Open settings",
    ),
)


class Welcome(QWidget):
    """Shown while this computer holds no page."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self.setAccessibleName(tr("Welcome"))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_xl, look.space_xl, look.space_xl)
        column.setSpacing(look.space_m)
        column.addStretch(1)
        title = Label(tr("Welcome to the desk"), size=Size.TITLE, bold=True)
        hint = Label(
            tr("You are in rehearsal until you say otherwise. Choose how to begin."), kind=Kind.SOFT, wraps=True
        )
        for each in (title, hint):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(each)
        column.addSpacing(look.space_m)
        self.cards = tuple(
            Card(actions[action_id], picture, name, words, deed, is_first=action_id == "try_sample")
            for action_id, picture, name, words, deed in _CARDS
        )
        for pair in (self.cards[:2], self.cards[2:]):
            row = QHBoxLayout()
            row.setSpacing(look.space_m)
            row.addStretch(1)
            for card in pair:
                row.addWidget(card, 4)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(2)


class Card(QFrame):
    """What one way to begin is, and the button that takes it."""

    def __init__(self, action: QAction, picture: str, name: str, words: str, deed: str, *, is_first: bool) -> None:
        super().__init__()
        look = tokens()
        self.setProperty("kind", "card")
        self.setMaximumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_l, look.space_l, look.space_l, look.space_l)
        column.setSpacing(look.space_s)
        line = QHBoxLayout()
        line.addWidget(Picture(picture, "accent", 1.25))
        line.addWidget(Label(name, size=Size.LARGE, bold=True), 1)
        column.addLayout(line)
        column.addWidget(Label(words, kind=Kind.SOFT, wraps=True))
        column.addStretch(1)
        self.button = QPushButton(deed)
        self.button.setProperty("kind", "primary" if is_first else "")
        self.button.setAccessibleDescription(words)
        self.button.setEnabled(action.isEnabled())
        self.button.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.button.setEnabled)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeading)
