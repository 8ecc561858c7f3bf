"""The list that “/” opens in an empty line: what can be put there, found by typing on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.blocks import Block
from desktop.domain.text import plain
from ui.editor.cards.registry import CARDS, NEW
from ui.editor.lines import Kind
from ui.editor.prose_edit import ProseEdit
from ui.icons import icon
from ui.palette import ranked
from ui.shared.plain_list import PlainList
from ui.whisper import announce
from ui.words import tr

SLASH: Final = "/"
_ROWS: Final = 12
_WIDTH: Final = 260
_OFFER: Final = Qt.ItemDataRole.UserRole
_KEYS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_CHOOSING: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to put in: a kind the line becomes, or blocks that stand in its place; `step` names it for undo."""

    name: str
    drawing: str
    step: str
    kind: Kind | None = None
    blocks: tuple[Block, ...] = ()


def offers() -> tuple[Offer, ...]:
    """Return what can always be put in."""
    kinds = (
        Offer(tr("Heading"), "heading", tr("Make heading"), Kind.HEADING),
        Offer(tr("Bulleted list"), "list", tr("Make list"), Kind.BULLET),
        Offer(tr("Numbered list"), "list-ordered", tr("Make numbered list"), Kind.NUMBER),
        Offer(tr("Quote"), "quote", tr("Make quote"), Kind.QUOTE),
    )
    cards = tuple(
        Offer(tr(card.TITLE), card.ICON, tr(card.INSERT), blocks=(block,))
        for block in NEW
        for card in (CARDS[type(block)],)
    )
    return (*kinds, *cards)


class SlashList(QFrame):
    """Lies over the page while a line that begins with “/” is typed; the text keeps the focus.

    `chosen(Offer)` tells what is to stand in place of the line. Esc leaves what is typed as it is.
    """

    chosen = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._prose: ProseEdit | None = None
        self._line = 0
        self.more: Callable[[], Sequence[Offer]] = tuple
        self._offers: tuple[Offer, ...] = ()
        self.setProperty("kind", "popup")
        self.list = PlainList(tr("What to put in"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)
        self.hide()

    def open(self, prose: ProseEdit) -> None:
        """Open for the line with the caret."""
        self.close_list()
        self._prose, self._line = prose, prose.textCursor().blockNumber()
        self._offers = (*offers(), *self.more())
        prose.companion = self
        prose.caret_moved.connect(self.follow)
        prose.edited.connect(self.follow)
        prose.focus_changed.connect(self._on_focus)
        self.follow()

    def close_list(self) -> None:
        """Close, and leave the text as it is."""
        prose, self._prose = self._prose, None
        if prose is not None:
            prose.companion = None
            prose.caret_moved.disconnect(self.follow)
            prose.edited.disconnect(self.follow)
            prose.focus_changed.disconnect(self._on_focus)
        self.hide()

    def typed(self) -> str | None:
        """Return what is typed after the “/”, None when the caret has left it."""
        prose = self._prose
        if prose is None:
            return None
        cursor = prose.textCursor()
        lines = prose.lines()
        is_here = cursor.blockNumber() == self._line < len(lines) and not cursor.hasSelection()
        said = plain(lines[self._line].text) if is_here else ""
        return said[1:] if said.startswith(SLASH) and cursor.atBlockEnd() else None

    def follow(self) -> None:
        """Show what fits what is typed; close when nothing does."""
        typed = self.typed()
        found = ranked(typed, self._offers, _name) if typed is not None else ()
        if self._prose is None or not found:
            self.close_list()
            return
        self.list.clear()
        for offer in found:
            item = QListWidgetItem(icon(offer.drawing), offer.name)
            item.setData(_OFFER, offer)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._place(self._prose)

    def take_key(self, event: QKeyEvent) -> bool:
        """Take the keys that move in the list, choose from it or close it."""
        if event.modifiers() not in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
        elif by := _KEYS.get(Qt.Key(event.key())):
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())
            announce(self.list, self.list.currentItem().text())
        elif event.key() in _CHOOSING:
            self._choose(self.list.currentItem())
        else:
            return False
        return True

    def _place(self, prose: ProseEdit) -> None:
        row = max(self.list.sizeHintForRow(0), 1) + 2 * self.list.spacing()
        rows = min(self.list.count(), _ROWS)
        self.resize(QSize(max(_WIDTH, self.list.sizeHintForColumn(0) + 40), rows * row + 12))
        below = prose.mapTo(self._page, prose.cursorRect().bottomLeft()) + QPoint(-4, 4)
        if below.y() + self.height() > self._page.height():
            below.setY(prose.mapTo(self._page, prose.cursorRect().topLeft()).y() - self.height() - 4)
        room = self._page.width() - self.width()
        self.move(max(0, min(below.x(), room)), max(0, below.y()))
        if not self.isVisible():
            self.show()
            self.raise_()
            announce(self.list, self.list.currentItem().text())

    def _choose(self, item: QListWidgetItem) -> None:
        offer = item.data(_OFFER)
        self.close_list()
        self.chosen.emit(offer)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)

    def _on_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - a slot
        if not has_focus:
            self.close_list()


def _name(offer: Offer) -> str:
    return offer.name
