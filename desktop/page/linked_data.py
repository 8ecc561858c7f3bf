"""The page for machines: schema.org LiveBlogPosting as JSON-LD, no nulls, times with the zone's offset."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from desktop.domain import clock, moment
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.page.house import House

# What could end the script element, or start a comment in it; JSON reads the escapes as the same characters.
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_script_data(value: object) -> Markup:
    """Write JSON that can stand inside a script element."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_ESCAPES.get(each, each) for each in written))  # noqa: S704 - escaped right here


def linked_data(
    coverage: Coverage, entries: Sequence[Entry], house: House, address: Callable[[Entry], str], last: datetime | None
) -> Markup:
    """Write the LiveBlogPosting of the entries on one page; `address` gives an entry's permalink."""
    zone = coverage.zone
    start, end = clock.started_at(coverage.clock), clock.ended_at(coverage.clock)
    publisher = {"@type": "Organization", "name": house.publisher}
    return as_script_data(
        _lean(
            {
                "@context": "https://schema.org",
                "@type": "LiveBlogPosting",
                "headline": coverage.headline,
                "description": coverage.description,
                "inLanguage": house.language,
                "coverageStartTime": _local(start, zone),
                "coverageEndTime": _local(end, zone),
                "datePublished": _local(start or (entries[-1].at if entries else None), zone),
                "dateModified": _local(last, zone),
                "author": publisher,
                "publisher": publisher,
                "liveBlogUpdate": [_update(entry, house, zone, address(entry)) for entry in entries],
            }
        )
    )


def _update(entry: Entry, house: House, zone: str, address: str) -> dict[str, Any]:
    withdrawal = entry.withdrawal
    changes = [entry.at, entry.edited_at, withdrawal and withdrawal.at, *(each.at for each in entry.corrections)]
    authors = [{"@type": "Person", "name": name} for name in entry.byline]
    return _lean(
        {
            "@type": "BlogPosting",
            "headline": house.word("copy.withdrawn_headline") if withdrawal else entry.headline,
            "datePublished": _local(entry.at, zone),
            "dateModified": _local(max(each for each in changes if each), zone),
            "author": authors or [{"@type": "Organization", "name": house.publisher}],
            "url": address,
            "correction": [
                {"@type": "CorrectionComment", "text": each.text, "datePublished": _local(each.at, zone)}
                for each in entry.corrections
                if not withdrawal
            ]
            + ([{"@type": "CorrectionComment", "text": withdrawal.reason}] if withdrawal else []),
        }
    )


def _local(at: datetime | None, zone: str) -> str | None:
    return at.astimezone(moment.zone(zone)).isoformat(timespec="seconds") if at else None


def _lean(value: dict[str, Any]) -> dict[str, Any]:
    return {name: member for name, member in value.items() if member}
