"""Entries become the lines of a page, as readers without pictures and scripts would copy them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

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
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, number_embeds
from desktop.domain.text import Text
from desktop.page.house import House
from desktop.page.prose import is_external, safe_address

_INDENT = "    "


def page_lines(coverage: Coverage, entries: Iterable[Entry], house: House) -> Iterator[str]:
    """Write the summary, then the entries in the order they come in, numbered from 1; blank lines between blocks."""
    if coverage.summary:
        yield from (house.word("copy.summary_heading"), "")
        for point in coverage.summary:
            yield from (f"  • {_line(point.text)}", "")
    for number, entry in enumerate(entries, 1):
        yield f"  {number}. {_headline(entry, house)}{house.published_at(entry.at, coverage.zone)}"
        yield ""
        for lines in _body(entry, coverage.zone, house):
            yield from (f"{_INDENT}{line}" for line in lines)
            yield ""


def _headline(entry: Entry, house: House) -> str:
    return house.word("copy.withdrawn_headline") if entry.withdrawal else _line(entry.headline)


def _body(entry: Entry, zone: str, house: House) -> Iterator[list[str]]:
    if entry.withdrawal:
        said = house.words("copy.withdrawn", at=entry.withdrawal.at, zone=zone)
        yield [f"{said} {_line(entry.withdrawal.reason)}"]
        return
    if entry.edited_at:
        yield [house.words("time.updated_at", at=entry.edited_at, zone=zone)]
    if entry.byline:
        yield [house.words("copy.byline", names=house.listed(entry.byline))]
    numbers = number_embeds(entry)
    for index, block in enumerate(entry.blocks):
        number, total = numbers.get(index, (1, 1))
        lines = _embed(block, zone, house, number, total) if isinstance(block, Embed) else _block(block, house)
        yield from ([line for line in group if line] for group in lines)
    for correction in entry.corrections:
        yield [f"{house.words('copy.correction', at=correction.at, zone=zone)} {_line(correction.text)}"]


def _block(block: Block, house: House) -> Iterator[list[str]]:
    match block:
        case Paragraph() | Heading():
            yield [_text(block.text, house)]
        case List():
            for count, item in enumerate(block.items, 1):
                yield [f"{f'{count}.' if block.ordered else '•'} {_text(item, house)}"]
        case Quote():
            source = house.words("copy.quote_source", source=_line(block.source)) if block.source else ""
            yield [_text(block.text, house)]
            yield [source]
        case Image():
            yield from _image(block, house)
        case Gallery():
            for image in block.images:
                yield from _image(image, house)
        case Video():
            yield from _video(block, house)
        case ContentWarning() | VerificationNote():
            yield [_line(block.text)]
        case Embed() | InternalNote():
            # Embeds are numbered within their entry and written there; a desk's notes never leave it.
            pass


def _image(image: Image, house: House) -> Iterator[list[str]]:
    credit = house.words("copy.image_source", credit=_line(image.credit)) if image.credit else ""
    alt = "" if image.decorative else _line(image.alt)
    if image.caption:
        yield [alt + credit, house.word("copy.image_caption")]
        yield [_line(image.caption)]
    else:
        yield [alt + credit]


def _video(video: Video, house: House) -> Iterator[list[str]]:
    if video.caption:
        yield [house.word("copy.media_caption")]
        yield [_line(video.caption)]
    if video.credit:
        yield [house.words("copy.media_source", credit=_line(video.credit))]


def _embed(embed: Embed, zone: str, house: House, number: int, total: int) -> Iterator[list[str]]:
    said = house.embed_words(embed, number, total)
    author = _line(embed.author)
    if embed.posted_at:
        author = house.words("embed.posted", author=author, at=embed.posted_at, zone=zone).strip(" ,")
    quoted = [*(_line(line) for line in embed.quoted.split("\n")), author]
    if any(quoted):
        yield [said["unavailable"], *quoted, said["original"], said["disclaimer"], said["skip"]]
    else:
        yield [said["unavailable"] + said["original"], said["disclaimer"], said["skip"]]
    yield [said["question"]]
    yield [said["permission"]]
    yield [said["disclaimer"], said["end"]]


def _text(running: Text, house: House) -> str:
    """Write running text; a link that leaves the house is followed by the word that says so, as it is read out."""
    said = []
    for href, spans in groupby(running, key=lambda span: span.href):
        words = "".join(span.text for span in spans)
        leaves = bool(safe_address(href)) and is_external(href, house.hosts) and bool(words.strip())
        said.append(f"{words}, {house.word('copy.external')}" if leaves else words)
    return _line("".join(said))


def _line(words: str) -> str:
    """Lay words that were broken over lines on one: a line of the text form is one paragraph."""
    return " ".join(part for part in (each.strip() for each in words.split("\n")) if part)
