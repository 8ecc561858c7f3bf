"""The served page in a real browser: whole, framed by itself alone, and asking nobody else."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, sync_playwright

from desktop.domain.blocks import Embed, Image
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher
from tests.desktop.rehearsal.test_media import name_of, picture, send

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def tab() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium.new_page()
        chromium.close()


def test_a_published_page_is_whole_and_asks_nobody_else(
    live: Publisher, endpoint: RehearsalEndpoint, tab: Page
) -> None:
    data = picture()
    send(live, data)
    film = Embed("youtube", "video", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    live.put_entry(live.entry("The bridge from above", Image(name_of(data), "The bridge at noon"), film))
    asked: list[tuple[str, int]] = []
    strangers: list[str] = []
    said: list[str] = []

    def keep_home(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(endpoint.url).netloc:
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    tab.route("**/*", keep_home)
    tab.on("response", lambda answer: asked.append((urlsplit(answer.url).path, answer.status)))
    tab.on("console", hear)
    tab.goto(f"{endpoint.reader_url}{live.coverage.id}/")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("document.querySelector('main img').naturalWidth") == 31
    assert (strangers, said) == ([], [])
    assert {status for _, status in asked} == {200}
    with tab.expect_request(lambda request: "youtube" in (urlsplit(request.url).hostname or "")):
        tab.locator("[data-frame] button").first.click()
    assert any("/embed/" in path for path, _ in asked)
    assert {urlsplit(address).hostname for address in strangers} <= {"www.youtube.com", "www.youtube-nocookie.com"}
    assert [text for text in said if "frame-ancestors" in text or "X-Frame-Options" in text] == []
