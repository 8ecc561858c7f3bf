"""The row of tools over the text: what a line is, how characters look, what can be put in."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.domain.blocks import Card
from desktop.domain.text import Span
from ui.editor.cards.registry import CARDS, NEW
from ui.editor.lines import Kind
from ui.editor.state import minutes
from ui.icons import icon
from ui.shared.fold import Fold
from ui.shared.label import ElidedLabel, Size, plain_tip
from ui.shared.label import Kind as Weight
from ui.theme import tokens
from ui.words import tr, tr_count

_KINDS: Final = (
    (Kind.HEADING, "heading", "Heading", "Make heading", "## "),
    (Kind.BULLET, "list", "Bulleted list", "Make list", "- "),
    (Kind.NUMBER, "list-ordered", "Numbered list", "Make numbered list", "1. "),
    (Kind.QUOTE, "quote", "Quote", "Make quote", "> "),
)


class Toolbar(QWidget):
    """`kind_chosen(Kind, name)`, `bold_chosen()`, `italic_chosen()`, `link_chosen()`, `block_chosen(block)`.

    The buttons do not take the focus by mouse, so that the selection they work on stays.
    """

    kind_chosen = Signal(object, str)
    bold_chosen = Signal()
    italic_chosen = Signal()
    link_chosen = Signal()
    block_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self.bold = _button("bold", tr("Bold"), "Ctrl+B")
        self.italic = _button("italic", tr("Italic"), "Ctrl+I")
        self.link = _button("link", tr("Link"), "Ctrl+K")
        self.bold.clicked.connect(self.bold_chosen)
        self.italic.clicked.connect(self.italic_chosen)
        self.link.clicked.connect(self.link_chosen)
        self.kinds = {
            kind: _button(drawing, name, tr("type “{typed}”").format(typed=typed))
            for kind, drawing, name, _, typed in _KINDS
        }
        self.menu = QMenu(self)
        for block in NEW:
            self._add(block)
        self.menu.triggered.connect(self._on_triggered)
        self.insert = QToolButton()
        self.insert.setText(tr("Insert"))
        self.insert.setIcon(icon("plus"))
        self.insert.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.insert.setAccessibleName(tr("Insert a picture, embed or note"))
        self.insert.setToolTip(tr("Put a picture, an embed or a note below the line with the caret"))
        self.insert.clicked.connect(self._on_insert)
        tools = QWidget()
        row = _row(tools)
        for tool in (self.bold, self.italic, self.link):
            row.addWidget(tool)
        row.addSpacing(look.space_m)
        for tool in self.kinds.values():
            tool.clicked.connect(self._on_kind)
            row.addWidget(tool)
        row.addStretch(1)
        self.length = ElidedLabel(kind=Weight.FAINT, size=Size.SMALL)
        self.length.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        more = QWidget()
        rest = _row(more)
        rest.addWidget(self.insert)
        rest.addStretch(1)
        rest.addWidget(self.length)
        self.fold = Fold(tools, more, spacing=look.space_m, stretched=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)

    def dress(self) -> None:
        """Take on the text size now in use."""
        for tool in (self.bold, self.italic, self.link, *self.kinds.values()):
            tool.setIconSize(QSize(tokens().icon, tokens().icon))
        self.fold.fold()

    def show_looks(self, kind: Kind | None, span: Span) -> None:
        """Show what the line with the caret is; None when the caret is in no text."""
        for each, tool in self.kinds.items():
            tool.setChecked(each is kind)
            tool.setEnabled(kind is not None and kind is not Kind.SOURCE)
        is_text = kind not in {None, Kind.SOURCE}
        for tool, is_on in ((self.bold, span.bold), (self.italic, span.italic), (self.link, bool(span.href))):
            tool.setChecked(is_on and is_text)
            tool.setEnabled(is_text)

    def show_length(self, words: int, characters: int, selected: tuple[int, int] = (0, 0)) -> None:
        """Show how long the text is and how long readers take, or how much of it is selected."""
        if selected[1]:
            said = tr("{part} of {words} · {characters} selected").format(
                part=f"{selected[0]:,}", words=_words(words), characters=_characters(selected[1])
            )
        else:
            said = tr("{words} · {characters} · {minutes} min").format(
                words=_words(words), characters=_characters(characters), minutes=minutes(words)
            )
        self.length.setText(said)
        self.length.setAccessibleName(said)

    def _add(self, block: Card) -> None:
        card = CARDS[type(block)]
        action = QAction(icon(card.ICON), tr(card.TITLE), self.menu)
        action.setData(block)
        action.setMenuRole(QAction.MenuRole.NoRole)
        self.menu.addAction(action)

    def _on_kind(self) -> None:
        sender = self.sender()
        for kind, _, _, name, _ in _KINDS:
            if self.kinds[kind] is sender:
                self.kind_chosen.emit(kind, name)

    def _on_insert(self) -> None:
        self.menu.popup(self.insert.mapToGlobal(QPoint(0, self.insert.height() + 2)))

    def _on_triggered(self, action: QAction) -> None:
        self.block_chosen.emit(action.data())


def _words(number: int) -> str:
    return tr_count("1 word", "{count} words", number).format(count=f"{number:,}")


def _characters(number: int) -> str:
    return tr_count("1 character", "{count} characters", number).format(count=f"{number:,}")


def _row(held: QWidget) -> QHBoxLayout:
    made = QHBoxLayout(held)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(2)
    return made


def _button(drawing: str, name: str, keys: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(drawing))
    made.setIconSize(QSize(tokens().icon, tokens().icon))
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(f"{name} ({keys})"))
    return made
