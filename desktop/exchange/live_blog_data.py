"""Finds the LiveBlogPosting of schema.org in a page's JSON-LD, whoever wrote it and however loosely."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from desktop.exchange.markup import Node

LIVE_BLOG: Final = "LiveBlogPosting"
MAX_UPDATES: Final = 10_000

_MAX_VALUES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class LiveBlog:
    """A LiveBlogPosting as it was found, its updates apart, and the line of the page its data begin at."""

    values: dict[str, Any]
    updates: tuple[dict[str, Any], ...]
    line: int


def live_blogs(scripts: Iterable[tuple[int, str]]) -> list[LiveBlog]:
    """Return every LiveBlogPosting in pieces of JSON-LD, each given with its line, the one with most updates first."""
    found = [
        LiveBlog(value, tuple(updates(value))[:MAX_UPDATES], line)
        for line, written in scripts
        for value in _objects(_read(written))
        if LIVE_BLOG in types(value)
    ]
    return sorted(found, key=lambda each: len(each.updates), reverse=True)


def scripts(page: Node) -> Iterator[tuple[int, str]]:
    """Yield the JSON-LD in a page, each piece with its line."""
    for node in page.walk():
        kind = node.attributes.get("type", "").partition(";")[0].strip().lower()
        if node.tag == "script" and kind == "application/ld+json":
            yield node.line, node.words()


def types(value: dict[str, Any]) -> list[str]:
    """Return the types of a thing without the address of their vocabulary."""
    return [each.rsplit("/", 1)[-1] for each in strings(value.get("@type"))]


def updates(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the updates of a live blog."""
    yield from things(value.get("liveBlogUpdate"))
    yield from things(value.get("blogPost"))


def things(value: object) -> Iterator[dict[str, Any]]:
    """Yield the things at a property, whether it holds one or a list."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def strings(value: object) -> list[str]:
    """Return the texts at a property, whether it holds one or a list."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def first(value: object) -> str:
    """Return the first text at a property, "" when there is none."""
    return next((each for each in strings(value) if each.strip()), "")


def names(value: object) -> list[str]:
    """Return what people and organisations at a property are called."""
    called = [first(each.get("name")) for each in things(value)]
    return [name.strip() for name in (*strings(value), *called) if name.strip()]


def _read(written: str) -> object:
    try:
        # Line ends inside texts are no JSON, but many pages have them.
        return json.loads(written, strict=False, parse_int=_whole, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        return None


def _whole(digits: str) -> int:
    return int(digits[:15])


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a value, outer ones first, without following it deeper than Python's stack."""
    waiting, seen = [value], 0
    while waiting and seen < _MAX_VALUES:
        each = waiting.pop()
        seen += 1
        if isinstance(each, dict):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
