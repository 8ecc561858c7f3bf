"""How a page presents itself to machines and to those it is passed on to."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desktop.domain.blocks import Image, Paragraph
from desktop.domain.entry import Correction, Entry, Withdrawal
from desktop.domain.text import text
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from tests.desktop.page.harbour import COVERAGE, NOON, PICTURE, Media, entry, full_site, site, write_site

ADDRESS = f"https://live.quay.example/{COVERAGE}/"


@pytest.fixture
def house(tmp_path: Path) -> House:
    file = tmp_path / "quay.toml"
    file.write_text('language = "en-GB"\n[publisher]\naddress = "https://live.quay.example/{page}"\n', encoding="utf-8")
    return House.lay_over(file)


def html(shown: Site, path: str = "index.html") -> str:
    file = Renderer().file(shown, path)
    assert file is not None
    return file.data.decode()


def data(shown: Site, path: str = "index.html") -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(shown, path))
    assert found is not None
    value: dict[str, Any] = json.loads(found[1])
    return value


def test_a_page_with_an_address_names_it_everywhere(house: House) -> None:
    shown = site(entry(1, "A picture", Image(media=PICTURE, alt="Fog")), house=house, description="As it happens")
    shown = replace(shown, media={PICTURE: Media()})
    front = html(shown)
    assert f'<link rel="canonical" href="{ADDRESS}">' in front
    assert f'<meta property="og:url" content="{ADDRESS}">' in front
    assert f'<meta property="og:image" content="{ADDRESS}media/{PICTURE}.png">' in front
    assert '<meta name="twitter:card" content="summary_large_image">' in front
    assert "mailto:?subject=Harbour%20bridge" in front
    assert f'<link rel="canonical" href="{ADDRESS}page-1.html">' in html(shown, "page-1.html")
    assert data(shown)["url"] == ADDRESS
    assert data(shown)["liveBlogUpdate"][0]["url"] == f"{ADDRESS}page-1.html#{shown.entries[0].id}"


def test_a_page_without_one_claims_none() -> None:
    front = html(full_site())
    assert "canonical" not in front
    assert "og:url" not in front
    assert "og:image" not in front
    assert "mailto:" not in front


def test_the_feed_is_linked_where_there_is_one() -> None:
    assert "feed.atom" not in html(full_site())
    linked = html(replace(full_site(), feed=True))
    assert '<link rel="alternate" type="application/atom+xml" href="feed.atom"' in linked
    assert '<a href="feed.atom">' in linked


@pytest.mark.parametrize(
    ("at", "offset"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "2026-03-29T00:59:00+00:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29T02:00:00+01:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T01:30:00+01:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T01:30:00+00:00"),
    ],
)
def test_offsets_are_those_of_the_moment_across_a_change_of_clocks(at: datetime, offset: str) -> None:
    shown = replace(entry(1, "Night"), at=at)
    assert data(site(shown))["liveBlogUpdate"][0]["datePublished"] == offset


def test_every_update_says_when_by_whom_where_and_what_was_wrong() -> None:
    corrected = entry(1, "One", Paragraph(text("a")), corrections=(Correction("Ten, not two.", NOON),), byline=("Ada",))
    gone = entry(2, "Two", withdrawal=Withdrawal("Not so.", NOON))
    bare = entry(3, "", Paragraph(text("How it began. And went on.")))
    found = data(site(corrected, gone, bare))
    assert {"headline", "coverageStartTime", "dateModified", "author", "publisher", "inLanguage"} <= found.keys()
    for update in found["liveBlogUpdate"]:
        assert {"@type", "headline", "datePublished", "dateModified", "author", "url"} <= update.keys()
    first, second, third = reversed(found["liveBlogUpdate"])
    assert first["correction"][0] == {
        "@type": "CorrectionComment",
        "text": "Ten, not two.",
        "datePublished": "2026-03-14T12:00:00+00:00",
    }
    assert second["headline"] == "This update has been withdrawn"
    assert second["correction"][0]["text"] == "Not so."
    assert third["headline"].startswith("How it began")


def test_machines_read_one_page_alone() -> None:
    shown = site(*(entry(number, f"Update {number}") for number in range(1, 46)))
    assert [len(data(shown, path)["liveBlogUpdate"]) for path in ("index.html", "page-3.html", "page-1.html")] == [
        20,
        5,
        20,
    ]


def many_pictures() -> tuple[Entry, ...]:
    blocks = full_site().entries[4].blocks
    return tuple(entry(number, f"Update {number}", *blocks, is_key_moment=number < 4) for number in range(1, 12))


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_shifts_while_the_page_loads_and_is_read(tmp_path: Path, browser: Browser, width: int) -> None:
    path = write_site(site(*many_pictures()), tmp_path / "site")
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver((list) => window.shifts.push(...list.getEntries()"
        ".map((each) => each.value))).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(path.as_uri())
    for _ in range(10):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(40)
    assert page.evaluate("window.shifts.reduce((sum, each) => sum + each, 0)") == 0
    assert page.evaluate("[...document.images].some((each) => each.complete && each.naturalWidth)")
    context.close()


def test_the_link_is_copied_and_said_so(tmp_path: Path, browser: Browser) -> None:
    path = write_site(full_site(), tmp_path / "site")
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text }}});"
        "Object.defineProperty(navigator, 'share', {value: undefined})"
    )
    page.goto(path.as_uri())
    page.click("#share button")
    expect(page.locator("#status")).to_have_text("The link has been copied.")
    assert page.evaluate("window.copied") == path.as_uri()
    context.close()
