"""What a piece of HTML says, as blocks: words, pictures without their files, and posts behind our own gate."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final
from urllib.parse import urljoin

from desktop.consent.address import AddressRefused
from desktop.consent.providers import table
from desktop.consent.recognise import recognise
from desktop.domain.blocks import (
    GENERIC_PROVIDER,
    Block,
    Embed,
    Gallery,
    Heading,
    Image,
    List,
    Paragraph,
    Quote,
    Video,
)
from desktop.domain.text import Span, Text, clean, join, plain
from desktop.exchange.markup import Node
from desktop.page.prose import safe_address

_BLANKS: Final = re.compile("[ \t\n\r\f]+")
_NOT_WORDS: Final = frozenset({"script", "style", "template", "head", "noembed", "noframes"})
_APART: Final = frozenset(
    (
        *("p", "div", "section", "article", "aside", "header", "footer", "nav", "main", "pre", "address", "form"),
        *("table", "tr", "dl", "dt", "dd", "fieldset", "details", "summary", "figcaption", "hr", "body", "html", "li"),
    )
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EMBED_CLASSES: Final = frozenset(
    (
        *("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "text-post-media"),
        *("fb-post", "fb-video", "reddit-embed-bq", "reddit-card", "mastodon-embed", "telegram-post"),
    )
)
_MOST_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that has no place in an entry, and the line of the page it stood on."""

    line: int
    words: str


@dataclass(slots=True)
class Reading:
    """What was read so far: blocks in their order, and what found no place. `base` makes relative addresses whole."""

    base: str = ""
    blocks: list[Block] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Looks:
    bold: bool = False
    italic: bool = False
    href: str = ""


def read_blocks(top: Node, base: str = "") -> Reading:
    """Read a piece of HTML; every word of it is in a block or among the leftovers."""
    reading = Reading(base)
    _Walk(reading).inside(top, _Looks())
    return reading


