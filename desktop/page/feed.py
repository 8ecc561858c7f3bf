"""The page as an Atom feed (RFC 4287): every entry, its corrections and withdrawals, in simple markup."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID
from xml.etree.ElementTree import Element, tostring

from desktop.domain import moment
from desktop.domain.blocks import Image
from desktop.domain.entry import Entry
from desktop.domain.timeline import newest_first
from desktop.page.layout import FRONT, Layout, changed_at
from desktop.page.simple_markup import add, add_entry
from desktop.page.site import PageFile, Site, media_path

FEED: Final = "feed.atom"
MEDIA_TYPE: Final = "application/atom+xml"

_NEWEST: Final = 100
_TIME_IN_ID: Final = 80
_SEVENTH: Final = 7


def feed(site: Site) -> PageFile:
    """Write the hundred entries that changed last, newest first.

    Its addresses are relative to its own where the profile does not say where pages are published.
    """
    coverage, house = site.coverage, site.house
    address = house.page_address(coverage.id)
    laid = Layout(house.entries_per_page, site.entries)
    top = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": house.language})
    add(top, "id", coverage.id.urn)
    add(top, "title", coverage.headline)
    if site.mark or coverage.description:
        add(top, "subtitle", house.words("rehearsal.banner") if site.mark else coverage.description)
    told = (laid.last, *(event.at for event in coverage.clock))
    last = max(filter(None, told), default=_made_at(coverage.id))
    add(top, "updated", _stamp(last, coverage.zone))
    add(top, "link", rel="self", type=MEDIA_TYPE, href=address + FEED)
    add(top, "link", rel="alternate", type="text/html", href=address or FRONT)
    add(add(top, "author"), "name", house.publisher)
    changed = sorted(site.entries, key=changed_at, reverse=True)[:_NEWEST]
    for entry in newest_first(changed):
        _add(top, site, entry, address, laid.permalink(entry.id))
    return PageFile(FEED, MEDIA_TYPE, tostring(top, encoding="utf-8", xml_declaration=True) + b"\n")


def _add(top: Element, site: Site, entry: Entry, address: str, permalink: str) -> None:
    house, zone = site.house, site.coverage.zone
    made = add(top, "entry")
    add(made, "id", entry.id.urn)
    add(made, "title", house.word("copy.withdrawn_headline") if entry.withdrawal else entry.headline)
    add(made, "published", _stamp(entry.at, zone))
    add(made, "updated", _stamp(changed_at(entry), zone))
    add(made, "link", rel="alternate", type="text/html", href=address + permalink)
    for name in () if entry.withdrawal else entry.byline:
        add(add(made, "author"), "name", name)
    content = add(made, "content", type="xhtml")
    body = add(content, "div", xmlns="http://www.w3.org/1999/xhtml", dir=house.direction)

    def own(image: Image) -> str:
        file = site.media.get(image.media) if image.media else None
        return address + media_path(file) if file else ""

    add_entry(body, entry, house, zone, own)


def _made_at(coverage_id: UUID) -> datetime:
    """Return when an id was made, which a feed with nothing in it yet may say it was updated."""
    if coverage_id.version != _SEVENTH:
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromtimestamp((coverage_id.int >> _TIME_IN_ID) / 1000, UTC)


def _stamp(at: datetime, zone: str) -> str:
    """Write a moment with the zone's offset; RFC 3339 has none with seconds, as zones of old had."""
    local = at.astimezone(moment.zone(zone))
    offset = local.utcoffset()
    return (at if offset is None or offset.seconds % 60 else local).isoformat(timespec="seconds")
