"""Looks over an entry before it is published: what readers must not get, and what the desk should look at."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

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
    images,
    words,
)
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, is_empty
from desktop.domain.problem import Problem
from desktop.domain.text import Text
from desktop.domain.words import tr

LINK_SCHEMES: Final = frozenset({"http", "https", "mailto"})
# A link inside the publisher's own site, or inside the page.
_INSIDE: Final = re.compile(r"/(?![/\\])|#")
_TOKENS = re.compile(r"\b(DO NOT PUB(?:LISH)?|TK|XX+)\b")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


class Severity(StrEnum):
    """Whether a finding stops an entry from going on air."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right: a full sentence, and the index of the block it is about (None for the whole entry)."""

    severity: Severity
    sentence: str
    block: int | None = None


class NotReady(Problem):
    """An entry that must not go on air as it is."""


def check(entry: Entry, *, has_media: Callable[[str], bool], has_policy: Callable[[str], bool]) -> tuple[Finding, ...]:
    """Look over one entry, blockers first.

    `has_media` tells whether a file is here by its SHA-256; `has_policy` whether a provider has a policy on file.
    """
    found: list[Finding] = []
    if is_empty(entry):
        found.append(Finding(Severity.BLOCK, tr("The entry is empty.")))
    elif not entry.headline.strip():
        found.append(Finding(Severity.WARN, tr("The entry has no headline.")))
    found += _tokens(entry.headline, None)
    for index, block in enumerate(entry.blocks):
        found += (
            Finding(severity, sentence, index)
            for severity, sentence in _in_block(block, has_media=has_media, has_policy=has_policy)
        )
        found += _tokens(words(block), index)
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK))


def blockers(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop an entry from going on air."""
    return tuple(finding for finding in findings if finding.severity is Severity.BLOCK)


def unsupported_figures(coverage: Coverage, said: str) -> tuple[str, ...]:
    """Return the figures in the summary that stand nowhere in `said`, the words of the entries it sums up."""
    known = set(_FIGURE.findall(said))
    wanted = (figure for point in coverage.summary for figure in _FIGURE.findall(point.text))
    return tuple(dict.fromkeys(figure for figure in wanted if figure not in known))


_Said = tuple[Severity, str]


def _in_block(block: Block, *, has_media: Callable[[str], bool], has_policy: Callable[[str], bool]) -> Iterator[_Said]:
    for text in _texts(block):
        yield from _links(text)
    for image in images(block):
        yield from _image(image, has_media)
    match block:
        case Video() if not block.address and (block.media is None or not has_media(block.media)):
            yield Severity.BLOCK, tr("The video has no file.")
        case Video() if block.captions is not None and not has_media(block.captions):
            yield Severity.BLOCK, tr("The captions of the video are missing.")
        case Video() if block.media is not None and block.captions is None:
            yield Severity.WARN, tr("The video has no captions.")
        case Embed() if not block.address:
            yield Severity.BLOCK, tr("The embed has no address.")
        case Embed() if not has_policy(block.provider):
            yield Severity.WARN, tr("No policy is on file for this embed’s provider.")
        case ContentWarning() | VerificationNote() if not block.text.strip():
            yield Severity.BLOCK, tr("The note to readers is empty.")
        case _:
            pass


def _texts(block: Block) -> tuple[Text, ...]:
    match block:
        case Paragraph() | Heading() | Quote():
            return (block.text,)
        case List():
            return block.items
        case Image() | Gallery() | Video() | Embed() | ContentWarning() | VerificationNote() | InternalNote():
            return ()


def _image(image: Image, has_media: Callable[[str], bool]) -> Iterator[_Said]:
    if image.media is None:
        yield Severity.BLOCK, tr("The picture has no file.")
    elif not has_media(image.media):
        yield Severity.BLOCK, tr("The picture’s file is missing.")
    if not image.alt.strip() and not image.decorative:
        yield Severity.BLOCK, tr("The picture has no alt text and is not marked decorative.")
    if not image.credit.strip():
        yield Severity.WARN, tr("The picture has no image source.")


def _links(text: Text) -> Iterator[_Said]:
    for span in text:
        if span.href and not _INSIDE.match(span.href) and urlsplit(span.href).scheme.lower() not in LINK_SCHEMES:
            yield (
                Severity.BLOCK,
                tr("The link on “{text}” goes to an address readers cannot open.").format(text=span.text[:40]),
            )


def _tokens(text: str, block: int | None) -> list[Finding]:
    return [
        Finding(Severity.BLOCK, tr("“{token}” still stands in the text.").format(token=token), block)
        for token in dict.fromkeys(_TOKENS.findall(text))
    ]
