import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.entry import Correction, Withdrawal
from desktop.exchange import linked_page, static_site
from desktop.exchange.live_blog_data import scripts
from desktop.exchange.markup import parse
from desktop.page.house import House
from desktop.page.site import Site
from tests.desktop.exchange.exported import sample

# What schema.org says of each type used here (release 29.3): its properties, and the types each may hold. Text,
# URL and DateTime are JSON strings; Text stands for Language and for XPath-free names too.
TEXT, URL, TIME, NUMBER = "Text", "URL", "DateTime", "Number"
TERMS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    kind: {name: frozenset(allowed.split()) for name, allowed in properties.items()}
    for kind, properties in {
        "LiveBlogPosting": {
            "headline": TEXT,
            "description": TEXT,
            "url": URL,
            "mainEntityOfPage": URL,
            "inLanguage": TEXT,
            "coverageStartTime": TIME,
            "coverageEndTime": TIME,
            "datePublished": TIME,
            "dateModified": TIME,
            "author": "Organization Person",
            "publisher": "Organization Person",
            "image": "ImageObject URL",
            "liveBlogUpdate": "BlogPosting",
        },
        "BlogPosting": {
            "headline": TEXT,
            "articleBody": TEXT,
            "datePublished": TIME,
            "dateModified": TIME,
            "author": "Organization Person",
            "url": URL,
            "image": "ImageObject URL",
            "correction": "CorrectionComment Text URL",
        },
        "CorrectionComment": {"text": TEXT, "datePublished": TIME},
        "ImageObject": {
            "contentUrl": URL,
            "description": TEXT,
            "caption": TEXT,
            "creditText": TEXT,
            "width": NUMBER,
            "height": NUMBER,
        },
        "Organization": {"name": TEXT, "url": URL},
        "Person": {"name": TEXT},
    }.items()
}


def faults(value: Any, allowed: frozenset[str], where: str) -> list[str]:
    """Compare a value with the terms; says where it is not as they have it."""
    if isinstance(value, list):
        return [fault for each in value for fault in faults(each, allowed, where)] or (
            [] if value else [f"{where}: empty"]
        )
    if isinstance(value, dict):
        kind = value.get("@type")
        if kind not in allowed or kind not in TERMS:
            return [f"{where}: {kind} is none of {sorted(allowed)}"]
        found = [
            f"{where}: {name} is no property of {kind}"
            for name in value.keys() - TERMS[kind].keys() - {"@type", "@context"}
        ]
        return found + [
            fault
            for name, terms in TERMS[kind].items()
            if name in value
            for fault in faults(value[name], terms, f"{where}.{name}")
        ]
    if isinstance(value, bool) or value is None or value == "":
        return [f"{where}: {value!r} says nothing"]
    if isinstance(value, int):
        return [] if NUMBER in allowed else [f"{where}: a number"]
    if TIME in allowed:
        return [] if datetime.fromisoformat(value).tzinfo else [f"{where}: {value} names no offset"]
    return [] if {TEXT, URL} & allowed else [f"{where}: a text"]


def page(shown: Site) -> Any:
    return json.loads(linked_page.write(shown))


def changed(shown: Site) -> Site:
    """The sample with a correction, a withdrawal and an end."""
    first, second, *others = shown.entries
    corrected = replace(first, corrections=(Correction("We first wrote it otherwise.", first.at),), edited_at=first.at)
    withdrawn = replace(second, withdrawal=Withdrawal("It was not so.", second.at))
    clock = (*shown.coverage.clock, ClockEvent(ClockTurn.ENDED, datetime(2026, 10, 17, tzinfo=UTC)))
    return replace(shown, entries=(corrected, withdrawn, *others), coverage=replace(shown.coverage, clock=clock))


@pytest.mark.parametrize(
    "shown", [sample(), changed(sample()), replace(sample(), entries=())], ids=["as is", "changed", "empty"]
)
def test_every_property_is_one_schema_org_has_there(shown: Site) -> None:
    assert faults(page(shown), frozenset({"LiveBlogPosting"}), "page") == []


def test_the_data_inside_every_page_are_as_schema_org_has_them(tmp_path: Path) -> None:
    static_site.write(changed(sample()), tmp_path / "out")
    pages = sorted((tmp_path / "out").glob("*.html"))
    assert len(pages) == 3
    for path in pages:
        (data,) = (written for _, written in scripts(parse(path.read_text(encoding="utf-8"))))
        assert faults(json.loads(data), frozenset({"LiveBlogPosting"}), path.name) == []


def test_the_terms_notice_what_is_wrong() -> None:
    for wrong in (
        {"@type": "LiveBlogPosting", "colour": "red"},
        {"@type": "LiveBlogPosting", "headline": None},
        {"@type": "LiveBlogPosting", "datePublished": "2026-10-16T12:00:00"},
        {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "Person", "name": "x"}]},
        {"@type": "LiveBlogPosting", "author": "x"},
        {"@type": "BlogPosting"},
    ):
        assert faults(wrong, frozenset({"LiveBlogPosting"}), "page") != []


def test_every_update_is_complete() -> None:
    shown = changed(sample())
    found = page(shown)
    assert len(found["liveBlogUpdate"]) == len(shown.entries)
    for update, entry in zip(found["liveBlogUpdate"], shown.entries, strict=True):
        assert {"headline", "datePublished", "dateModified", "author", "url"} <= update.keys()
        assert datetime.fromisoformat(update["datePublished"]) == entry.at
        assert update["datePublished"].endswith("+01:00")
    corrected, withdrawn = found["liveBlogUpdate"][:2]
    assert corrected["correction"][0]["text"] == "We first wrote it otherwise."
    assert withdrawn["correction"][0]["text"] == "It was not so."
    assert "articleBody" not in withdrawn
    assert shown.entries[1].headline not in json.dumps(withdrawn)
    assert found["coverageEndTime"] == "2026-10-17T01:00:00+01:00"


def test_offsets_change_with_the_clocks() -> None:
    shown = sample()
    before, after = datetime(2026, 10, 25, 0, 59, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    entries = (replace(shown.entries[0], at=after), replace(shown.entries[1], at=before))
    updates = page(replace(shown, entries=entries))["liveBlogUpdate"]
    assert [each["datePublished"] for each in updates] == ["2026-10-25T01:00:00+00:00", "2026-10-25T01:59:00+01:00"]
    india = replace(shown.coverage, zone="Asia/Kolkata")
    assert page(replace(shown, coverage=india))["liveBlogUpdate"][0]["datePublished"].endswith("+05:30")


def test_a_headline_that_ends_a_script_does_no_harm() -> None:
    shown = sample()
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    coverage = replace(shown.coverage, headline=hostile)
    written = linked_page.write(
        replace(shown, coverage=coverage, entries=(replace(shown.entries[0], headline=hostile),))
    )
    assert b"<" not in written
    assert "\u2028".encode() not in written
    assert json.loads(written)["headline"] == hostile


def test_addresses_are_absolute_where_the_page_is_known() -> None:
    shown = sample()
    values = {**shown.house.values, "publisher.address": "https://news.example/live/{page}/"}
    found = page(replace(shown, house=House.resolve("mine", values, "The house profile")))
    at = f"https://news.example/live/{shown.coverage.id}/"
    assert found["url"] == at
    assert all(update["url"].startswith(at) for update in found["liveBlogUpdate"])
    pictures = [picture for update in found["liveBlogUpdate"] for picture in update.get("image", ())]
    assert all(picture["contentUrl"].startswith(at + "media/") for picture in pictures if "contentUrl" in picture)
    assert any("contentUrl" in picture for picture in pictures)
