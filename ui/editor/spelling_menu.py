"""What the menu of a misspelt word offers: other spellings once they are found, the page's names, to let it be."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.editor.spelling import Mark, Spelling
from ui.words import tr

if TYPE_CHECKING:  # a surface opens this menu
    from ui.editor.text_edit import TextEdit


class SpellingMenu(QObject):
    """Puts on top of a menu, which owns it, what can be done with a misspelt word."""

    def __init__(self, menu: QMenu, edit: "TextEdit", spelling: Spelling, mark: Mark) -> None:
        super().__init__(menu)
        self._menu = menu
        self._edit = edit
        self._spelling = spelling
        self._mark = mark
        self._word = edit.said(*mark)
        self._first = menu.actions()[0] if menu.actions() else menu.addSeparator()
        self._looking = self._put(tr("Looking for other spellings…"))
        self._looking.setEnabled(False)
        self._keep = self._put(tr("Add “{word}” to this page’s names").format(word=self._word))
        self._keep.triggered.connect(self._on_keep)
        self._put(tr("Ignore “{word}”").format(word=self._word)).triggered.connect(self._on_ignore)
        menu.insertSeparator(self._first)
        spelling.suggested.connect(self._on_suggested)
        spelling.suggest(self._word)

    def _put(self, text: str) -> QAction:
        # An ampersand would be read as a mnemonic.
        made = QAction(text.replace("&", "&&"), self)
        made.setMenuRole(QAction.MenuRole.NoRole)
        self._menu.insertAction(self._first, made)
        return made

    def _on_suggested(self, word: str, found: tuple[str, ...]) -> None:
        if word != self._word or not self._looking.isVisible():
            return
        self._first = self._keep
        for each in found:
            made = self._put(each)
            made.setData(each)
            font = made.font()
            font.setBold(True)
            made.setFont(font)
            made.triggered.connect(self._on_chosen)
        self._looking.setVisible(not found)
        self._looking.setText(tr("No other spelling found"))

    def _on_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction) and self._edit.said(*self._mark) == self._word:
            self._edit.put_right(*self._mark, str(sender.data()))

    def _on_keep(self) -> None:
        self._spelling.add(self._word)

    def _on_ignore(self) -> None:
        self._spelling.ignore(self._word)
