"""The sheet of snippets: put one in, keep what is selected, rename, delete."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.blocks import words
from desktop.domain.problem import Problem
from ui.editor.manuscript import Manuscript
from ui.shared.button import Button
from ui.shared.empty import EmptyState
from ui.shared.label import Kind, Label, Size, plain_tip
from ui.shared.plain_list import PlainList
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.snippets import Snippet
    from desktop.workspace import Workspace

INSERT_SNIPPET: Final = "Insert snippet"
_SNIPPET: Final = Qt.ItemDataRole.UserRole
_TIP: Final = 300


class SnippetSheet(QDialog):
    """Lies over the window and stops nothing behind it. What is selected when it opens is what can be kept."""

    def __init__(self, workspace: "Workspace", manuscript: Manuscript, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._manuscript = manuscript
        self._selected = manuscript.selected_blocks()
        self._caret = manuscript.caret()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Snippets"))
        self.list = PlainList(tr("Snippets"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.none = EmptyState("text-cursor", tr("Nothing kept yet. Select words in the entry, and keep them here."))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name for what is selected"))
        self.name.setAccessibleName(tr("Name for what is selected"))
        self.keep = Button(tr("Keep selection"))
        self.insert = Button(tr("Insert"), kind="primary")
        self.rename = Button(tr("Rename"))
        self.delete = Button(tr("Delete"))
        self.away = Button(tr("Close"))
        self.trouble = Label(kind=Kind.DANGER, wraps=True)
        self.trouble.hide()
        self._lay_out()
        self.list.itemActivated.connect(self._on_insert)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.currentItemChanged.connect(self._enable)
        self.name.textChanged.connect(self._enable)
        self.name.returnPressed.connect(self._on_keep)
        for button, deed in (
            (self.keep, self._on_keep),
            (self.insert, self._on_insert),
            (self.rename, self._on_rename),
            (self.delete, self._on_delete),
            (self.away, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
        self._fill()

    def _lay_out(self) -> None:
        look = tokens()
        self.setMinimumSize(460, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label(tr("Snippets"), size=Size.TITLE, bold=True))
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        kept = QHBoxLayout()
        kept.addWidget(self.name, 1)
        kept.addWidget(self.keep)
        column.addLayout(kept)
        column.addWidget(self.trouble)
        deeds = QHBoxLayout()
        for button in (self.rename, self.delete):
            deeds.addWidget(button)
        deeds.addStretch(1)
        for button in (self.away, self.insert):
            deeds.addWidget(button)
        column.addLayout(deeds)

    def _fill(self, chosen: str = "") -> None:
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own way to say it
        self.list.clear()
        for snippet in self._workspace.snippets():
            item = QListWidgetItem(snippet.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(_SNIPPET, snippet)
            item.setToolTip(plain_tip("\n".join(map(words, snippet.blocks))[:_TIP]))
            self.list.addItem(item)
            if snippet.name == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own way to say it
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(self.list.count()))
        self.none.setVisible(not self.list.count())
        self._enable()

    def _enable(self) -> None:
        for button in (self.insert, self.rename, self.delete):
            button.setEnabled(self.list.currentRow() >= 0)
        self.name.setEnabled(bool(self._selected))
        self.keep.setEnabled(bool(self._selected and self.name.text().strip()))

    def _current(self) -> "Snippet | None":
        found: Snippet | None = self.list.currentItem().data(_SNIPPET) if self.list.currentRow() >= 0 else None
        return found

    def _save(self, change: Callable[[tuple["Snippet", ...]], tuple["Snippet", ...]], chosen: str = "") -> None:
        try:
            self._workspace.save_snippets(change(self._workspace.snippets()))
        except Problem as problem:
            self.trouble.setText(str(problem))
            self.trouble.show()
        else:
            self.trouble.hide()
        self._fill(chosen)

    def _on_keep(self) -> None:
        from desktop.snippets import Snippet  # noqa: PLC0415 - the store's libraries come after the first paint

        if self.keep.isEnabled():
            made = Snippet(self.name.text(), self._selected)
            self._save(lambda kept: (*kept, made), made.name.strip())
            if self.trouble.isHidden():
                self.name.clear()

    def _on_insert(self) -> None:
        snippet = self._current()
        if snippet is not None:
            self.accept()
            self._manuscript.paste_blocks(snippet.blocks, self._caret, INSERT_SNIPPET)

    def _on_rename(self) -> None:
        self.list.editItem(self.list.currentItem())

    def _on_renamed(self, item: QListWidgetItem) -> None:
        held = item.data(_SNIPPET)
        name = item.text()
        if name != held.name:
            self._save(lambda kept: tuple(replace(each, name=name) if each == held else each for each in kept), name)

    def _on_delete(self) -> None:
        held = self._current()
        if held is not None:
            self._save(lambda kept: tuple(each for each in kept if each != held))