class _Walk:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._spans: list[Span] = []

    def inside(self, top: Node, looks: _Looks) -> None:
        self._flow(top, looks)
        self._flush()

    def _flow(self, node: Node, looks: _Looks) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._spans.append(Span(_BLANKS.sub(" ", clean(child)), looks.bold, looks.italic, looks.href))
            else:
                self._element(child, looks)

    def _element(self, node: Node, looks: _Looks) -> None:
        tag = node.tag
        if tag in _NOT_WORDS:
            return
        embed = _embed(node)
        if embed is not None:
            self._put(embed)
        elif tag == "br":
            self._spans.append(Span("\n", looks.bold, looks.italic, looks.href))
        elif tag == "a":
            self._link(node, looks)
        elif tag in {"strong", "b"}:
            self._flow(node, replace(looks, bold=True))
        elif tag in {"em", "i", "cite"}:
            self._flow(node, replace(looks, italic=True))
        elif tag in {"td", "th"}:
            self._flow(node, looks)
            self._spans.append(Span(" "))
        elif tag in _HEADINGS:
            self._put_words(node, Heading)
        elif tag in {"ul", "ol"}:
            self._list(node)
        elif tag == "blockquote":
            self._quotation(node)
        elif tag in {"figure", "img", "video", "audio", "iframe", "object", "embed"}:
            self._media(node, looks)
        elif tag in _APART:
            self._flush()
            self._flow(node, looks)
            self._flush()
        else:
            self._flow(node, looks)

    def _link(self, node: Node, looks: _Looks) -> None:
        written = node.attributes.get("href", "").strip()
        address = safe_address(urljoin(self._reading.base, written) if written else "")
        if address and "://" not in address and not address.startswith("mailto:"):
            # Where it stood it meant a place on that site; here it would mean one on ours.
            self._leave(node.line, f"{_one_line(node.words())} ({written})")
            address = ""
        elif written and not address:
            self._leave(node.line, f"{_one_line(node.words())} ({written[:200]})")
        self._flow(node, replace(looks, href=address or looks.href))

    def _list(self, node: Node) -> None:
        self._flush()
        items: list[Text] = []
        others: list[Block] = []
        for child in node.children:
            held = child if isinstance(child, Node) else Node("li", children=[child])
            inner = Reading(self._reading.base)
            _Walk(inner).inside(held, _Looks())
            self._reading.leftovers += inner.leftovers
            words = _joined(block for block in inner.blocks if isinstance(block, Paragraph | Heading | Quote))
            if words:
                items.append(words)
            for block in inner.blocks:
                match block:
                    case List():
                        items.extend(block.items)
                    case Paragraph() | Heading() | Quote():
                        pass
                    case _:
                        others.append(block)
        if items:
            self._reading.blocks.append(List(tuple(items), ordered=node.tag == "ol"))
        self._reading.blocks += others

    def _quotation(self, node: Node) -> None:
        self._flush()
        source = next((each for each in node.walk() if each.tag in {"footer", "cite", "figcaption"}), None)
        inner = Reading(self._reading.base)
        _Walk(inner).inside(_without(node, source), _Looks())
        self._reading.leftovers += inner.leftovers
        words = _joined(block for block in inner.blocks if isinstance(block, Paragraph | Heading))
        said = _one_line(source.words()).lstrip("—–- ") if source else ""
        if words:
            self._reading.blocks.append(Quote(words, said))
        elif said:
            self._reading.blocks.append(Paragraph((Span(said),)))
        self._reading.blocks += [each for each in inner.blocks if not isinstance(each, Paragraph | Heading)]

    def _media(self, node: Node, looks: _Looks) -> None:
        match node.tag:
            case "img":
                self._flush()
                self._picture(node, Image())
            case "figure":
                self._figure(node, looks)
            case "video" | "audio":
                self._put(self._video(node))
                self._flow(node, looks)
            case _:
                address = node.attributes.get("src") or node.attributes.get("data") or ""
                self._leave(node.line, f"<{node.tag}> {address[:500]}".strip())
                if node.tag == "object":
                    self._flow(node, looks)

    def _figure(self, node: Node, looks: _Looks) -> None:
        pictures = [each for each in node.walk() if each.tag == "img"]
        caption = next((each for each in node.walk() if each.tag == "figcaption"), None)
        others = [each for each in node.walk() if each.tag in {"blockquote", "iframe", "video", "audio", "table"}]
        if not pictures or others:
            self._flush()
            self._flow(node, looks)
            self._flush()
            return
        self._flush()
        told = _credited(caption) if caption else Image()
        before = len(self._reading.blocks)
        for picture in pictures:
            self._picture(picture, told if picture is pictures[-1] else Image())
        added = [block for block in self._reading.blocks[before:] if isinstance(block, Image)]
        if len(added) > 1:
            self._reading.blocks[before:] = [Gallery(tuple(added))]
        left = _without(node, caption, *pictures)
        _Walk(self._reading).inside(left, looks)

    def _picture(self, node: Node, told: Image) -> None:
        found = node.attributes
        if found.get("width") == "1" and found.get("height") == "1":
            self._leave(node.line, found.get("src", "")[:500])  # it shows nothing: it counts readers
            return
        alt = clean(_one_line(found.get("alt", "")))
        image = replace(told, alt=alt, decorative=not alt and "alt" in found)
        self._put(replace(image, width=_pixels(found.get("width")), height=_pixels(found.get("height"))))
        self._leave(node.line, found.get("src") or found.get("data-src") or found.get("srcset", "")[:500])

    def _video(self, node: Node) -> Video:
        sources = [node, *(each for each in node.walk() if each.tag == "source")]
        written = next((each.attributes["src"] for each in sources if each.attributes.get("src")), "")
        address = safe_address(urljoin(self._reading.base, written) if written else "")
        if not address.startswith(("https://", "http://")):
            self._leave(node.line, f"<{node.tag}> {written[:500]}".strip())
            address = ""
        return Video(caption=clean(node.attributes.get("title", "")), address=address or None)

    def _put_words(self, node: Node, kind: type[Heading]) -> None:
        self._flush()
        inner = Reading(self._reading.base)
        _Walk(inner).inside(node, _Looks())
        self._reading.leftovers += inner.leftovers
        words = _joined(block for block in inner.blocks if isinstance(block, Paragraph))
        if words:
            self._reading.blocks.append(kind(words))
        self._reading.blocks += [block for block in inner.blocks if not isinstance(block, Paragraph)]

    def _put(self, block: Block) -> None:
        self._flush()
        self._reading.blocks.append(block)

    def _leave(self, line: int, words: str) -> None:
        if words.strip():
            self._reading.leftovers.append(Leftover(line, clean(_one_line(words))))

    def _flush(self) -> None:
        running = _trimmed(self._spans)
        self._spans = []
        if running:
            self._reading.blocks.append(_alone(running) or Paragraph(running))


def of_words(words: str) -> list[Block]:
    """Read plain text: a line is a paragraph, and an address alone on its line is the post it leads to."""
    found: list[Block] = []
    for line in clean(words).split("\n"):
        said = line.strip()
        if said:
            found.append(post_at(said) or Paragraph((Span(said),)))
    return found


