"""One update of a LiveBlogPosting as an entry: its words, its pictures without files, its corrections."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from desktop.domain import moment
from desktop.domain.blocks import Block, Gallery, Image, InternalNote, Video, images
from desktop.domain.entry import Correction, Withdrawal
from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean, plain
from desktop.exchange.live_blog_data import first, names, things, types
from desktop.exchange.markup import Node, parse
from desktop.exchange.markup_blocks import Leftover, of_words, post_at, read_blocks
from desktop.page.house import House
from desktop.page.prose import safe_address

_MARKUP: Final = re.compile(r"<[a-zA-Z!/]")
_BODY: Final = ("articleBody", "text", "description", "abstract")
# What says who made the data, or says again what another property says.
_TOLD_ELSEWHERE: Final = frozenset(
    (
        *("@context", "@type", "@id", "id", "url", "mainEntityOfPage", "headline", "name", "alternativeHeadline"),
        *("datePublished", "dateModified", "dateCreated", "uploadDate", "author", "creator", "publisher", "editor"),
        *("image", "video", "associatedMedia", "sharedContent", "correction", "inLanguage", "isPartOf", "identifier"),
        *("thumbnailUrl", "articleSection", "wordCount", "isAccessibleForFree", "copyrightHolder", "copyrightYear"),
        *("sourceOrganization", "mainEntity", "speakable", "position", *_BODY),
    )
)
_OUR_OWN: Final = frozenset({"stamp", "byline", "correction", "withdrawal", "permalink", "vh"})


@dataclass(frozen=True, slots=True)
class Update:
    """An update as read; `at` is None when it says no time that can be understood."""

    at: datetime | None
    headline: str
    blocks: tuple[Block, ...]
    byline: tuple[str, ...]
    edited_at: datetime | None
    corrections: tuple[Correction, ...]
    withdrawal: Withdrawal | None
    leftovers: tuple[Leftover, ...]


def read_update(value: Mapping[str, Any], house: House, zone: str, base: str, place: Node | None, line: int) -> Update:
    """Read an update; `place` is its element inside the page, `line` where its data begin."""
    at = read_time(value.get("datePublished"), zone) or read_time(value.get("dateCreated"), zone)
    edited = read_time(value.get("dateModified"), zone)
    headline = plain_words(first(value.get("headline")) or first(value.get("name")))
    corrections = tuple(_corrections(value.get("correction"), edited or at, zone))
    withdrawal = None
    if headline == house.word("copy.withdrawn_headline") and corrections and not _body(value):
        withdrawal, corrections = Withdrawal(corrections[0].text, corrections[0].at), corrections[1:]
    blocks, leftovers = ([], []) if withdrawal else _blocks(value, headline, house, base, place, line)
    blocks += [InternalNote(left.words) for left in leftovers]
    return Update(
        at or edited,
        headline,
        tuple(blocks),
        tuple(clean(name) for name in names(value.get("author")) if name != house.publisher),
        edited if at else None,
        corrections,
        withdrawal,
        tuple(leftovers),
    )


def read_time(value: object, zone: str) -> datetime | None:
    """Read a date of JSON-LD; one that names no offset is in the zone. None when it is no date."""
    try:
        found = datetime.fromisoformat(first(value).strip())
        return moment.to_utc(found if found.tzinfo else found.replace(tzinfo=moment.zone(zone)))
    except (ValueError, OverflowError, InvalidValue):
        return None


def plain_words(written: str) -> str:
    """Return a text of JSON-LD on one line: many systems leave markup and character references in it."""
    said = parse(written).words() if _MARKUP.search(written) or "&" in written else written
    return clean(" ".join(said.split()))


def _blocks(
    value: Mapping[str, Any], headline: str, house: House, base: str, place: Node | None, line: int
) -> tuple[list[Block], list[Leftover]]:
    written = _body(value)
    if written and (_MARKUP.search(written) or "&" in written):
        reading = read_blocks(parse(written if _MARKUP.search(written) else written.replace("\n", "<p>")), base)
        blocks, leftovers = reading.blocks, [replace(left, line=line) for left in reading.leftovers]
    elif written:
        blocks, leftovers = of_words(written), []
    elif place is not None:
        reading = read_blocks(_own_parts_out(place), base)
        blocks, leftovers = _without_headline(reading.blocks, headline), reading.leftovers
        blocks = [_credited(block, house) for block in blocks]
    else:
        blocks, leftovers = [], []
    shown = {image.alt or image.caption for block in blocks for image in images(block)}
    pictures = [found for found in _pictures(value) if (found[0].alt or found[0].caption) not in shown]
    found = tuple(image for image, _ in pictures)
    blocks += [Gallery(found)] if len(found) > 1 else found
    leftovers = leftovers + [Leftover(line, address) for _, address in pictures if address]
    for video, address in _videos(value):
        blocks.append(video)
        leftovers += [Leftover(line, address)] if address else []
    return blocks, leftovers + [Leftover(line, told) for told in _rest(value)]


def _body(value: Mapping[str, Any]) -> str:
    return next((found for name in _BODY if (found := first(value.get(name)).strip())), "")


def _own_parts_out(place: Node) -> Node:
    """Leave out what this console's own page says of an entry besides its words; the data say that too."""
    return _bare(place) if "data-digest" in place.attributes else place


