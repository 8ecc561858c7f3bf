"""One entry as readers get it: its article, and what machines read of it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
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
from desktop.domain.entry import Entry, for_readers, number_embeds
from desktop.domain.text import Text
from desktop.page.gate import gate
from desktop.page.house import House
from desktop.page.prose import is_external, link, prose, safe_address
from desktop.page.site import MediaFile, media_path
from desktop.page.template_set import render
from desktop.page.variants import Place, picture_sizes, srcset

_DIGEST_LETTERS: Final = 12
_STEPS: Final = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """What an entry's article depends on besides the entry: who words it, in which zone, and where the page stands.

    `address` is the absolute address of the page's folder, "" while that is not known.
    """

    house: House
    zone: str
    media: Mapping[str, MediaFile]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A rendered entry. `rev` changes with whatever readers get of it; `data` is its part of the page's JSON-LD."""

    html: Markup
    rev: str
    data: bytes


def revision_of(*depends_on: object) -> str:
    """Name what readers get of an entry, by everything its article depends on: the same name is the same bytes."""
    return hashlib.sha256(repr(depends_on).encode()).hexdigest()[:_DIGEST_LETTERS]


def render_article(entry: Entry, rev: str, permalink: str, setting: Setting) -> Markup:
    """Render an entry's article."""
    house, public = setting.house, for_readers(entry)
    external, hosts = house.word("copy.external"), house.hosts
    numbers = number_embeds(public)
    gates = {
        index: gate(public, index, block, numbers[index], setting.zone, house)
        for index, block in enumerate(public.blocks)
        if isinstance(block, Embed)
    }

    def running(words: Text) -> Markup:
        return prose(words, external, hosts)

    def card(index: int, block: Block) -> str:
        return render("block.html", kind=type(block).__name__, block=block, gate=gates.get(index), **tools)

    tools: dict[str, object] = {
        "house": house,
        "media": lambda sha256: setting.media.get(sha256) if sha256 else None,
        "media_path": media_path,
        "srcset": srcset,
        "sizes": lambda place: picture_sizes(Place(place)),
        "pixels": pixels,
        "focus": focus_classes,
        "link": lambda words, href: link(Markup.escape(words), href, external, hosts),
        "playable": lambda address: _playable(address, hosts),
    }
    # A withdrawn entry shows its reason and nothing of what it said.
    shown = () if public.withdrawal else public.blocks
    blocks = [_text_block(block, running, house) or card(index, block) for index, block in enumerate(shown)]
    html = render(
        "entry.html",
        entry=public,
        house=house,
        zone=setting.zone,
        permalink=permalink,
        digest=rev,
        blocks=Markup("".join(blocks)),  # noqa: S704 - each block escaped what anybody wrote
    )
    return Markup(html)  # noqa: S704 - from our own template, which escapes whatever anybody wrote


def _text_block(block: Block, running: Callable[[Text], Markup], house: House) -> str:
    """Write a block of running text; "" for a card. Most of what is written is text, and no template is as fast."""
    match block:
        case Paragraph():
            return f"<p>{running(block.text)}</p>\n"
        case Heading():
            return f"<h4>{running(block.text)}</h4>\n"
        case List():
            name = "ol" if block.ordered else "ul"
            items = "\n".join(f"<li>{running(item)}</li>" for item in block.items)
            return f"<{name}>\n{items}\n</{name}>\n"
        case Quote():
            source = escape(house.words("copy.quote_source", source=block.source)) if block.source else ""
            told = f'<p class="source">{source}</p>' if source else ""
            return f'<blockquote class="quote"><p>{running(block.text)}</p>{told}</blockquote>\n'
        case Image() | Gallery() | Video() | Embed() | ContentWarning() | VerificationNote() | InternalNote():
            return ""


def pixels(file: MediaFile | None, block: Image | Video) -> tuple[int, int] | None:
    """Return the width and height to keep free for a picture or clip, None when nobody knows them."""
    for known in (file, block, block.poster if isinstance(block, Video) else None):
        if known and known.width and known.height:
            return known.width, known.height
    return None


def focus_classes(image: Image) -> str:
    """Name the classes that keep a picture's focus point in sight, in steps of a tenth; "" for its middle."""
    steps = (round(image.focus.x * _STEPS), round(image.focus.y * _STEPS))
    return " ".join(f"{axis}{step}" for axis, step in zip(("fx", "fy"), steps, strict=True) if step != _STEPS // 2)


def _playable(address: str | None, hosts: tuple[str, ...]) -> bool:
    return bool(address and safe_address(address)) and not is_external(address or "", hosts)
