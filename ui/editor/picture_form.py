"""The fields of one picture: what it shows, where it comes from, what stands below it."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.blocks import Image
from desktop.domain.problem import Problem
from ui.editor.form import Form
from ui.editor.pictures import Pictures
from ui.icons import icon, pixmap
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens

ALT_HINT: Final = "Describe the picture for people who cannot see it"
PICTURE_FILES: Final = "Pictures (*.jpg *.jpeg *.png *.webp *.gif)"
_BOX: Final = QSize(232, 132)


class Thumbnail(QWidget):
    """A small picture, or the place where one is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._said = ""
        self.setFixedSize(_BOX)

    def show_image(self, image: QImage | None, said: str) -> None:
        """Show a picture; without one, say why there is none."""
        self._image, self._said = image, said
        size = _BOX
        if image is not None and not image.isNull():
            size = image.size().scaled(QSize(_BOX.width() * 2, _BOX.height()), Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture with soft corners, or a dashed frame with words."""
        del event
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._image is not None and not self._image.isNull():
            path = QPainterPath()
            path.addRoundedRect(box, 4, 4)
            painter.setClipPath(path)
            painter.drawImage(QRectF(self.rect()), self._image)
        else:
            painter.setPen(QPen(QColor(look.line_strong), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(look.surface))
            painter.drawRoundedRect(box, 4, 4)
            drawing = pixmap("image", look.line_strong, 24, self.devicePixelRatioF())
            painter.drawPixmap(int(box.center().x()) - 12, int(box.center().y()) - 24, drawing)
            painter.setPen(QColor(look.ink_faint))
            words = box.adjusted(8, box.height() / 2 + 4, -8, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._said)
        painter.end()


class PictureForm(Form):
    """One picture with its fields; `prefix` keeps keys apart where a card has several."""

    def __init__(self, pictures: Pictures, prefix: str = "", what: str = "picture") -> None:
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

    def _lay_out(self) -> None:
        look = tokens()
        self.thumbnail = Thumbnail()
        self.choose = QPushButton(icon("image-plus"), "")
        self.choose.setAutoDefault(False)
        self.trouble = Label(kind=Kind.DANGER, size=Size.SMALL, wraps=True)
        self.trouble.hide()
        self.facts = Label(kind=Kind.FAINT, size=Size.SMALL)
        beside = QVBoxLayout()
        beside.setSpacing(look.space_xs)
        beside.addStretch(1)
        beside.addWidget(self.trouble)
        beside.addWidget(self.facts)
        beside.addWidget(self.choose, alignment=Qt.AlignmentFlag.AlignLeft)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, look.space_xs)
        row.setSpacing(look.space_m)
        row.addWidget(self.thumbnail)
        row.addLayout(beside, 1)
        self.add_wide(top)
        self.alt = self.add_field(f"{self._prefix}alt", "Alt text", ALT_HINT)
        self.decorative = self.add_check("Decorative, screen readers pass over it")
        self.credit = self.add_field(f"{self._prefix}credit", "Image source", "Agency or photographer")
        self.caption = self.add_field(f"{self._prefix}caption", "Caption", "What readers see below it")
        self.choose.clicked.connect(self._on_choose)
        self.decorative.clicked.connect(self._on_decorative)
        self.alt.edited.connect(self._show_wanting)

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
        deed = f"{'Choose' if image.media is None else 'Replace'} {self._what}…"
        self.choose.setText(f" {deed}")
        self.choose.setAccessibleName(deed)
        self.facts.setText(f"{image.width} × {image.height} pixels" if image.width and image.media else "")
        self.facts.setVisible(bool(self.facts.text()))
        self._show_small()
        self._show_wanting()

    def take(self, source: Path | bytes) -> None:
        """Take a picture in to stand here; its fields stay."""
        self.trouble.hide()
        self._pictures.take(source, self)

    def _show_small(self) -> None:
        sha256 = self._image.media
        self.thumbnail.setAccessibleName(self._image.alt or "Picture")
        if sha256 is None:
            self.thumbnail.show_image(None, f"No {self._what} yet")
            return
        small = self._pictures.small(sha256)
        said = "Reading…" if small is None else "The file is missing"
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
        self.tell(f"{self._prefix}decorative", "Mark decorative" if self.decorative.isChecked() else "Not decorative")

    def _on_choose(self) -> None:
        self._dialog = QFileDialog(self, "Choose a picture", "", PICTURE_FILES)
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
        self.show_image(replace(self.image(), media=image.media, width=image.width, height=image.height))
        self.tell(f"{self._prefix}picture", f"{'Replace' if was_there else 'Add'} {self._what}")
        if not self.alt.plain():
            self.alt.setFocus()

    def _on_refused(self, ticket: object, problem: Problem) -> None:
        if ticket is self:
            self.trouble.setText(str(problem))
            self.trouble.show()

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
