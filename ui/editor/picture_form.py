"""The fields of one picture: what it shows, where it comes from, what stands below it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.blocks import Focus, Image
from desktop.domain.problem import Problem
from ui.editor.crop_sheet import CropSheet
from ui.editor.form import Form
from ui.editor.pictures import Pictures
from ui.editor.recent_credits import RecentCredits
from ui.editor.thumbnail import Thumbnail
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

ALT_HINT: Final = "Describe the picture for people who cannot see it"
PICTURE_FILES: Final = "Pictures (*.jpg *.jpeg *.png *.webp *.gif)"


@dataclass(frozen=True, slots=True)
class What:
    """What a form calls its picture in every deed, in English."""

    choose: str
    replace: str
    add: str
    none: str
    crop: str


PICTURE: Final = What("Choose picture…", "Replace picture…", "Add picture", "No picture yet", "Crop picture")
STILL: Final = What("Choose still…", "Replace still…", "Add still", "No still yet", "Crop still")


class PictureForm(Form):
    """One picture with its fields; `prefix` keeps keys apart where a card has several."""

    def __init__(self, pictures: Pictures, prefix: str = "", what: What = PICTURE) -> None:
        super().__init__()
        self._pictures = pictures
        self._prefix = prefix
        self._image = Image()
        self._what = what
        self._dialog: QFileDialog | None = None
        self._lay_out()
        self.setAcceptDrops(True)
        pictures.loaded.connect(self._on_loaded)
        pictures.taken.connect(self._on_taken)
        pictures.refused.connect(self._on_refused)
        pictures.opened.connect(self._on_opened)
        pictures.cropped.connect(self._on_cropped)

    def _lay_out(self) -> None:
        look = tokens()
        self.thumbnail = Thumbnail()
        self.choose = QPushButton(icon("image-plus"), "")
        self.choose.setAutoDefault(False)
        self.crop = Button(tr("Crop…"), icon("crop"), tip=tr("Choose which part is shown, and what stays in sight"))
        self.crop.setAutoDefault(False)
        self.trouble = Label(kind=Kind.DANGER, size=Size.SMALL, wraps=True)
        self.trouble.hide()
        self.facts = Label(kind=Kind.FAINT, size=Size.SMALL, wraps=True)
        beside = QVBoxLayout()
        beside.setSpacing(look.space_xs)
        beside.addStretch(1)
        beside.addWidget(self.trouble)
        beside.addWidget(self.facts)
        deeds = QHBoxLayout()
        deeds.setSpacing(look.space_s)
        deeds.addWidget(self.choose)
        deeds.addWidget(self.crop)
        deeds.addStretch(1)
        beside.addLayout(deeds)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, look.space_xs)
        row.setSpacing(look.space_m)
        row.addWidget(self.thumbnail)
        row.addLayout(beside, 1)
        self.add_wide(top)
        self.alt = self.add_field(f"{self._prefix}alt", tr("Alt text"), ALT_HINT)
        self.decorative = self.add_check(tr("Decorative, screen readers pass over it"))
        self.credit = self.add_field(f"{self._prefix}credit", tr("Image source"), tr("Agency or photographer"))
        self.recent = RecentCredits()
        self.recent.chosen.connect(self._on_recent)
        self.add_below(self.recent)
        self.caption = self.add_field(f"{self._prefix}caption", tr("Caption"), tr("What readers see below it"))
        self.choose.clicked.connect(self._on_choose)
        self.decorative.clicked.connect(self._on_decorative)
        self.alt.edited.connect(self._show_wanting)
        self.crop.clicked.connect(self._on_crop)
        self.credit.edited.connect(self._show_recent)
        self.credit.focus_changed.connect(self._on_credit_left)

    def image(self) -> Image:
        """Return the picture as the fields say."""
        return replace(
            self._image,
            alt=self.alt.plain(),
            decorative=self.decorative.isChecked(),
            credit=self.credit.plain(),
            caption=self.caption.plain(),
        )

    def show_image(self, image: Image) -> None:
        """Show a picture and its fields."""
        self._image = image
        self.alt.show_plain(image.alt)
        self.decorative.setChecked(image.decorative)
        self.credit.show_plain(image.credit)
        self.caption.show_plain(image.caption)
        deed = tr(self._what.choose if image.media is None else self._what.replace)
        self.choose.setText(f" {deed}")
        self.choose.setAccessibleName(deed)
        self.facts.setText(self._told())
        self.facts.setVisible(bool(self.facts.text()))
        self.crop.setVisible(image.media is not None)
        self._show_recent()
        self._show_small()
        self._show_wanting()

    def take(self, source: Path | bytes) -> None:
        """Take a picture in to stand here; its fields stay."""
        self.trouble.hide()
        self._pictures.take(source, self)

    def _show_small(self) -> None:
        sha256 = self._image.media
        self.thumbnail.setAccessibleName(self._image.alt or tr("Picture"))
        if sha256 is None:
            self.thumbnail.show_image(None, tr(self._what.none))
            return
        small = self._pictures.small(sha256)
        said = tr("Reading…") if small is None else tr("The file is missing")
        self.thumbnail.show_image(small, said)

    def _show_wanting(self) -> None:
        is_wanting = not self.decorative.isChecked() and not self.alt.plain().strip()
        self.frames[self.alt.key].set_wanting(is_wanting)
        self.frames[self.alt.key].setEnabled(not self.decorative.isChecked())

    def _on_loaded(self, sha256: str) -> None:
        if sha256 == self._image.media:
            self._show_small()

    def _on_decorative(self) -> None:
        self._show_wanting()
        self.tell(
            f"{self._prefix}decorative", tr("Mark decorative") if self.decorative.isChecked() else tr("Not decorative")
        )

    def _on_choose(self) -> None:
        self._dialog = QFileDialog(self, tr("Choose a picture"), "", PICTURE_FILES)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(self._on_chosen)
        self._dialog.open()

    def _on_chosen(self, path: str) -> None:
        self._dialog = None
        self.take(Path(path))

    def _on_taken(self, ticket: object, image: Image) -> None:
        if ticket is not self:
            return
        was_there = self._image.media is not None
        self.show_image(_with_words_of(image, self.image()))
        self.tell(f"{self._prefix}picture", tr(self._what.replace if was_there else self._what.add).removesuffix("…"))
        if not self.alt.plain():
            self.alt.setFocus()

    def _on_refused(self, ticket: object, problem: Problem) -> None:
        if ticket is self:
            self.trouble.setText(str(problem))
            self.trouble.show()

    def _told(self) -> str:
        """Say what is known of the picture's file."""
        image = self._image
        if image.media is None:
            return ""
        told = [tr("{width} × {height} pixels").format(width=image.width, height=image.height)] if image.width else []
        if image.crop is not None:
            told.append(tr("cropped; readers get this part alone"))
        original = image.crop.original if image.crop else image.media
        if removed := self._pictures.removed(original):
            told.append(tr("taken out: {what}").format(what=", ".join(_trace(trace) for trace in removed)))
        return " · ".join(told)

    # --- the crop -----------------------------------------------------------------------------------------------

    def _on_crop(self) -> None:
        image = self._image
        if image.media is not None:
            self.trouble.hide()
            self._pictures.open_large(image.crop.original if image.crop else image.media, self)

    def _on_opened(self, ticket: object, large: QImage) -> None:
        if ticket is not self or self._image.media is None:
            return
        image = self.image()
        width, height = self._pictures.size(image.crop.original if image.crop else self._image.media)
        if large.isNull() or not width or not height:
            self._on_refused(self, Problem(tr("The file of this picture is missing."), next_action=tr("Replace it.")))
            return
        sheet = CropSheet(image, large, (width, height), self.window())
        sheet.chosen.connect(self._on_part_chosen)
        sheet.open()

    def _on_part_chosen(self, part: tuple[float, float, float, float], focus: Focus) -> None:
        self._pictures.crop(self.image(), part, focus, self)

    def _on_cropped(self, ticket: object, image: Image) -> None:
        if ticket is self and self._image.media is not None:
            self.show_image(_with_words_of(image, self.image()))
            self.tell(f"{self._prefix}crop", tr(self._what.crop))
            self.crop.setFocus()

    # --- the source ---------------------------------------------------------------------------------------------

    def _show_recent(self) -> None:
        self.recent.offer(() if self.credit.plain().strip() else self._pictures.credits())

    def _on_recent(self, credit: str) -> None:
        self.credit.show_plain(credit)
        self._show_recent()
        self.tell(f"{self._prefix}credit", tr("Name the source"))
        self._pictures.remember_credit(credit)
        self.credit.setFocus()

    def _on_credit_left(self, has_focus: bool) -> None:  # noqa: FBT001 - a slot
        if not has_focus:
            self._pictures.remember_credit(self.credit.plain())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a dropped file in place of the picture."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(Path(paths[0]))


def _trace(trace: str) -> str:
    return {"place": tr("where it was taken"), "camera": tr("camera data"), "comment": tr("comments")}[trace]


def _with_words_of(image: Image, other: Image) -> Image:
    """Return a picture with the words of the one it stands in for."""
    return replace(image, alt=other.alt, decorative=other.decorative, credit=other.credit, caption=other.caption)