def _bare(node: Node) -> Node:
    kept = [
        each if isinstance(each, str) else _bare(each)
        for each in node.children
        if isinstance(each, str) or not each.classes & _OUR_OWN
    ]
    return Node(node.tag, node.attributes, kept, node.line)


def _credited(block: Block, house: House) -> Block:
    """Take the agency out of the house's own sentence about it."""
    match block:
        case Image():
            found = house.pattern("copy.image_source").fullmatch(block.credit)
            return replace(block, credit=found["credit"]) if found else block
        case Gallery():
            credited = (_credited(image, house) for image in block.images)
            return Gallery(tuple(each for each in credited if isinstance(each, Image)))
        case _:
            return block


def _without_headline(blocks: list[Block], headline: str) -> list[Block]:
    said = (
        plain(getattr(blocks[0], "text", ())) if blocks and not isinstance(getattr(blocks[0], "text", ""), str) else ""
    )
    return blocks[1:] if said and " ".join(said.split()) == headline else blocks


def _pictures(value: Mapping[str, Any]) -> Iterator[tuple[Image, str]]:
    """Yield pictures, each with the address of its file, which nobody fetches."""
    listed = value.get("image")
    for each in listed if isinstance(listed, list) else [listed]:
        if isinstance(each, str) and each.strip():
            yield Image(), clean(each.strip())
        elif isinstance(each, dict):
            credit = [*names(each.get("creditText")), *names(each.get("creator")), *names(each.get("copyrightHolder"))]
            yield (
                Image(
                    alt=plain_words(first(each.get("description")) or first(each.get("name"))),
                    caption=plain_words(first(each.get("caption"))),
                    credit=plain_words(", ".join(dict.fromkeys(credit))),
                    width=_pixels(each.get("width")),
                    height=_pixels(each.get("height")),
                ),
                clean(first(each.get("contentUrl")) or first(each.get("url"))),
            )


def _videos(value: Mapping[str, Any]) -> Iterator[tuple[Block, str]]:
    """Yield videos: a provider's as a post behind the gate, the publisher's own with its address."""
    for name in ("video", "associatedMedia", "sharedContent"):
        for each in things(value.get(name)):
            address = first(each.get("contentUrl")) or first(each.get("embedUrl")) or first(each.get("url"))
            post = post_at(address)
            if post is not None:
                yield post, ""
            elif "VideoObject" in types(each):
                caption = plain_words(first(each.get("caption")) or first(each.get("name")))
                safe = safe_address(address) if address.startswith("https://") else ""
                yield Video(caption=caption, address=safe or None), "" if safe else clean(address)
            else:
                yield (
                    InternalNote(clean(f"{' '.join(types(each))} {address} {first(each.get('headline'))}").strip()),
                    "",
                )


def _corrections(value: object, fallback: datetime | None, zone: str) -> Iterator[Correction]:
    for each in value if isinstance(value, list) else [value]:
        said = each if isinstance(each, str) else first(each.get("text")) if isinstance(each, dict) else ""
        at = read_time(each.get("datePublished"), zone) if isinstance(each, dict) else None
        if said.strip():
            yield Correction(plain_words(said), at or fallback or moment.now())


def _rest(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an update says besides, which an entry has no place for."""
    for name, member in value.items():
        if name not in _TOLD_ELSEWHERE:
            yield from (clean(f"{name}: {told}") for told in names(member))


def _pixels(value: object) -> int:
    found = value.get("value") if isinstance(value, dict) else value
    written = str(found).strip().removesuffix("px") if isinstance(found, str | int) else ""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 5 else 0  # noqa: PLR2004 - no picture is wider
