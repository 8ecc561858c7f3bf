"""A page of another system: HTML or JSON-LD that carries a schema.org LiveBlogPosting."""

import codecs
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from desktop.domain import moment
from desktop.domain.clock import Clock, ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.domain.progress import counted
from desktop.domain.text import clean
from desktop.domain.timeline import newest_first
from desktop.domain.words import tr
from desktop.exchange import live_blog_data
from desktop.exchange.imported import Imported, Unplaced
from desktop.exchange.live_blog_data import LiveBlog, first
from desktop.exchange.live_blog_update import Update, plain_words, read_time, read_update
from desktop.exchange.markup import Node, parse
from desktop.page import profile
from desktop.page.house import House

MAX_BYTES: Final = 10_000_000

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_STARTS: Final = re.compile(
    r"<(?:!doctype\s+html|!--|\?xml|html|head|body|meta|title|script|main|article|div)\b", re.IGNORECASE
)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9._-]{2,20})")
_CHARSETS: Final = frozenset({"windows-1252", "iso-8859-1", "iso-8859-15", "windows-1251", "windows-1256", "shift_jis"})
_BEGINNING: Final = 4_096


def is_one(data: bytes) -> bool:
    """Tell whether a file is HTML, or JSON-LD rather than any other JSON."""
    start = _decoded(data[:_BEGINNING], errors="ignore").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return bool(_STARTS.match(start))
    if not start.startswith(("{", "[")) or b"@type" not in data or len(data) > MAX_BYTES:
        return False
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, list) or (isinstance(value, dict) and "form" not in value)


def read(data: bytes, house: House | None = None, title: str | None = None) -> Imported:
    """Read the page; raises InvalidValue when it carries no LiveBlogPosting, is too large or is nested too deep.

    An update's words are its `articleBody`, or where it has none the element its `url` points at inside the page.
    Markup becomes blocks and is not kept; nothing is fetched. What finds no place is a note of the desk at the end of
    its entry, and is listed.
    """
    if len(data) > MAX_BYTES:
        message = tr("The file is larger than {megabytes} MB, the most a page may have.").format(
            megabytes=MAX_BYTES // 1000000
        )
        raise InvalidValue(message, done=tr("Nothing was imported."))
    text = _text(data)
    is_html = text.lstrip().startswith("<")
    page = parse(text) if is_html else Node("")
    found = live_blog_data.live_blogs(live_blog_data.scripts(page) if is_html else [(1, text)])
    if not found:
        message = tr("This page carries no live blog that machines can read.")
        raise InvalidValue(
            message,
            detail=tr("It holds no LiveBlogPosting of schema.org."),
            done=tr("Nothing was imported."),
            next_action=tr("Copy the page's text into a file and import that."),
        )
    return _imported(found[0], _places(page), house, title, found[1:])


def _imported(
    blog: LiveBlog, places: Mapping[str, Node], house: House | None, title: str | None, others: list[LiveBlog]
) -> Imported:
    worded = house or House.shipped()
    zone = worded.zone
    base = first(blog.values.get("url")) or first(blog.values.get("mainEntityOfPage"))
    unplaced = [Unplaced(each.line, f"{live_blog_data.LIVE_BLOG}: {_headline(each.values)}") for each in others]
    start = read_time(blog.values.get("coverageStartTime"), zone) or read_time(blog.values.get("datePublished"), zone)
    known, dated = start, list[tuple[datetime, Update]]()
    for value in counted(tr("Reading updates"), blog.updates[::-1]):  # the newest come first, nearly everywhere
        place = places.get(_fragment(first(value.get("url")) or first(value.get("@id"))))
        update = read_update(value, worded, zone, base, place, blog.line)
        if update.at is None:
            unplaced.append(
                Unplaced(blog.line, f"{update.headline or '…'}: {first(value.get('datePublished')) or '?'}")
            )
        known = update.at or known or moment.now()
        dated.append((known, update))
    unplaced += [Unplaced(left.line, left.words) for _, update in dated for left in update.leftovers]
    dated.sort(key=lambda pair: pair[0])
    coverage_id = new_id()
    entries = tuple(_entry(update, at, coverage_id) for at, update in dated)
    end = read_time(blog.values.get("coverageEndTime"), zone)
    coverage = Coverage(
        id=coverage_id,
        headline=clean((title or "").strip()) or _headline(blog.values) or "…",
        zone=zone,
        house=worded.name if worded.name in profile.shipped_names() else "default",
        description=plain_words(first(blog.values.get("description"))),
        clock=_clock(start, end, entries),
    )
    is_shipped = worded.name in profile.shipped_names() and worded == House.shipped(worded.name)
    return Imported(
        coverage=coverage,
        entries=newest_first(entries),
        unplaced=tuple(unplaced),
        house=None if is_shipped else worded.to_json(),
    )


def _entry(update: Update, at: datetime, coverage_id: Any) -> Entry:
    return Entry(
        id=new_id(),
        coverage_id=coverage_id,
        at=at,
        headline=update.headline,
        blocks=update.blocks,
        stage=Stage.READY,
        byline=update.byline,
        edited_at=update.edited_at if update.edited_at and update.edited_at > at else None,
        corrections=update.corrections,
        withdrawal=update.withdrawal,
    )


def _clock(start: datetime | None, end: datetime | None, entries: tuple[Entry, ...]) -> Clock:
    """Start when the page says, at the latest with its first entry; end when its end is past: many name one ahead."""
    begun = min(filter(None, (start, entries[0].at if entries else None)), default=None)
    if begun is None:
        return ()
    last = max((entry.at for entry in entries), default=begun)
    has_ended = end is not None and last <= end <= moment.now()
    started = ClockEvent(ClockTurn.STARTED, begun)
    return (started, ClockEvent(ClockTurn.ENDED, end)) if has_ended and end else (started,)


def _headline(values: Mapping[str, Any]) -> str:
    return plain_words(first(values.get("headline")) or first(values.get("name")))


def _places(page: Node) -> dict[str, Node]:
    """Return the elements an update's address can point at, by id."""
    found: dict[str, Node] = {}
    for node in page.walk():
        if node.attributes.get("id"):
            found.setdefault(node.attributes["id"], node)
    return found


def _fragment(address: str) -> str:
    try:
        return unquote(urlsplit(address).fragment)
    except ValueError:
        return ""


def _text(data: bytes) -> str:
    try:
        return _decoded(data)
    except (UnicodeDecodeError, LookupError) as error:
        message = tr("The letters of this page cannot be read.")
        raise InvalidValue(message, next_action=tr("Save it as UTF-8 and import that.")) from error


def _decoded(data: bytes, errors: str = "strict") -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not marked:
        said = _CHARSET.search(data[:_BEGINNING])
        named = said[1].decode().lower() if said else ""
        marked = named if named in _CHARSETS else "utf-8"
    return data.decode(marked, errors).removeprefix("\ufeff")
