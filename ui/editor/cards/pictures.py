"""The card of one picture."""

from PySide6.QtCore import Qt

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import Image
from ui.editor.cards.card import Card, Surroundings
from ui.editor.form import Form
from ui.editor.picture_form import PictureForm


class ImageCard(Card):
    """A picture."""

    TITLE = "Picture"
    INSERT = "Insert picture"
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
