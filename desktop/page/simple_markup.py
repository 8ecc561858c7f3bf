"""An entry as simple HTML that stands anywhere: in a feed, in a mail. No script, no style, no frame, no button.

What other sites provide is there as its quotation, author, date and link, and nothing of it is ever loaded.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement

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
from desktop.domain.text import Span, Text
from desktop.page.gate import Gate, gate
from desktop.page.house import House
from desktop.page.prose import safe_address

Picture = Callable[[Image], str]
"""Gives a picture's own address, "" where it is told in words."""

AddEmbed = Callable[[Element, Gate, House, Picture], None]

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_words(_image: Image) -> str:
    """Tell every picture in words."""
    return ""


def clean(words: str) -> str:
    """Return words with U+FFFD for the few characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", words)


def add(parent: Element, tag: str, words: str = "", **attributes: str) -> Element:
    """Add an element with words in it, a line feed being a line break, and return it."""
    made = SubElement(parent, tag, {name: clean(value) for name, value in attributes.items()})
    _say(made, words)
    return made


def add_entry(
    parent: Element,
    entry: Entry,
    house: House,
    zone: str,
    picture: Picture = in_words,
    add_embed: AddEmbed | None = None,
) -> None:
    """Add what an entry says to readers, its corrections included; of a withdrawn one the reason.

    `add_embed` shows an embed in another form than its quotation alone.
    """
    public = for_readers(entry)
    if public.withdrawal:
        _labelled(parent, house.words("copy.withdrawn", at=public.withdrawal.at, zone=zone), public.withdrawal.reason)
        return
    numbers = number_embeds(public)
    for index, block in enumerate(public.blocks):
        if isinstance(block, Embed):
            worded = gate(public, index, block, numbers[index], zone, house)
            (add_embed or add_quotation)(parent, worded, house, picture)
        else:
            _add_block(parent, block, house, picture)
    for correction in public.corrections:
        _labelled(parent, house.words("copy.correction", at=correction.at, zone=zone), correction.text)


def _add_block(parent: Element, block: Block, house: House, picture: Picture) -> None:
    match block:
        case Paragraph():
            _prose(add(parent, "p"), block.text)
        case Heading():
            _prose(add(parent, "h4"), block.text)
        case List():
            listed = add(parent, "ol" if block.ordered else "ul")
            for item in block.items:
                _prose(add(listed, "li"), item)
        case Quote():
            quotation = add(parent, "blockquote")
            _prose(add(quotation, "p"), block.text)
            if block.source:
                add(quotation, "p", house.words("copy.quote_source", source=block.source))
        case Image():
            _add_picture(parent, block, house, picture)
        case Gallery():
            for image in block.images:
                _add_picture(parent, image, house, picture)
        case Video():
            _add_video(parent, block, house, picture)
        case ContentWarning() | VerificationNote():
            add(add(parent, "p"), "em", block.text)
        case Embed() | InternalNote():
            pass  # an embed is worded by its gate; a note of the desk never gets here


def _add_picture(parent: Element, image: Image, house: House, picture: Picture) -> None:
    address = picture(image)
    if address:
        size = {"width": str(image.width), "height": str(image.height)} if image.width and image.height else {}
        add(add(parent, "p"), "img", src=address, alt="" if image.decorative else image.alt, **size)
    elif image.alt and not image.decorative:
        add(parent, "p", f"[{image.alt}]")
    told = [f"{house.word('copy.image_caption')} {image.caption}"] if image.caption else []
    told += [house.words("copy.image_source", credit=image.credit)] if image.credit else []
    if told:
        add(add(parent, "p"), "small", "\n".join(told))


def _add_video(parent: Element, video: Video, house: House, picture: Picture) -> None:
    if video.poster and picture(video.poster):
        _add_picture(parent, video.poster, house, picture)
    paragraph = add(parent, "p", f"{house.word('copy.media_caption')} ")
    address, caption = safe_address(video.address or ""), video.caption or house.word("copy.video_missing")
    if address:
        add(paragraph, "a", video.caption or address, href=address)
    else:
        _say(paragraph, caption)
    if video.credit:
        add(add(parent, "p"), "small", house.words("copy.media_source", credit=video.credit))


def add_quotation(parent: Element, worded: Gate, house: House, picture: Picture) -> None:
    """Add what a post of another site said, who wrote it, and a link to it."""
    embed = worded.embed
    quotation = add(parent, "blockquote")
    if embed.quoted:
        add(quotation, "p", embed.quoted)
    if embed.picture:
        _add_picture(quotation, embed.picture, house, picture)
    if worded.posted:
        add(quotation, "p", worded.posted)
    last = add(quotation, "p")
    if worded.original:
        add(last, "a", worded.words["original"], href=worded.original)
    else:
        _say(last, worded.words["original"])


def _labelled(parent: Element, label: str, words: str) -> None:
    paragraph = add(parent, "p")
    add(paragraph, "strong", label)
    _say(paragraph, f" {words}")


def _prose(parent: Element, running: Text) -> None:
    for href, spans in groupby(running, key=lambda span: span.href):
        address = safe_address(href)
        _looks(add(parent, "a", href=address) if address else parent, spans)


def _looks(parent: Element, spans: Iterable[Span]) -> None:
    for span in spans:
        place = add(parent, "strong") if span.bold else parent
        _say(add(place, "em") if span.italic else place, span.text)


def _say(parent: Element, words: str) -> None:
    """Add words after whatever the element holds already."""
    for number, line in enumerate(clean(words).split("\n")):
        if number:
            SubElement(parent, "br")
        last = parent[-1] if len(parent) else None
        if last is None:
            parent.text = (parent.text or "") + line
        else:
            last.tail = (last.tail or "") + line


def lines(elements: Iterable[Element]) -> Iterator[str]:
    """Yield the words of elements made here as lines of plain text, an address after the words that are a link."""
    for element in elements:
        match element.tag:
            case "ul" | "ol":
                for number, item in enumerate(element, 1):
                    yield f"{f'{number}.' if element.tag == 'ol' else '•'} {_words(item)}"
            case "blockquote":
                yield from (f"> {line}" for line in lines(element))
            case _:
                yield from _words(element).split("\n")


def _words(element: Element) -> str:
    if element.tag == "br":
        return "\n"
    inside = (element.text or "") + "".join(_words(child) + (child.tail or "") for child in element)
    address = element.get("href", "")
    return f"{inside} <{address}>" if address and address != inside else inside
