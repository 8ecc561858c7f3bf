"""What an entry is made of, block by block."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.text import Text, plain

GENERIC_PROVIDER: Final = "generic"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an entry, below the entry's own headline."""

    text: Text


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted list, or a numbered one when `ordered`."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and who said them ("" when the text around it says so)."""

    text: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a picture that must stay visible when it is cropped; both from 0.0 to 1.0, left and top first."""

    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Crop:
    """What of an original a picture shows: the SHA-256 of the original, and the part in fractions of its sides.

    It stays on the desk: readers get the part alone, as a file of its own, and nothing of what was cut away.
    """

    original: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `media` is the SHA-256 of its bytes in hex, None until somebody adds the file.

    `alt` is read out in place of the picture, "" only when `decorative`. `credit` is the agency. `width` and
    `height` are in pixels, 0 when not known. `crop` says what it was cut from, None for a whole one.
    """

    media: str | None = None
    alt: str = ""
    decorative: bool = False
    credit: str = ""
    caption: str = ""
    focus: Focus = Focus()
    width: int = 0
    height: int = 0
    crop: Crop | None = None


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures shown together, in their order."""

    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Video:
    """A video of our own. `media` is the SHA-256 of its file, None until somebody adds it; `poster` a still of it.

    `address` is where the publisher hosts the file instead, None when it travels as `media`. `captions` is the
    SHA-256 of a WebVTT file with what is said and heard. `width` and `height` are in pixels, 0 when not known.
    """

    media: str | None = None
    caption: str = ""
    credit: str = ""
    poster: Image | None = None
    address: str | None = None
    captions: str | None = None
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Embed:
    """A post of a third party, kept behind the consent gate.

    `provider` is an id of the provider table; `kind` is "post", "video" and so on; `address` is None until
    somebody gives it. `quoted`, `author`, `posted_at` and `picture` are kept at authoring time, so that readers
    without JavaScript, and everybody on the day the post is removed, still have what it said.
    """

    provider: str = GENERIC_PROVIDER
    kind: str = "post"
    address: str | None = None
    quoted: str = ""
    author: str = ""
    posted_at: datetime | None = None
    picture: Image | None = None


@dataclass(frozen=True, slots=True)
class ContentWarning:
    """Tells readers that what follows may distress them."""

    text: str


@dataclass(frozen=True, slots=True)
class VerificationNote:
    """Tells readers what has, or has not, been verified."""

    text: str


@dataclass(frozen=True, slots=True)
class InternalNote:
    """A note from desk to desk; it never leaves the console."""

    text: str
    author: str = ""


Prose = Paragraph | Heading | List | Quote
Card = Image | Gallery | Video | Embed | ContentWarning | VerificationNote | InternalNote
Block = Prose | Card


def images(block: Block) -> tuple[Image, ...]:
    """Return every picture a block shows, in reading order."""
    match block:
        case Image():
            return (block,)
        case Gallery():
            return block.images
        case Video():
            return (block.poster,) if block.poster else ()
        case Embed():
            return (block.picture,) if block.picture else ()
        case Paragraph() | Heading() | List() | Quote() | ContentWarning() | VerificationNote() | InternalNote():
            return ()


def media(block: Block) -> tuple[str, ...]:
    """Return the SHA-256 of every file a block needs, pictures first, each with what it was cut from."""
    files = [file for image in images(block) for file in (image.media, image.crop and image.crop.original)]
    if isinstance(block, Video):
        files += [block.media, block.captions]
    return tuple(sha256 for sha256 in files if sha256)


def public(block: Block) -> Block | None:
    """Return what readers may have of a block: no picture says what it was cut from; None for internal notes."""
    match block:
        case InternalNote():
            return None
        case Image():
            return replace(block, crop=None)
        case Gallery():
            return Gallery(tuple(replace(image, crop=None) for image in block.images))
        case Video(poster=Image() as poster):
            return replace(block, poster=replace(poster, crop=None))
        case Embed(picture=Image() as picture):
            return replace(block, picture=replace(picture, crop=None))
        case _:
            return block


def words(block: Block) -> str:
    """Return what a block says to readers as plain text, for search and for counting; "" for internal notes."""
    match block:
        case Paragraph() | Heading():
            return plain(block.text)
        case List():
            return "\n".join(plain(item) for item in block.items)
        case Quote():
            return "\n".join(filter(None, (plain(block.text), block.source)))
        case Image() | Gallery():
            return "\n".join(
                part for image in images(block) for part in (image.alt, image.credit, image.caption) if part
            )
        case Video():
            return "\n".join(filter(None, (block.caption, block.credit)))
        case Embed():
            return "\n".join(filter(None, (block.quoted, block.author)))
        case ContentWarning() | VerificationNote():
            return block.text
        case InternalNote():
            return ""
