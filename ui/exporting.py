"""Exporting a page: in which form, and where to."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QRadioButton, QWidget

from desktop.exchange.files import ExportKind
from ui.shared.label import Kind, Label
from ui.shared.sheet import Sheet
from ui.theme import tokens
from ui.words import tr

FORMS: Final = (
    (ExportKind.HTML, "The page as readers see it", "A folder any web server can serve, and any browser can open."),
    (
        ExportKind.ARCHIVE,
        "Everything, in one file",
        "Entries, pictures, kept versions and the bin: to be brought in again.",
    ),
    (ExportKind.JSON, "Everything, as a folder", "coverage.json with its media beside it, for other programs."),
    (ExportKind.TEXT, "Plain text", "What stands on the page, line by line."),
    (ExportKind.DIGEST, "A mail", "The summary and the newest entries, as HTML and as text."),
    (ExportKind.ATOM, "A feed", "Atom, for readers that follow feeds."),
    (ExportKind.JSONLD, "Data for search engines", "The live blog in the words of schema.org."),
)


class ExportSheet(Sheet):
    """Asks for a form, then for a folder. `chosen(form, folder)` is told once both are known."""

    chosen = Signal(object, str)

    def __init__(self, headline: str, parent: QWidget | None) -> None:
        super().__init__(tr("Export “{headline}”").format(headline=headline[:60]), tr("Choose a folder…"), parent)
        look = tokens()
        self._folder = QFileDialog(self, tr("Export into a folder"))
        self._folder.setFileMode(QFileDialog.FileMode.Directory)
        self._folder.fileSelected.connect(self._on_folder)
        self.forms = QButtonGroup(self)
        self.body.setSpacing(look.space_xs)
        for number, (_, name, purpose) in enumerate(FORMS):
            form = QRadioButton(tr(name))
            form.setAccessibleDescription(tr(purpose))
            self.forms.addButton(form, number)
            explained = Label(tr(purpose), kind=Kind.SOFT, wraps=True)
            explained.setContentsMargins(look.space_xl, 0, 0, look.space_s)
            self.body.addWidget(form)
            self.body.addWidget(explained)
        self.forms.button(0).setChecked(True)
        self.confirmed.connect(self._folder.open)

    def _on_folder(self, folder: str) -> None:
        self.chosen.emit(FORMS[self.forms.checkedId()][0], folder)
        self.accept()
