"""The Atom feed, read by a feed reader's own parser."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import feedparser
import pytest

from desktop.domain.blocks import Embed, Image, Paragraph
from desktop.domain.entry import Withdrawal
from desktop.domain.text import text
from desktop.page.feed import FEED, feed
from desktop.page.house import House
from desktop.page.site import REHEARSAL, Site
from tests.desktop.page.harbour import entry, full_site, site

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SIMPLE = {"div", "p", "h4", "ul", "ol", "li", "blockquote", "a", "strong", "em", "small", "br", "img"}


def parsed(shown: Site) -> Any:
    found = feedparser.parse(feed(shown).data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def elements(shown: Site) -> Iterator[ET.Element]:
    return ET.fromstring(feed(shown).data).iter()  # noqa: S314 - our own feed


def test_a_feed_reader_takes_it_without_complaint() -> None:
    shown = full_site()
    found = parsed(shown)
    assert found.version == "atom10"
    assert found.feed.id == shown.coverage.id.urn
    assert found.feed.title == shown.coverage.headline
    assert found.feed.language == "en-GB"
    assert [each.id for each in found.entries] == [each.id.urn for each in shown.entries]
    assert {"self", "alternate"} == {link.rel for link in found.feed.links}


def test_times_are_those_of_the_zone() -> None:
    shown = full_site()
    summer = replace(shown, coverage=replace(shown.coverage, zone="Asia/Kolkata"))
    found = parsed(summer).entries[-1]
    assert found.published == "2026-03-14T17:35:00+05:30"
    for each, kept in zip(parsed(summer).entries, summer.entries, strict=True):
        assert datetime.fromisoformat(each.published) == kept.at


def test_what_changed_says_when() -> None:
    found = {each.id: each for each in parsed(full_site()).entries}
    corrected, withdrawn = found[UUID(int=3).urn], found[UUID(int=4).urn]
    assert corrected.updated == "2026-03-14T12:41:00+00:00"
    assert "We first wrote every five minutes." in corrected.content[0].value
    assert withdrawn.updated == "2026-03-14T12:50:00+00:00"
    assert withdrawn.title == full_site().house.word("copy.withdrawn_headline")
    assert "The photograph was of another bridge." in withdrawn.content[0].value
    assert b"nobody should read" not in feed(full_site()).data


def test_a_post_is_its_quotation_author_date_and_link_and_nothing_loads() -> None:
    shown = full_site()
    tags = {each.tag.removeprefix(XHTML) for each in elements(shown) if each.tag.startswith(XHTML)}
    assert tags <= SIMPLE
    assert all(each.get("src", "media/").startswith("media/") for each in elements(shown))
    told = next(each for each in parsed(shown).entries if each.id == UUID(int=2).urn).content[0].value
    for said in (
        "The cables are singing.",
        "Harbour desk, 14 March 2026",
        "https://twitter.com/harbour_desk/status/1234567890",
    ):
        assert said in told
    assert "Call the harbour master" not in told


def test_a_picture_without_its_file_is_told_in_words() -> None:
    shown = site(entry(1, "x", Image(alt="A heron on a post", credit="Quay Agency", caption="Thursday")))
    written = feed(shown).data.decode()
    assert "<img" not in written
    assert "[A heron on a post]" in written
    assert shown.house.words("copy.image_source", credit="Quay Agency") in written


def test_authors_are_people_or_the_publisher() -> None:
    found = {each.id: each for each in parsed(full_site()).entries}
    assert [author.name for author in found[UUID(int=1).urn].authors] == ["Ada Marsh", "Jo Tide"]
    assert parsed(full_site()).feed.author == full_site().house.publisher


@pytest.mark.parametrize("words", ["</title></feed><script>alert(1)</script>", "]]>&<!--", "\ufffe\uffff\x0b"])
def test_a_hostile_headline_stays_a_headline(words: str) -> None:
    shown = site(entry(1, words, Paragraph(text(words)), Embed("x", quoted=words, author=words), byline=(words,)))
    found = parsed(shown)
    assert len(found.entries) == 1
    titles = [each.text for each in elements(shown) if each.tag == f"{ATOM}title"]
    assert titles[1] == words.translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD, 0x0B: 0xFFFD})
    assert b"<script" not in feed(shown).data


def test_a_page_with_nothing_yet_is_a_feed() -> None:
    shown = site()
    assert parsed(replace(shown, coverage=replace(shown.coverage, clock=()))).entries == []
    made = UUID("019b0000-0000-7000-8000-000000000000")
    empty = replace(shown, coverage=replace(shown.coverage, id=made, clock=()))
    assert datetime.fromisoformat(parsed(empty).feed.updated).year == 2025


def test_of_many_entries_the_hundred_changed_last_are_in_it() -> None:
    many = [entry(number, f"Entry {number}") for number in range(1, 151)]
    many[0] = replace(many[0], withdrawal=Withdrawal("Late.", datetime(2026, 3, 20, tzinfo=UTC)))
    found = parsed(site(*many)).entries
    assert len(found) == 100
    assert found[-1].id == UUID(int=1).urn
    assert found[-2].title == "Entry 52"


def test_the_same_page_gives_the_same_bytes() -> None:
    assert feed(full_site()).data == feed(full_site()).data
    assert feed(full_site()).path == FEED


def test_a_rehearsal_says_so() -> None:
    shown = replace(full_site(), mark=REHEARSAL)
    assert parsed(shown).feed.subtitle == shown.house.words("rehearsal.banner")


def test_where_the_page_is_known_every_address_is_whole() -> None:
    shown = full_site()
    values = {**shown.house.values, "publisher.address": "https://news.example/live/{page}/"}
    placed = replace(shown, house=House.resolve("mine", values, "The house profile"))
    at = f"https://news.example/live/{shown.coverage.id}/"
    assert all(each.link.startswith(at + "page-1.html#") for each in parsed(placed).entries)
    assert {link.href for link in parsed(placed).feed.links} == {at, at + FEED}


def test_a_zone_of_old_keeps_a_time_a_reader_knows() -> None:
    old = datetime(1840, 1, 1, 12, tzinfo=UTC)
    shown = site(replace(entry(1, "x"), at=old))
    assert parsed(replace(shown, coverage=replace(shown.coverage, zone="Europe/Paris"))).entries[0].published_parsed
