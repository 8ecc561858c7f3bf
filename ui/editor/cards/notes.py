"""Cards that are a few words: a content warning, a verification note, a note from desk to desk."""

from dataclasses import replace
from typing import ClassVar

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import ContentWarning, InternalNote, VerificationNote
from ui.editor.cards.card import Card, Surroundings
from ui.editor.form import Form


class NoteCard(Card):
    """A card with one text."""

    LABEL: ClassVar[str] = "Text"
    HINT: ClassVar[str] = ""
    DETAIL: ClassVar[str] = ""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._form = Form()
        self.text = self._form.add_field("text", self.LABEL, self.HINT, is_long=True)
        self.add_form(self._form)
        self.set_detail(self.DETAIL)

    def forms(self) -> tuple[Form, ...]:
        """Return the one form."""
        return (self._form,)


class ContentWarningCard(NoteCard):
    """Tells readers that what follows may distress them."""

    TITLE = "Content warning"
    INSERT = "Insert content warning"
    ICON = "triangle-alert"
    LABEL = "Warning"
    HINT = "What follows, in a few plain words"
    DETAIL = "Readers see it before what follows"

    def block(self) -> ContentWarning:
        """Return the warning."""
        return ContentWarning(self.text.plain())

    def show_block(self, block: CardBlock) -> None:
        """Show a warning."""
        if isinstance(block, ContentWarning):
            self.text.show_plain(block.text)


class VerificationCard(NoteCard):
    """Tells readers what has, or has not, been verified."""

    TITLE = "Verification note"
    INSERT = "Insert verification note"
    ICON = "badge-check"
    LABEL = "What we know"
    HINT = "What was checked, how, and what was not"
    DETAIL = "Readers see it"

    def block(self) -> VerificationNote:
        """Return the note."""
        return VerificationNote(self.text.plain())

    def show_block(self, block: CardBlock) -> None:
        """Show a note."""
        if isinstance(block, VerificationNote):
            self.text.show_plain(block.text)


class InternalNoteCard(NoteCard):
    """A note from desk to desk."""

    TITLE = "Internal note"
    INSERT = "Insert internal note"
    ICON = "lock"
    IS_NOTE = True
    LABEL = "Note"
    HINT = "For the desk alone"
    DETAIL = "Never leaves the console"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._block = InternalNote("")

    def block(self) -> InternalNote:
        """Return the note with its author."""
        return replace(self._block, text=self.text.plain())

    def show_block(self, block: CardBlock) -> None:
        """Show a note and who left it."""
        if isinstance(block, InternalNote):
            self._block = block
            self.text.show_plain(block.text)
            self.set_detail(f"{self.DETAIL} · {block.author}" if block.author else self.DETAIL)
