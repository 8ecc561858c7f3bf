"""Which language spelling is checked in, and the names the pages have of their own."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidgetItem

from desktop.checks.spelling import LANGUAGES, OFF
from ui.settings.page import SettingsPage
from ui.settings.room import Room
from ui.shared.button import Button
from ui.shared.label import Kind, Label
from ui.shared.plain_list import PlainList
from ui.words import tr

_NAME: Final = Qt.ItemDataRole.UserRole


class SpellingPage(SettingsPage):
    """Keeps what is chosen at once; the editor marks by it from then on."""

    def __init__(self, room: Room) -> None:
        words = tr(
            "Words no dictionary knows are underlined as you write. Nothing you write leaves this computer for it."
        )
        super().__init__(tr("Spelling"), words)
        self._workspace = room.workspace
        self.language = QComboBox()
        self.language.setAccessibleName(tr("Language"))
        for code, name in ((OFF, tr("Do not check")), *LANGUAGES.items()):
            self.language.addItem(tr(name), code)
        self.language.setCurrentIndex(self.language.findData(room.workspace.spelling()))
        self.form().addRow(tr("&Language"), self.language)
        self.body.addWidget(Label(tr("Names your pages have of their own"), kind=Kind.SOFT))
        self.names = PlainList(tr("Names your pages have of their own"))
        self.body.addWidget(self.names, 1)
        self.remove = Button(tr("Remove name"))
        self.remove.setAutoDefault(False)
        self.body.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.language.currentIndexChanged.connect(self._on_language)
        self.names.currentRowChanged.connect(self._enable)
        self.remove.clicked.connect(self._on_remove)
        self._fill()

    def _fill(self) -> None:
        self.names.clear()
        for row in self._workspace.coverages():
            for name in sorted(self._workspace.names(row.id)):
                item = QListWidgetItem(tr("{name} — {page}").format(name=name, page=row.headline))
                item.setData(_NAME, (row.id, name))
                self.names.addItem(item)
        self._enable()

    def _enable(self) -> None:
        self.remove.setEnabled(self.names.currentRow() >= 0)

    def _on_language(self) -> None:
        self._workspace.save_spelling(self.language.currentData(), by=self)
        self.tell(tr("Spelling: {language}").format(language=self.language.currentText()))

    def _on_remove(self) -> None:
        coverage_id, name = self.names.currentItem().data(_NAME)
        self._workspace.save_names(coverage_id, self._workspace.names(coverage_id) - {name}, by=self)
        self._fill()
        self.tell(tr("{name} is marked again.").format(name=name))