def post_at(address: str) -> Embed | None:
    """Return the post of a known provider at an address, None for any other address and for other words."""
    if not address.startswith(("https://", "http://")):
        return None
    try:
        found = recognise(address)
    except AddressRefused:
        return None
    known = table().get(found.provider)
    if found.provider == GENERIC_PROVIDER or not any(each.match(found.address or "") for each in known.url_patterns):
        return None
    return found


def _alone(running: Text) -> Embed | None:
    """Return the post that a paragraph is nothing but a link to, the link being shown as its address."""
    address = running[0].href
    said = plain(running).strip()
    if any(span.href != address for span in running) or not (said.startswith("http") or said in address):
        return None
    return post_at(address or said)


def _embed(node: Node) -> Embed | None:
    if node.tag == "iframe":
        return _recognised(node.attributes.get("src") or node.attributes.get("data-src") or "", generic=True)
    if "data-provider" in node.attributes and "embed" in node.classes:
        return _our_own(node)
    if not node.classes & _EMBED_CLASSES:
        return None
    found = _recognised(_written(node), generic=False)
    if found is None or found.quoted:
        return found
    return replace(found, quoted=_one_line(node.words()))


def _our_own(node: Node) -> Embed | None:
    """Read an embed as this console's own page has it behind its gate."""
    inside = list(node.walk())
    original = next((each for each in inside if "original" in each.classes), None)
    link = next((each for each in original.walk() if each.tag == "a"), None) if original else None
    provider = node.attributes["data-provider"]
    known = table().get(provider)
    found = _recognised(link.attributes.get("href", "") if link else "", generic=True) or Embed(known.id, known.kind)
    said = next((each for each in inside if "said" in each.classes), None)
    if said is None:
        return found
    told = [each for each in said.children if isinstance(each, Node) and each.tag == "p"]
    quoted = "\n".join(_lines(each) for each in told if "source" not in each.classes)
    author = " ".join(_one_line(each.words()) for each in told if "source" in each.classes)
    return replace(found, quoted=clean(quoted), author=clean(author))


def _recognised(pasted: str, *, generic: bool) -> Embed | None:
    try:
        found = recognise(pasted)
    except AddressRefused:
        return None
    return found if generic or found.provider != GENERIC_PROVIDER else None


def _written(node: Node) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    inside = "".join(escape(each) if isinstance(each, str) else _written(each) for each in node.children)
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"


def _credited(caption: Node) -> Image:
    """Tell the credit from the caption, where the page marks one as such."""
    credit = next((each for each in caption.walk() if _is_credit(each)), None)
    if credit is None:
        return Image(caption=clean(_one_line(caption.words())))
    said = clean(_one_line(credit.words()))
    return Image(caption=clean(_one_line(_without(caption, credit).words())), credit=said)


def _is_credit(node: Node) -> bool:
    return any(word in name.lower() for name in node.classes for word in ("credit", "source", "copyright"))


def _without(node: Node, *taken: Node | None) -> Node:
    children = [
        child if isinstance(child, str) else _without(child, *taken)
        for child in node.children
        if isinstance(child, str) or not any(child is each for each in taken)
    ]
    return Node(node.tag, node.attributes, children, node.line)


def _joined(blocks: Iterable[Paragraph | Heading | Quote]) -> Text:
    spans: list[Span] = []
    for block in blocks:
        spans += ([Span("\n")] if spans else []) + list(block.text)
    return join(spans)


def _trimmed(spans: Iterable[Span]) -> Text:
    """Join spans as a browser shows them: blanks run together, none at the ends of a line."""
    shown: list[Span] = []
    before = "\n"
    for span in spans:
        text = re.sub(" *\n *", "\n", span.text)
        if before.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text.startswith("\n") and shown:
            shown[-1] = replace(shown[-1], text=shown[-1].text.rstrip(" "))
        if text:
            shown.append(replace(span, text=text))
            before = text
    while shown and not shown[0].text.strip():
        del shown[0]
    while shown and not shown[-1].text.strip():
        del shown[-1]
    if shown:
        shown[0] = replace(shown[0], text=shown[0].text.lstrip(" \n"))
        shown[-1] = replace(shown[-1], text=shown[-1].text.rstrip(" \n"))
    return join(shown)


def _lines(node: Node) -> str:
    return "".join(_shown(node)).strip()


def _shown(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield "\n"
        else:
            yield from _shown(child)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _pixels(written: str | None) -> int:
    found = (written or "").strip().removesuffix("px")
    return int(found) if found.isascii() and found.isdigit() and len(found) <= _MOST_DIGITS else 0
