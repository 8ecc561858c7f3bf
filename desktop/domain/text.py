"""Running text: a tuple of spans, never HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

Text = tuple["Span", ...]

# Lone surrogates cannot be stored as UTF-8, NUL ends strings in C, and the rest of C0 has no meaning in prose.
_UNWANTED = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that look the same: bold, italic, and where a link on them goes ("" for none)."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


def clean(typed: str) -> str:
    """Return text as the console keeps it: U+FFFD for what no store can hold, one kind of line end.

    Lone surrogates and control characters but tab and line feed become U+FFFD; CR, CRLF, NEL, U+2028 and
    U+2029 become a line feed. Everything else is kept as it was typed.
    """
    return _UNWANTED.sub("\ufffd", _LINE_ENDS.sub("\n", typed))


def text(plain: str) -> Text:
    """Make running text of plain characters; empty characters give an empty text."""
    cleaned = clean(plain)
    return (Span(cleaned),) if cleaned else ()


def join(spans: Iterable[Span]) -> Text:
    """Return the same text with empty spans dropped and equal neighbours merged: the one normal form."""
    merged: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if merged and replace(merged[-1], text="") == replace(span, text=""):
            merged[-1] = replace(span, text=merged[-1].text + span.text)
        else:
            merged.append(span)
    return tuple(merged)


def plain(running: Text) -> str:
    """Return the characters of a text without their looks."""
    return "".join(span.text for span in running)
