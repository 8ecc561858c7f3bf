"""Empty states: what would be here, and what to press."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.shared.picture import Picture
from ui.theme import tokens


class EmptyState(QWidget):
    """An icon, a sentence, a hint, and a button for each action that would fill the place."""

    def __init__(self, icon: str, sentence: str, hint: str = "", actions: tuple[QAction, ...] = ()) -> None:
        super().__init__()
        look = tokens()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_l, look.space_xl, look.space_l, look.space_xl)
        column.setSpacing(look.space_s)
        column.addStretch(1)
        column.addWidget(Picture(icon, "line_strong", 2.0), alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence = Label(sentence, size=Size.LARGE, bold=True, wraps=True)
        self.hint = Label(hint, kind=Kind.SOFT, wraps=True)
        for each in (self.sentence, self.hint):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(each)
        self.hint.setVisible(bool(hint))
        self.buttons = tuple(_button(action) for action in actions)
        for button in self.buttons:
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)


def _button(action: QAction) -> Button:
    made = Button(action.text().replace("&", ""), action.icon(), tip=action.toolTip())
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made
