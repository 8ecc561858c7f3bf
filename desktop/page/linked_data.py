"""The page for machines: schema.org LiveBlogPosting as JSON-LD, no nulls, times with the zone's offset."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from markupsafe import Markup

from desktop.domain import clock, moment
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, words_of
from desktop.page.house import House
from desktop.page.layout import changed_at

# What could end the script element, or start a comment in it; JSON reads the escapes as the same characters.
_ESCAPES = {
    b"<": b"\\u003c",
    b">": b"\\u003e",
    b"&": b"\\u0026",
    "\u2028".encode(): b"\\u2028",
    "\u2029".encode(): b"\\u2029",
}
_EXCERPT = 240


def as_data(value: object) -> bytes:
    """Write JSON that can stand inside a script element."""
    written = orjson.dumps(value)
    for unsafe, escape in _ESCAPES.items():
        written = written.replace(unsafe, escape)
    return written


def as_script_data(value: object) -> Markup:
    """Write JSON as markup for the inside of a script element."""
    return Markup(as_data(value).decode())  # noqa: S704 - escaped right here


def linked_data(
    coverage: Coverage,
    updates: Sequence[bytes],
    house: House,
    address: str,
    first: datetime | None,
    last: datetime | None,
) -> Markup:
    """Write the LiveBlogPosting of one page around its `updates`, the newest first, as `update_data` wrote them.

    `address` is the page's absolute one, "" when it is not known; `first` is when its oldest entry was published.
    """
    zone = coverage.zone
    start, end = clock.started_at(coverage.clock), clock.ended_at(coverage.clock)
    publisher = {"@type": "Organization", "name": house.publisher}
    around = as_data(
        _lean(
            {
                "@context": "https://schema.org",
                "@type": "LiveBlogPosting",
                "headline": coverage.headline,
                "description": coverage.description,
                "url": address,
                "mainEntityOfPage": address,
                "inLanguage": house.language,
                "coverageStartTime": _local(start, zone),
                "coverageEndTime": _local(end, zone),
                "datePublished": _local(start or first, zone),
                "dateModified": _local(last, zone),
                "author": publisher,
                "publisher": publisher,
            }
        )
    )
    joined = around[:-1] + b',"liveBlogUpdate":[' + b",".join(updates) + b"]}" if updates else around
    return Markup(joined.decode())  # noqa: S704 - each part was escaped when it was written


def update_data(entry: Entry, house: House, zone: str, address: str) -> bytes:
    """Write one entry's BlogPosting; `address` is its permalink."""
    withdrawal = entry.withdrawal
    authors = [{"@type": "Person", "name": name} for name in entry.byline if name.strip()]
    corrections = [] if withdrawal else [_correction(each.text, each.at, zone) for each in entry.corrections]
    if withdrawal:
        corrections = [_correction(withdrawal.reason, withdrawal.at, zone)]
    return as_data(
        _lean(
            {
                "@type": "BlogPosting",
                "headline": house.word("copy.withdrawn_headline") if withdrawal else _headline(entry),
                "datePublished": _local(entry.at, zone),
                "dateModified": _local(changed_at(entry), zone),
                "author": authors or [{"@type": "Organization", "name": house.publisher}],
                "url": address,
                "correction": corrections,
            }
        )
    )


def _headline(entry: Entry) -> str:
    """Return what machines call an entry; one without a headline goes by how it begins."""
    return entry.headline.strip() or " ".join(words_of(entry).split())[:_EXCERPT]


def _correction(said: str, at: datetime, zone: str) -> dict[str, Any]:
    return _lean({"@type": "CorrectionComment", "text": said, "datePublished": _local(at, zone)})


def _local(at: datetime | None, zone: str) -> str | None:
    return at.astimezone(moment.zone(zone)).isoformat(timespec="seconds") if at else None


def _lean(value: dict[str, Any]) -> dict[str, Any]:
    return {name: member for name, member in value.items() if member}
