"""The page as a mail: what we know and the newest updates in words, as simple HTML and as plain text.

Nothing in it is loaded from anywhere: no picture, no style sheet, no script. Mail programs cut a message that is
longer than about 100 kB, so it stays below.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, tostring

from desktop.domain import clock
from desktop.domain.entry import Entry
from desktop.domain.timeline import newest_first
from desktop.page.layout import Layout
from desktop.page.simple_markup import add, add_entry, lines
from desktop.page.site import Site

MAX_BYTES: Final = 100_000
NEWEST: Final = 10

_RESERVED: Final = 2_000
_LINE: Final = 76
_FACE: Final = "max-width:36em;margin:0 auto;padding:1em;font:1em/1.5 Georgia,serif"


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail's two forms, which say the same."""

    html: bytes
    text: bytes


def digest(site: Site) -> Digest:
    """Write the digest of a page; entries that would make it too long keep their headline and time alone."""
    body = Element("body", {"style": _FACE})
    _add_front(body, site)
    room = MAX_BYTES - _RESERVED - len(_html(body, site))
    for entry in newest_first(site.entries)[:NEWEST]:
        whole, short = _update(site, entry, whole=True), _update(site, entry, whole=False)
        chosen = whole if _size(whole) <= room else short
        room -= _size(chosen)
        if room < 0:
            break
        body.extend(chosen)
    return Digest(_html(body, site), _text(body))


def _add_front(body: Element, site: Site) -> None:
    coverage, house = site.coverage, site.house
    state = clock.state(coverage.clock)
    if site.mark:
        add(add(body, "p"), "strong", house.words("rehearsal.banner"))
    add(body, "p", f"{house.publisher} · {house.word(f'state.{state.value}')}")
    add(body, "h1", coverage.headline)
    if coverage.description:
        add(body, "p", coverage.description)
    if coverage.summary:
        add(body, "h2", house.word("copy.summary_heading"))
        listed = add(body, "ul")
        for point in coverage.summary:
            add(listed, "li", point.text)
    add(body, "h2", house.word("copy.updates_heading"))
    if not site.entries:
        add(body, "p", house.word("copy.no_entries"))


def _update(site: Site, entry: Entry, *, whole: bool) -> Element:
    house, zone = site.house, site.coverage.zone
    held = Element("div")
    headline = house.word("copy.withdrawn_headline") if entry.withdrawal else entry.headline
    address = house.page_address(site.coverage.id)
    permalink = Layout(house.entries_per_page, site.entries).permalink(entry.id)
    if address:
        add(add(held, "h3"), "a", headline, href=address + permalink)
    else:
        add(held, "h3", headline)
    stamp = [house.published_at(entry.at, zone)]
    if entry.edited_at and not entry.withdrawal:
        stamp.append(house.words("time.updated_at", at=entry.edited_at, zone=zone))
    if entry.byline and not entry.withdrawal:
        stamp.append(house.words("copy.byline", names=house.listed(entry.byline)))
    add(add(held, "p"), "small", "\n".join(stamp))
    if whole:
        add_entry(held, entry, house, zone)
    return held


def _size(element: Element) -> int:
    return len(tostring(element, encoding="utf-8", method="html"))


def _html(body: Element, site: Site) -> bytes:
    top = Element("html", {"lang": site.house.language, "dir": site.house.direction})
    head = add(top, "head")
    add(head, "meta", charset="utf-8")
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "title", f"{site.coverage.headline} · {site.house.publisher}")
    top.append(body)
    written: bytes = tostring(top, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + written + b"\n"


def _text(body: Element) -> bytes:
    return ("\n\n".join(_paragraphs(body)) + "\n").encode()


def _paragraphs(body: Element) -> Iterator[str]:
    """Yield paragraphs wrapped as mails are; an address is never broken."""
    for element in body:
        told = [_wrapped(line) for line in lines([element])]
        match element.tag:
            case "h1" | "h2":
                mark = "=" if element.tag == "h1" else "-"
                yield "\n".join([*told, mark * max(len(line) for line in told[-1].split("\n"))])
            case "blockquote":
                yield "\n>\n".join(told)
            case _:
                yield "\n".join(told)


def _wrapped(line: str) -> str:
    indent = "> " if line.startswith("> ") else "  " if line.startswith("• ") else ""
    return "\n".join(
        textwrap.wrap(line, _LINE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    )
