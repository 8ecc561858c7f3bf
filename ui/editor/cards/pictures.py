"""Cards of pictures: one, several, and a video with its still."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import Gallery, Image, Video
from ui.editor.cards.card import Card, Surroundings
from ui.editor.form import Form
from ui.editor.picture_form import PictureForm
from ui.icons import icon
from ui.shared.label import Kind, Label
from ui.theme import tokens


class ImageCard(Card):
    """A picture."""

    TITLE = "Picture"
    ICON = "image"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.form = PictureForm(around.pictures)
        self.add_form(self.form)

    def forms(self) -> tuple[Form, ...]:
        """Return the one form."""
        return (self.form,)

    def block(self) -> Image:
        """Return the picture."""
        return self.form.image()

    def show_block(self, block: CardBlock) -> None:
        """Show a picture."""
        if isinstance(block, Image):
            self.form.show_image(block)

    def start(self) -> None:
        """Begin with the file, then its words."""
        if self.form.image().media is None:
            self.form.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().start()


class GalleryCard(Card):
    """Pictures shown together."""

    TITLE = "Gallery"
    ICON = "images"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._forms: list[PictureForm] = []
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens().space_l)
        self._column.addLayout(self._list)
        self.add = QPushButton(icon("plus"), "Add a picture")
        self.add.setAutoDefault(False)
        self.add.setAccessibleName("Add a picture to the gallery")
        self.add.clicked.connect(self._on_add)
        self.take_last = QPushButton(icon("x"), "Remove the last picture")
        self.take_last.setProperty("kind", "quiet")
        self.take_last.setAutoDefault(False)
        self.take_last.setAccessibleName("Remove the last picture of the gallery")
        self.take_last.clicked.connect(self._on_take_last)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.take_last)
        row.addStretch(1)
        self._column.addLayout(row)
        self._count()

    def forms(self) -> tuple[Form, ...]:
        """Return a form for each picture."""
        return tuple(self._forms)

    def block(self) -> Gallery:
        """Return the gallery."""
        return Gallery(tuple(form.image() for form in self._forms))

    def show_block(self, block: CardBlock) -> None:
        """Show a gallery."""
        if not isinstance(block, Gallery):
            return
        while len(self._forms) > len(block.images):
            self._forms.pop().hide()
            row = self._rows.pop()
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self._forms) < len(block.images):
            self._add_row()
        for form, image in zip(self._forms, block.images, strict=True):
            form.show_image(image)
        self._count()

    def start(self) -> None:
        """Begin by adding a picture."""
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self) -> None:
        form = PictureForm(self.around.pictures, f"{len(self._forms)}.")
        self.add_form(form)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(f"Picture {len(self._forms) + 1}", kind=Kind.SOFT, bold=True))
        column.addWidget(form)
        self._list.addWidget(row)
        self._forms.append(form)
        self._rows.append(row)

    def _count(self) -> None:
        count = len(self._forms)
        self.set_detail(f"{count} picture{'' if count == 1 else 's'}")
        self.take_last.setVisible(bool(count))

    def _on_add(self) -> None:
        self.show_block(Gallery((*self.block().images, Image())))
        self.edited.emit("add", "Add picture to gallery")
        self._forms[-1].choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take_last(self) -> None:
        self.show_block(Gallery(self.block().images[:-1]))
        self.edited.emit("take_last", "Remove picture from gallery")


class VideoCard(Card):
    """A video of our own."""

    TITLE = "Video"
    ICON = "video"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._block = Video()
        self._form = Form()
        self.address = self._form.add_field("address", "Address", "Where the publisher hosts the video, https://…")
        self.credit = self._form.add_field("credit", "Video source", "Agency or filmer")
        self.caption = self._form.add_field("caption", "Caption", "What readers see below it")
        self.still = PictureForm(around.pictures, "still.", "still")
        self.add_form(self._form)
        self.add_form(self.still)

    def forms(self) -> tuple[Form, ...]:
        """Return the video's form and that of its still."""
        return (self._form, self.still)

    def block(self) -> Video:
        """Return the video."""
        still = self.still.image()
        return replace(
            self._block,
            address=self.address.plain() or None,
            credit=self.credit.plain(),
            caption=self.caption.plain(),
            poster=None if still == Image() and self._block.poster is None else still,
        )

    def show_block(self, block: CardBlock) -> None:
        """Show a video."""
        if isinstance(block, Video):
            self._block = block
            self.address.show_plain(block.address or "")
            self.credit.show_plain(block.credit)
            self.caption.show_plain(block.caption)
            self.still.show_image(block.poster or Image())
            self.set_detail("A file of our own" if block.media else "")
