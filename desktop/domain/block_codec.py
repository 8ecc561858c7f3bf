"""Blocks as JSON and back: one form for the store, the lossless export and the wire."""

from collections.abc import Callable, Sequence
from typing import Final

from desktop.domain import moment
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Crop,
    Embed,
    Focus,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
)
from desktop.domain.members import Json, Reader, lean, read_sha256, read_text, read_time
from desktop.domain.problem import InvalidValue
from desktop.domain.text import Span, Text, join


def text_to_json(running: Text) -> list[Json]:
    """Write running text as runs."""
    return [
        lean({"text": span.text, "bold": span.bold, "italic": span.italic, "href": span.href}, keep="text")
        for span in running
    ]


def text_from_json(value: object) -> Text:
    """Read running text."""
    if not isinstance(value, list):
        message = "Running text is not a list of runs."
        raise InvalidValue(message)
    return join(_span(run) for run in value)


def _span(value: object) -> Span:
    reader = Reader(value, "A run of text")
    span = Span(reader.text("text"), reader.flag("bold"), reader.flag("italic"), reader.text("href", ""))
    reader.end()
    return span


def image_to_json(image: Image) -> Json:
    """Write a picture."""
    return lean(
        {
            "type": "image",
            "media": image.media,
            "alt": image.alt,
            "decorative": image.decorative,
            "source": image.credit,
            "caption": image.caption,
            "focus": None if image.focus == Focus() else {"x": image.focus.x, "y": image.focus.y},
            "width": image.width,
            "height": image.height,
            "crop": _crop_to_json(image.crop) if image.crop else None,
        },
        keep="type media alt",
    )


def _crop_to_json(crop: Crop) -> Json:
    part = {"left": crop.left, "top": crop.top, "width": crop.width, "height": crop.height}
    return {"original": crop.original, **part}


def image_from_json(value: object) -> Image:
    """Read a picture."""
    block = block_from_json(value)
    if not isinstance(block, Image):
        message = "A picture is needed here."
        raise InvalidValue(message)
    return block


def block_to_json(block: Block) -> Json:
    """Write a block."""
    match block:
        case Paragraph():
            return {"type": "paragraph", "runs": text_to_json(block.text)}
        case Heading():
            return {"type": "heading", "runs": text_to_json(block.text)}
        case List():
            written = {"type": "list", "items": [text_to_json(item) for item in block.items]}
            return lean({**written, "ordered": block.ordered}, keep="type items")
        case Quote():
            return lean({"type": "quote", "runs": text_to_json(block.text), "cite": block.source}, keep="type runs")
        case Image():
            return image_to_json(block)
        case Gallery():
            return {"type": "gallery", "images": [image_to_json(image) for image in block.images]}
        case Video():
            return lean(
                {
                    "type": "video",
                    "media": block.media,
                    "src": block.address,
                    "caption": block.caption,
                    "source": block.credit,
                    "poster": image_to_json(block.poster) if block.poster else None,
                    "captions": block.captions,
                    "width": block.width,
                    "height": block.height,
                },
                keep="type media",
            )
        case Embed():
            return lean(
                {
                    "type": "embed",
                    "provider": block.provider,
                    "kind": block.kind,
                    "url": block.address,
                    "fallback": block.quoted,
                    "author": block.author,
                    "posted_at": moment.to_json(block.posted_at) if block.posted_at else None,
                    "picture": image_to_json(block.picture) if block.picture else None,
                },
                keep="type provider kind url",
            )
        case ContentWarning():
            return {"type": "content_warning", "text": block.text}
        case VerificationNote():
            return {"type": "verification_note", "text": block.text}
        case InternalNote():
            return lean({"type": "internal_note", "text": block.text, "author": block.author}, keep="type text")


def _read_image(reader: Reader) -> Image:
    return Image(
        media=reader.one("media", read_sha256),
        alt=reader.text("alt", ""),
        decorative=reader.flag("decorative"),
        credit=reader.text("source", ""),
        caption=reader.text("caption", ""),
        focus=reader.one("focus", _focus) or Focus(),
        width=reader.whole("width", 0),
        height=reader.whole("height", 0),
        crop=reader.one("crop", _crop),
    )


def _crop(value: object) -> Crop:
    reader = Reader(value, "What a picture was cut from")
    place = (reader.fraction("left", 0.0), reader.fraction("top", 0.0))
    crop = Crop(
        read_sha256(reader.text("original")), *place, reader.fraction("width", 1.0), reader.fraction("height", 1.0)
    )
    reader.end()
    return crop


def _focus(value: object) -> Focus:
    reader = Reader(value, "A focus point")
    focus = Focus(reader.fraction("x", 0.5), reader.fraction("y", 0.5))
    reader.end()
    return focus


def _read_embed(reader: Reader) -> Embed:
    return Embed(
        provider=reader.text("provider"),
        kind=reader.text("kind", "post"),
        address=reader.one("url", read_text),
        quoted=reader.text("fallback", ""),
        author=reader.text("author", ""),
        posted_at=reader.one("posted_at", read_time),
        picture=reader.one("picture", image_from_json),
    )


_READERS: dict[str, Callable[[Reader], Block]] = {
    "paragraph": lambda reader: Paragraph(reader.one("runs", text_from_json) or ()),
    "heading": lambda reader: Heading(reader.one("runs", text_from_json) or ()),
    "list": lambda reader: List(reader.many("items", text_from_json, required=True), reader.flag("ordered")),
    "quote": lambda reader: Quote(reader.one("runs", text_from_json) or (), reader.text("cite", "")),
    "image": _read_image,
    "gallery": lambda reader: Gallery(reader.many("images", image_from_json, required=True)),
    "video": lambda reader: Video(
        reader.one("media", read_sha256),
        reader.text("caption", ""),
        reader.text("source", ""),
        reader.one("poster", image_from_json),
        reader.one("src", read_text),
        reader.one("captions", read_sha256),
        reader.whole("width", 0),
        reader.whole("height", 0),
    ),
    "embed": _read_embed,
    "content_warning": lambda reader: ContentWarning(reader.text("text")),
    "verification_note": lambda reader: VerificationNote(reader.text("text")),
    "internal_note": lambda reader: InternalNote(reader.text("text"), reader.text("author", "")),
}

BLOCK_TYPES: Final[Sequence[str]] = tuple(_READERS)


def block_from_json(value: object) -> Block:
    """Read a block."""
    reader = Reader(value, "A block")
    kind = reader.text("type")
    read = _READERS.get(kind)
    if read is None:
        message = f"“{kind[:40]}” is not a kind of block."
        raise InvalidValue(message)
    reader.where = f"A block of type {kind}"
    block = read(reader)
    reader.end()
    return block
