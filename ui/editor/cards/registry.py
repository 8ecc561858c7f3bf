"""Which card shows which kind of block."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.domain.blocks import Card as CardBlock
from desktop.domain.blocks import ContentWarning, Embed, Gallery, Image, InternalNote, VerificationNote, Video
from ui.editor.cards.card import Card, Surroundings
from ui.editor.cards.embed import EmbedCard
from ui.editor.cards.gallery import GalleryCard
from ui.editor.cards.notes import ContentWarningCard, InternalNoteCard, VerificationCard
from ui.editor.cards.pictures import ImageCard
from ui.editor.cards.video import VideoCard

CARDS: Final[Mapping[type, type[Card]]] = MappingProxyType(
    {
        Image: ImageCard,
        Gallery: GalleryCard,
        Video: VideoCard,
        Embed: EmbedCard,
        ContentWarning: ContentWarningCard,
        VerificationNote: VerificationCard,
        InternalNote: InternalNoteCard,
    }
)

NEW: Final[tuple[CardBlock, ...]] = (
    Image(),
    Gallery(()),
    Video(),
    Embed(),
    ContentWarning(""),
    VerificationNote(""),
    InternalNote(""),
)


def card_for(block: CardBlock, around: Surroundings) -> Card:
    """Make the card of a block and show the block in it."""
    made = CARDS[type(block)](around)
    made.show_block(block)
    return made
