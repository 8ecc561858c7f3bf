"""Sentences with holes: `{name}`, `{ n}` and, where a sentence tells a time, date patterns such as `{d MMMM yyyy}`."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel import Locale
from babel.dates import format_datetime, parse_pattern

_HOLE = re.compile(r"\{(?P<space> ?)(?P<inside>[^{}]*)\}")
_BRACES = re.compile(r"[{}]")
# The fields of CLDR's date patterns that make sense to readers; anything else in braces is a misspelt variable.
_DATE_LETTERS: Final = frozenset("yMLdEecabBhHKkms")
_FIELD = re.compile(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']+")
_NUMERIC: Final = {"y": r"\d{4}", "M": r"\d{1,2}", "L": r"\d{1,2}", "d": r"\d{1,2}"}
_LETTERS_OF_A_NAME = 3


class TemplateInvalid(ValueError):
    """A sentence whose holes are not in order; its text says why."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A variable. A spaced one brings its leading space along, and only when it has something to say."""

    name: str
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date pattern of CLDR."""

    pattern: str


Part = str | Hole | Stamp
Template = tuple[Part, ...]


def parse(written: str, variables: Collection[str], *, dated: bool = False) -> Template:
    """Cut a sentence at its holes; `dated` ones may hold date patterns. Raises TemplateInvalid."""
    parts: list[Part] = []
    end = 0
    for hole in _HOLE.finditer(written):
        parts.append(written[end : hole.start()])
        parts.append(_hole(hole["inside"], bool(hole["space"]), variables, dated=dated))
        end = hole.end()
    parts.append(written[end:])
    if any(isinstance(part, str) and _BRACES.search(part) for part in parts):
        message = "a brace is not closed or not opened"
        raise TemplateInvalid(message)
    return tuple(part for part in parts if part != "")


def holes(template: Template) -> frozenset[str]:
    """Name the variables of a sentence."""
    return frozenset(part.name for part in template if isinstance(part, Hole))


def has_stamp(template: Template) -> bool:
    """Tell whether a sentence tells a date or a time."""
    return any(isinstance(part, Stamp) for part in template)


def fill(
    template: Template, values: Mapping[str, str], at: datetime | None = None, locale: Locale | None = None
) -> str:
    """Write a sentence out; `at`, in the reader's zone, is what its date patterns tell."""
    return "".join(words for _, words in pieces(template, values, at, locale))


def pieces(
    template: Template, values: Mapping[str, str], at: datetime | None = None, locale: Locale | None = None
) -> Iterator[tuple[str, str]]:
    """Write a sentence out piece by piece: (variable or "", words), so that a variable can become a link."""
    for part in template:
        match part:
            case str():
                yield "", part
            case Hole():
                words = values.get(part.name, "")
                yield part.name, f" {words}" if part.spaced and words else words
            case Stamp():
                yield "", format_datetime(at, part.pattern, locale=locale) if at else ""


def to_pattern(template: Template, known: Mapping[str, str], locale: Locale) -> re.Pattern[str]:
    """Compile a sentence into a pattern that finds it in text.

    `known` holds regular expressions for variables that cannot say anything; all others become named groups.
    Date fields are groups named by their letter (`y`, `M`, `d`, `H`, `m`). Runs of blanks match each other, case
    does not matter. A variable that stands twice must say the same twice.
    """
    seen: set[str] = set()
    return re.compile("".join(_part_pattern(part, known, locale, seen) for part in template), re.IGNORECASE)


def month_of(name: str, locale: Locale) -> int:
    """Return the number of a month written in letters or digits, 0 when it is no month."""
    if name.isdigit():
        return int(name)
    for number, words in _month_names(locale):
        if words.casefold() == name.casefold():
            return number
    return 0


def _hole(inside: str, spaced: bool, variables: Collection[str], *, dated: bool) -> Part:  # noqa: FBT001 - private, read off the hole
    if inside in variables:
        return Hole(inside, spaced)
    letters = {match[1] for match in _FIELD.finditer(inside) if match[1]}
    if not dated or spaced or not letters or not letters <= _DATE_LETTERS:
        message = f"“{{{' ' if spaced else ''}{inside}}}” is not a variable of this sentence"
        message += " and not a date pattern" if dated else ""
        raise TemplateInvalid(message)
    try:
        parse_pattern(inside)
    except (ValueError, KeyError) as error:
        message = f"“{{{inside}}}” is not a date pattern"
        raise TemplateInvalid(message) from error
    return Stamp(inside)


def _part_pattern(part: Part, known: Mapping[str, str], locale: Locale, seen: set[str]) -> str:
    match part:
        case str():
            return _loose(part)
        case Hole():
            inner = known.get(part.name)
            if inner is None and part.name in seen:
                return f"(?P={part.name})"
            seen.add(part.name)
            found = inner if inner is not None else f"(?P<{part.name}>{r'[0-9]+' if part.name == 'n' else '.+?'})"
            return rf"(?:\s+{found})?" if part.spaced else found
        case Stamp():
            return "".join(_field_pattern(field, locale, seen) for field in _FIELD.finditer(part.pattern))


def _field_pattern(field: re.Match[str], locale: Locale, seen: set[str]) -> str:
    letter, length = field[1], len(field[0])
    if not letter:
        return _loose(field[0].strip("'") if field[0] != "''" else "'")
    if letter in seen:
        return r"[^\s,]+"
    seen.add(letter)
    if letter in "ML" and length >= _LETTERS_OF_A_NAME:
        names = sorted({words for _, words in _month_names(locale)}, key=len, reverse=True)
        return f"(?P<{letter}>{'|'.join(re.escape(name) for name in names)})"
    if letter in "Eeca":
        return rf"(?P<{letter}>[^\W\d]+\.?)"
    return f"(?P<{letter}>{_NUMERIC.get(letter, r'[0-9]{1,2}')})"


def _month_names(locale: Locale) -> list[tuple[int, str]]:
    return [
        (number, words)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, words in locale.months[context][width].items()
    ]


def _loose(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", words))
