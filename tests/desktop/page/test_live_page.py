"""A page that is open while the newsroom works, in real Chromium against a running rehearsal endpoint."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from desktop.domain import moment, wire
from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Correction, Entry, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.text import Span, text
from desktop.page.house import House
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher, client_of, entry_of

LONG = "The water stands at the second step of the quay, and the ferrymen have tied everything down twice. " * 6
NOON = moment.from_json("2026-11-22T12:00:00Z")
# What is being read: the focused link, where it stands, and how far the page is scrolled.
READING = """({
  top: window.reading.getBoundingClientRect().top,
  scrolled: scrollY,
  focused: document.activeElement === window.reading,
})"""
GAUGE = (Span("The gauge is read "), Span("by the hour", href="https://gauge.example/"), Span("."))


@dataclass
class Newsroom:
    """A published page of sixteen entries, and the tab of somebody who reads it."""

    publisher: Publisher
    endpoint: RehearsalEndpoint
    tab: Page
    entries: list[Entry]
    etags: dict[Any, str]

    @property
    def address(self) -> str:
        return f"{self.endpoint.reader_url}{self.publisher.coverage.id}/"

    def put(self, entry: Entry) -> None:
        headers = {"If-Match": self.etags[entry.id]} if entry.id in self.etags else {"If-None-Match": "*"}
        self.etags[entry.id] = self.publisher.put_entry(entry, headers).headers["etag"]

    def open(self) -> None:
        """Open the page, wait until it hears of news, and read the ninth entry with focus on its link."""
        with self.tab.expect_request("**/events"):
            self.tab.goto(self.address)
        entry = self.entries[8]
        self.tab.evaluate(f"window.reading = document.querySelector('[id=\"{entry.id}\"] a[rel]')")
        self.tab.evaluate("window.reading.scrollIntoView({block: 'center'}); window.reading.focus()")

    def reading(self) -> dict[str, Any]:
        found: dict[str, Any] = self.tab.evaluate(READING)
        return found

    def article(self, entry: Entry) -> str:
        return f"[id='{entry.id}']"

    def wait_for_words(self, entry: Entry, words: str) -> None:
        expect(self.tab.locator(self.article(entry))).to_contain_text(words, timeout=10_000)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def newsroom(tmp_path: Path, browser: Browser) -> Iterator[Newsroom]:
    endpoint = RehearsalEndpoint(tmp_path / "endpoint")
    endpoint.start()
    clock = (ClockEvent(ClockTurn.STARTED, NOON),)
    context = browser.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce")
    with client_of(endpoint) as client:
        publisher = Publisher(client, Coverage(id=new_id(), headline="Flood in the valley", clock=clock))
        publisher.put_page()
        room = Newsroom(publisher, endpoint, context.new_page(), [], {})
        for number in range(16):
            made = entry_of(publisher.coverage, f"Report {number}", Paragraph(text(LONG)), Paragraph(GAUGE))
            room.entries.insert(0, replace(made, at=at(number)))
            room.put(room.entries[0])
        yield room
        context.close()
    endpoint.stop()


def test_edit_correction_and_withdrawal_reach_what_is_on_screen_and_move_nothing(newsroom: Newsroom) -> None:
    newsroom.open()
    newest, second, third, *_ = newsroom.entries
    below = newsroom.entries[12]
    before = newsroom.reading()
    status = newsroom.tab.locator("#status")

    newsroom.put(replace(below, headline="Report again", edited_at=at(60)))
    newsroom.wait_for_words(below, "Report again")
    expect(status).to_have_text("one update edited")
    assert newsroom.reading() == before

    newsroom.put(replace(newest, blocks=(Paragraph(text(LONG * 3)),), edited_at=at(61)))
    newsroom.wait_for_words(newest, "edited at 13:01")
    expect(status).to_have_text("one update edited")
    after = newsroom.reading()
    assert after["focused"]
    assert abs(after["top"] - before["top"]) < 1
    assert after["scrolled"] > before["scrolled"]

    newsroom.put(replace(second, corrections=(Correction("It is the third step.", at(62)),), edited_at=at(62)))
    newsroom.wait_for_words(second, "It is the third step.")
    expect(status).to_have_text("one update corrected")
    assert abs(newsroom.reading()["top"] - before["top"]) < 1

    newsroom.put(replace(third, withdrawal=Withdrawal("The gauge was misread.", at(63))))
    newsroom.wait_for_words(third, "The gauge was misread.")
    expect(status).to_have_text("one update withdrawn")
    expect(newsroom.tab.locator(newsroom.article(third))).not_to_contain_text("second step")
    after = newsroom.reading()
    assert abs(after["top"] - before["top"]) < 1
    assert after["focused"]
    assert newsroom.tab.locator("#news").is_hidden()


def test_the_entry_being_read_changes_around_the_reader(newsroom: Newsroom) -> None:
    newsroom.open()
    read = newsroom.entries[8]
    before = newsroom.reading()
    newsroom.put(replace(read, blocks=(Paragraph(text("First this.")), *read.blocks), edited_at=at(60)))
    newsroom.wait_for_words(read, "First this.")
    after = newsroom.reading()
    assert after["focused"]
    assert abs(after["top"] - before["top"]) < 1


def test_new_entries_wait_until_they_are_wanted(newsroom: Newsroom) -> None:
    newsroom.open()
    before = newsroom.reading()
    fresh = [replace(newsroom.publisher.entry(f"News {number}"), at=at(number)) for number in (30, 31)]
    newsroom.put(fresh[0])
    offer = newsroom.tab.locator("#news button")
    expect(offer).to_have_text("One new update", timeout=10_000)
    newsroom.put(fresh[1])
    expect(offer).to_have_text("2 new updates")
    expect(newsroom.tab.locator("#status")).to_have_text("2 new updates")
    assert newsroom.reading() == before
    assert newsroom.tab.locator("h3", has_text="News").count() == 0
    offer.click()
    assert newsroom.tab.locator("h3").all_inner_texts()[:3] == ["News 31", "News 30", "Report 15"]
    assert newsroom.tab.evaluate("document.activeElement.id") == str(fresh[1].id)
    newsroom.put(replace(fresh[0], headline="News 30, edited", edited_at=at(60)))
    newsroom.wait_for_words(fresh[0], "News 30, edited")


def test_what_is_taken_down_leaves_open_pages_too(newsroom: Newsroom) -> None:
    newsroom.open()
    before = newsroom.reading()
    entry = newsroom.entries[1]
    newsroom.publisher.client.delete(newsroom.publisher.at(entry), headers={"If-Match": newsroom.etags[entry.id]})
    expect(newsroom.tab.locator(newsroom.article(entry))).to_have_count(0, timeout=10_000)
    after = newsroom.reading()
    assert abs(after["top"] - before["top"]) < 1
    assert after["focused"]


def test_summary_headline_and_clock_follow(newsroom: Newsroom) -> None:
    newsroom.open()
    publisher, before = newsroom.publisher, newsroom.reading()
    point = SummaryPoint(new_id(), "The bridge is closed", (newsroom.entries[0].id,))
    summary = replace(publisher.coverage, summary=(point,))
    publisher.put(f"{publisher.page}/summary", wire.summary_to_wire(summary, new_id()))
    expect(newsroom.tab.locator("#front")).to_contain_text("The bridge is closed", timeout=10_000)
    etag = publisher.client.get(publisher.page).headers["etag"]
    ended = ClockEvent(ClockTurn.ENDED, at(120))
    coverage = replace(publisher.coverage, clock=(*publisher.coverage.clock, ended), headline="The flood is over")
    replace(publisher, coverage=coverage).put_page({"If-Match": etag})
    expect(newsroom.tab.locator("#clock")).to_contain_text("Coverage has ended", timeout=10_000)
    assert newsroom.tab.inner_text("h1") == "The flood is over"
    assert abs(newsroom.reading()["top"] - before["top"]) < 1


def test_a_loaded_post_survives_the_correction_of_its_entry(newsroom: Newsroom) -> None:
    clip = Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk", quoted="The water rises")
    filmed = replace(newsroom.entries[8], blocks=(*newsroom.entries[8].blocks, clip))
    newsroom.put(filmed)
    newsroom.tab.route("**://*.youtube*.com/**", lambda route: route.fulfill(body="A player", content_type="text/html"))
    newsroom.open()
    newsroom.tab.click("[data-choice=once]")
    expect(newsroom.tab.locator(".embed")).to_have_attribute("data-state", "loaded")
    newsroom.tab.evaluate("window.held = document.querySelector('.embed iframe').contentWindow")
    newsroom.put(replace(filmed, corrections=(Correction("It rose at ten.", at(60)),)))
    newsroom.wait_for_words(filmed, "It rose at ten.")
    assert newsroom.tab.evaluate("document.querySelector('.embed iframe').contentWindow === window.held")
    assert newsroom.tab.locator(".embed").get_attribute("data-state") == "loaded"


def test_an_older_page_hears_of_its_own_entries_alone(newsroom: Newsroom) -> None:
    for number in range(20, 32):
        newsroom.put(replace(newsroom.publisher.entry(f"Report {number}"), at=at(number)))
    with newsroom.tab.expect_request("**/events"):
        newsroom.tab.goto(newsroom.address + "page-1.html")
    oldest = newsroom.entries[-1]
    newsroom.put(replace(newsroom.publisher.entry("News"), at=at(40)))
    newsroom.put(replace(oldest, headline="Corrected", corrections=(Correction("It was dry.", at(61)),)))
    newsroom.wait_for_words(oldest, "It was dry.")
    assert newsroom.tab.locator("#news").is_hidden()


def test_a_page_that_is_told_nothing_asks_by_itself_and_not_while_hidden(newsroom: Newsroom) -> None:
    tab, asked = newsroom.tab, list[str]()
    tab.route("**/events", lambda route: route.fulfill(status=204))
    tab.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    tab.clock.install()
    tab.goto(newsroom.address)
    with tab.expect_response("**/head.json"):
        tab.clock.run_for(4_000)
    tab.wait_for_timeout(200)
    with tab.expect_response("**/head.json") as answer:
        tab.clock.run_for(20_000)
    assert answer.value.status == 304
    tab.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    tab.wait_for_timeout(100)
    asked.clear()
    tab.clock.run_for(120_000)
    tab.wait_for_timeout(200)
    assert asked == []
    with tab.expect_request("**/head.json"):
        tab.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")


def test_the_reader_is_told_how_old_the_page_is_while_the_newsroom_cannot_be_reached(newsroom: Newsroom) -> None:
    newsroom.open()
    address = newsroom.tab.url
    newsroom.tab.route("**/head.json", lambda route: route.abort())
    newsroom.tab.clock.install()
    told = newsroom.tab.locator("#status[data-shown]", has_text="as of")
    newsroom.tab.evaluate("dispatchEvent(new Event('online'))")
    for _ in range(8):
        newsroom.tab.wait_for_timeout(60)
        newsroom.tab.clock.run_for(60_000)
        if told.count():
            break
    expect(told).to_be_visible()
    expect(newsroom.tab.locator("#clock")).to_have_class("clock stale")
    newsroom.tab.unroute("**/head.json")
    newsroom.tab.evaluate("dispatchEvent(new Event('online'))")
    newsroom.tab.wait_for_timeout(200)
    newsroom.tab.clock.run_for(200)
    expect(newsroom.tab.locator("#status")).to_have_text(House.shipped().word("live.again"))
    assert newsroom.tab.url == address
