"""The card of a film of our own: its file or address, its words, its captions and its still."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import Image, Video
from desktop.domain.problem import Problem
from ui.editor.cards.card import Card, Surroundings
from ui.editor.form import Form
from ui.editor.picture_form import STILL, PictureForm
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.intake import TakenFilm

FILM_FILES: Final = "Films (*.mp4 *.m4v *.webm)"
CAPTION_FILES: Final = "Captions (*.vtt)"
_CAPTIONS: Final = ".vtt"


class VideoCard(Card):
    """A film of our own. Files dropped on it are taken for what they are: a film, or its captions."""

    TITLE = "Video"
    INSERT = "Insert video"
    ICON = "video"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._block = Video()
        self._is_blanked = False
        self._dialog: QFileDialog | None = None
        self._form = Form()
        self._form.add_wide(self._files())
        self.address = self._form.add_field(
            "address", tr("Address"), tr("Only where the publisher hosts the film instead, https://…")
        )
        self.credit = self._form.add_field("credit", tr("Video source"), tr("Agency or filmer"))
        self.caption = self._form.add_field("caption", tr("Caption"), tr("What readers see below it"))
        self.still = PictureForm(around.pictures, "still.", STILL)
        self.add_form(self._form)
        self.add_form(self.still)
        self.setAcceptDrops(True)
        around.pictures.film_taken.connect(self._on_film)
        around.pictures.captions_taken.connect(self._on_captions)
        around.pictures.refused.connect(self._on_refused)

    def _files(self) -> QWidget:
        look = tokens()
        self.told = Label(kind=Kind.FAINT, size=Size.SMALL, wraps=True)
        self.trouble = Label(kind=Kind.DANGER, size=Size.SMALL, wraps=True)
        self.trouble.hide()
        self.choose = Button("", icon("video"))
        self.choose_captions = Button("", icon("file-text"))
        self.drop_captions = Button(tr("Remove captions"), icon("x"), kind="quiet")
        row = QHBoxLayout()
        row.setSpacing(look.space_s)
        for button in (self.choose, self.choose_captions, self.drop_captions):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.choose.clicked.connect(self._on_choose)
        self.choose_captions.clicked.connect(self._on_choose_captions)
        self.drop_captions.clicked.connect(self._on_drop_captions)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, look.space_xs)
        column.setSpacing(look.space_xs)
        for part in (self.trouble, self.told):
            column.addWidget(part)
        column.addLayout(row)
        return whole

    def forms(self) -> tuple[Form, ...]:
        """Return the film's form and that of its still."""
        return (self._form, self.still)

    def block(self) -> Video:
        """Return the film."""
        still = self.still.image()
        return replace(
            self._block,
            address=self.address.plain() or None,
            credit=self.credit.plain(),
            caption=self.caption.plain(),
            poster=None if still == Image() and self._block.poster is None else still,
        )

    def show_block(self, block: CardBlock) -> None:
        """Show a film."""
        if not isinstance(block, Video):
            return
        if block.media != self._block.media:
            self._is_blanked = False
        self._block = block
        self.address.show_plain(block.address or "")
        self.credit.show_plain(block.credit)
        self.caption.show_plain(block.caption)
        self.still.show_image(block.poster or Image())
        self._show_files()

    def start(self) -> None:
        """Begin with the file, then the words."""
        if self._block.media is None and not self._block.address:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.credit.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, path: Path) -> None:
        """Take a file in: captions by its ending, else a film."""
        self.trouble.hide()
        if path.suffix.lower() == _CAPTIONS:
            self.around.pictures.take_captions(path, self)
        else:
            self.told.setText(tr("Reading {name}…").format(name=path.name))
            self.around.pictures.take_film(path, self)

    def _show_files(self) -> None:
        block = self._block
        self.choose.say(tr("Choose film…") if block.media is None else tr("Replace film…"))
        self.choose_captions.say(tr("Add captions…") if block.captions is None else tr("Replace captions…"))
        self.drop_captions.setVisible(block.captions is not None)
        self.told.setText(self._said())

    def _said(self) -> str:
        block = self._block
        if block.media is None:
            return "" if block.address else tr("An MP4 or WebM file of at most 100 MB plays in every browser.")
        said = [tr("{width} × {height} pixels").format(width=block.width, height=block.height)] if block.width else []
        said.append(tr("with captions") if block.captions else tr("without captions"))
        if self._is_blanked:
            said.append(tr("taken out: what the file told of place, time and camera"))
        return " · ".join(said) + ". " + tr("What is seen and heard in the film stays: watch for places and names.")

    def _on_choose(self) -> None:
        self._ask(tr("Choose a film"), FILM_FILES)

    def _on_choose_captions(self) -> None:
        self._ask(tr("Choose captions"), CAPTION_FILES)

    def _ask(self, title: str, kinds: str) -> None:
        self._dialog = QFileDialog(self, title, "", kinds)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(self._on_chosen)
        self._dialog.open()

    def _on_chosen(self, name: str) -> None:
        self._dialog = None
        self.take(Path(name))

    def _on_film(self, ticket: object, taken: "TakenFilm") -> None:
        if ticket is self:
            film, before = taken.video, self.block()
            name = tr("Add film") if before.media is None else tr("Replace film")
            self._block = replace(before, media=film.media, width=film.width, height=film.height)
            self._is_blanked = taken.is_blanked
            self._show_files()
            self.edited.emit("media", name)
            self.credit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_captions(self, ticket: object, sha256: str) -> None:
        if ticket is self:
            self._block = replace(self.block(), captions=sha256)
            self._show_files()
            self.edited.emit("captions", tr("Add captions"))

    def _on_drop_captions(self) -> None:
        self._block = replace(self.block(), captions=None)
        self._show_files()
        self.edited.emit("captions", tr("Remove captions"))
        self.choose_captions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, ticket: object, problem: Problem) -> None:
        if ticket is self:
            self._show_files()
            self.trouble.setText(str(problem))
            self.trouble.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a dropped film or captions."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        for path in paths[:2]:
            event.acceptProposedAction()
            self.take(Path(path))
