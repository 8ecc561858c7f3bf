"""The plugin on a real WordPress: what readers get with it and without, and what it says of the site."""

import asyncio
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.endpoint import Environment
from desktop.domain.text import text
from desktop.publish.probe import ProbeState, probe
from desktop.publish.wordpress.plugin import NAME, plugin_archive
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import Readers, wordpress_at
from tests.servers.wordpress import WordPress

CHROMIUM = shutil.which("chromium")
# A frame without an origin would get a process of its own, which starts before its requests can be answered here.
FLAGS = [
    "--no-first-run",
    "--disable-features=IsolateSandboxedIframes",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
POST = Embed(
    provider="x",
    address="https://x.com/harbour/status/1234567890123",
    quoted="The water [is] rising.",
    author="Harbour",
)
CLIP = Embed(provider="youtube", kind="video", address="https://www.youtube.com/watch?v=abcdefghijk")


@pytest.fixture
def with_plugin(site: WordPress, tmp_path: Path) -> Iterator[WordPress]:
    with zipfile.ZipFile(io.BytesIO(plugin_archive())) as archive:
        archive.extractall(tmp_path)
    site.install_plugin(tmp_path / NAME)
    yield site
    site.remove_plugin(NAME)


@pytest.fixture
def gated(newsdesk: Desk, site: WordPress) -> str:
    """The address of a page with an address on a line of its own, a post and a clip of other sites."""
    entry = newsdesk.write("Water over the quay")
    blocks = (*entry.blocks, Paragraph(text("https://www.youtube.com/watch?v=abcdefghijk")), POST, CLIP)
    newsdesk.publish(replace(entry, blocks=blocks))
    newsdesk.drain(deadline=20.0)
    return str(Readers(site).live_page(newsdesk)["link"])


@pytest.fixture
def visit() -> Iterator[tuple[Page, list[str]]]:
    """A reader, and the addresses of other hosts their browser asks for; a stub answers for all of them."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    foreign = list[str]()

    def answer(route: Route) -> None:
        foreign.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<p>A clip</p>")

    # It keeps an event loop running in this thread: it starts after what publishes, and ends with the test.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page()
        page.route(lambda url: "://127.0.0.1" not in url, answer)
        yield page, foreign
        chromium.close()


def test_without_the_plugin_readers_get_the_quotation_and_a_link(gated: str, visit: tuple[Page, list[str]]) -> None:
    page, foreign = visit
    page.goto(gated)
    quotation = page.locator(".nc-embed blockquote").first
    assert quotation.locator("p").first.inner_text() == "The water [is] rising."
    assert quotation.locator("a").get_attribute("href") == POST.address
    assert page.locator("[data-nc-choice]").first.is_hidden()
    assert page.locator("iframe").count() == 0
    assert foreign == []


@pytest.mark.usefixtures("with_plugin")
def test_with_the_plugin_nothing_loads_before_a_reader_says_so(gated: str, visit: tuple[Page, list[str]]) -> None:
    page, foreign = visit
    page.goto(gated)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"
    post, clip = page.locator(".nc-embed").first, page.locator(".nc-embed").last
    post.locator("[data-nc-choice=not_now]").click()
    assert post.get_attribute("data-nc-state") == "declined"
    assert foreign == []
    clip.locator("[data-nc-choice=once]").click()
    page.wait_for_selector(".nc-embed[data-nc-state=loaded]")
    assert foreign == ["https://www.youtube-nocookie.com/embed/abcdefghijk"]
    assert page.evaluate("document.activeElement.className") == "nc-gate"
    assert post.locator("iframe").count() == 0


@pytest.mark.usefixtures("with_plugin")
def test_a_providers_script_runs_where_it_can_reach_nothing_of_the_site(
    gated: str, visit: tuple[Page, list[str]]
) -> None:
    page, foreign = visit
    page.goto(gated)
    post = page.locator(".nc-embed").first
    post.locator("[data-nc-choice=once]").click()
    sandbox = post.locator("iframe").get_attribute("sandbox") or ""
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox
    # What the stub sends is no post: the reader is told, and keeps the quotation.
    page.wait_for_selector(".nc-embed[data-nc-state=failed]", timeout=10_000)
    assert foreign == ["https://platform.twitter.com/widgets.js"]
    assert post.locator("blockquote").is_visible()


def test_the_plugin_gives_the_site_an_id_and_says_it_is_not_on_air(with_plugin: WordPress) -> None:
    endpoint, secret = wordpress_at(with_plugin.url), with_plugin.passwords["editor"]
    found = asyncio.run(probe(endpoint, secret))
    assert found.is_ok, found.sentence
    assert "Pinned is the id of its Newsroom Console plugin; it says it is local." in found.sentence
    assert {each.name: each.is_proved for each in found.capabilities}["plugin"]
    on_air = replace(endpoint, environment=Environment.PRODUCTION)
    assert asyncio.run(probe(on_air, secret)).state is ProbeState.WRONG_PLACE


def test_a_site_pinned_by_its_address_stays_the_same_when_it_gets_the_plugin(
    newsdesk: Desk, request: pytest.FixtureRequest
) -> None:
    newsdesk.publish(newsdesk.write("Trains stop"))
    newsdesk.drain(deadline=20.0)
    request.getfixturevalue("with_plugin")
    newsdesk.publish(newsdesk.write("Trains run again"))
    assert [receipt.outcome for receipt in newsdesk.drain(deadline=20.0)] == ["done"]
