"""Prose as lines: one line for each paragraph of the text surface, and back to blocks without loss."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.domain.blocks import (
    Card,
    ContentWarning,
    Embed,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Prose,
    Quote,
    VerificationNote,
    Video,
)
from desktop.domain.text import Span, Text, clean, join, plain


class Kind(StrEnum):
    """What a line of prose is. A quote always has the line that says whose words they are below it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"
    SOURCE = "source"


ITEMS: Final = frozenset({Kind.BULLET, Kind.NUMBER})

# Qt keeps these two for its own use inside a document.
_RESERVED: Final = str.maketrans({"\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of prose. `begins` starts a new list right below another one of the same kind."""

    kind: Kind
    text: Text = ()
    begins: bool = False


def fit(typed: str) -> str:
    """Return text as both the store and a text surface can keep it."""
    return clean(typed).translate(_RESERVED)


def fit_text(running: Text) -> Text:
    """Return running text in its one normal form, as a text surface can keep it."""
    return join(Span(fit(span.text), span.bold, span.italic, fit(span.href)) for span in running)


def fit_card(card: Card) -> Card:
    """Return a card whose words a text surface can keep."""
    match card:
        case Image():
            return _fit_image(card)
        case Gallery():
            return Gallery(tuple(map(_fit_image, card.images)))
        case Video():
            poster = _fit_image(card.poster) if card.poster else None
            return replace(card, caption=fit(card.caption), credit=fit(card.credit), poster=poster)
        case Embed():
            picture = _fit_image(card.picture) if card.picture else None
            return replace(card, quoted=fit(card.quoted), author=fit(card.author), picture=picture)
        case ContentWarning() | VerificationNote() | InternalNote():
            return replace(card, text=fit(card.text))


def _fit_image(image: Image) -> Image:
    return replace(image, alt=fit(image.alt), credit=fit(image.credit), caption=fit(image.caption))


def lines_of(prose: Iterable[Prose]) -> tuple[Line, ...]:
    """Break blocks of prose into lines; a list without items gives none."""
    lines: list[Line] = []
    for block in prose:
        lines += _lines(block, lines[-1].kind if lines else None)
    return tuple(lines)


def _lines(block: Prose, above: Kind | None) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield Line(Kind.PARAGRAPH, fit_text(block.text))
        case Heading():
            yield Line(Kind.HEADING, fit_text(block.text))
        case Quote():
            yield Line(Kind.QUOTE, fit_text(block.text))
            yield Line(Kind.SOURCE, join((Span(fit(block.source)),)))
        case List():
            kind = Kind.NUMBER if block.ordered else Kind.BULLET
            for number, item in enumerate(block.items):
                yield Line(kind, fit_text(item), begins=number == 0 and above is kind)


def prose_of(lines: Iterable[Line]) -> tuple[Prose, ...]:
    """Put lines together into blocks; the line of a source that follows no quote is a paragraph."""
    blocks: list[Prose] = []
    above: Kind | None = None
    for line in lines:
        match line.kind, blocks:
            case Kind.SOURCE, [*_, Quote() as quote] if above is Kind.QUOTE:
                blocks[-1] = Quote(quote.text, plain(line.text))
            case ((Kind.BULLET | Kind.NUMBER), [*_, List() as listed]) if above is line.kind and not line.begins:
                blocks[-1] = List((*listed.items, line.text), listed.ordered)
            case ((Kind.PARAGRAPH | Kind.SOURCE), _):
                blocks.append(Paragraph(line.text))
            case Kind.HEADING, _:
                blocks.append(Heading(line.text))
            case Kind.QUOTE, _:
                blocks.append(Quote(line.text))
            case ((Kind.BULLET | Kind.NUMBER), _):
                blocks.append(List((line.text,), line.kind is Kind.NUMBER))
        above = line.kind
    return tuple(blocks)


def settle(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines in the one order prose has: every quote with its source, no source alone, no idle `begins`."""
    settled: list[Line] = []
    for line in lines:
        above = settled[-1] if settled else None
        if above is not None and above.kind is Kind.QUOTE and line.kind is not Kind.SOURCE:
            above = Line(Kind.SOURCE)
            settled.append(above)
        if line.kind is Kind.SOURCE and (above is None or above.kind is not Kind.QUOTE):
            settled.append(Line(Kind.PARAGRAPH, line.text))
        elif line.kind is Kind.SOURCE:
            settled.append(Line(Kind.SOURCE, join((Span(plain(line.text)),))))
        elif line.begins and (line.kind not in ITEMS or above is None or above.kind is not line.kind):
            settled.append(Line(line.kind, line.text))
        else:
            settled.append(line)
    if settled and settled[-1].kind is Kind.QUOTE:
        settled.append(Line(Kind.SOURCE))
    return tuple(settled)


def units(text: str) -> int:
    """Count characters as Qt counts positions: in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def length(line: Line) -> int:
    """Return how long a line is, in positions of a text surface."""
    return units(plain(line.text))


def cut(running: Text, offset: int) -> tuple[Text, Text]:
    """Cut running text in two at an offset in UTF-16 code units; never inside a character."""
    head: list[Span] = []
    left = offset
    for number, span in enumerate(running):
        size = units(span.text)
        if size > left:
            at = _index(span.text, left)
            looks = (span.bold, span.italic, span.href)
            tail = (Span(span.text[at:], *looks), *running[number + 1 :])
            return join((*head, Span(span.text[:at], *looks))), join(tail)
        head.append(span)
        left -= size
    return join(head), ()


def _index(text: str, offset: int) -> int:
    seen = 0
    for index, character in enumerate(text):
        if seen >= offset:
            return index
        seen += units(character)
    return len(text)
