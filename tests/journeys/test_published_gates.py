"""The sample as published, in real Chromium: nobody else is asked until the reader says so, and then one alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect, sync_playwright

from resources import __path__ as resources
from tests.journeys.conftest import TOKEN_VARIABLE, Rehearsal, Run, result

CHROMIUM = Path("/usr/bin/chromium")
SAMPLE = Path(resources[0]) / "sample" / "coverage.json"
WIDGET = (
    "const frame = document.createElement('iframe'); frame.src = 'https://platform.twitter.com/post';"
    "document.querySelector('.twitter-tweet').replaceWith(frame)"
)
POST = "<!doctype html><title>Stand-in</title><p>A post</p><script>parent.postMessage('ready', '*')</script>"


@dataclass
class Tab:
    """A reader's tab, and every address it asked of others."""

    page: Page
    own: str
    others: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        url = route.request.url
        if urlsplit(url).netloc == self.own:
            route.continue_()
            return
        self.others.append(url)
        if url.endswith(".js"):
            route.fulfill(body=WIDGET, content_type="text/javascript")
        else:
            route.fulfill(body=POST, content_type="text/html")

    def read_to_end(self) -> None:
        for _ in range(30):
            self.page.mouse.wheel(0, 2_000)
            self.page.wait_for_timeout(20)


@pytest.fixture
def published(run: Run, rehearsal: Rehearsal) -> str:
    """The address of the sample's page, as an endpoint serves it."""
    coverage = result(run("import", SAMPLE, "--json"))["coverage"]
    added = run(
        *("endpoint", "add", "desk", rehearsal.url, "--kind", "native", "--environment", "rehearsal"),
        *("--secret-from-env", TOKEN_VARIABLE),
    )
    assert added.returncode == 0, added.stderr
    result(run("publish", coverage, "--to", "desk", "--json", variables={TOKEN_VARIABLE: rehearsal.token}))
    return f"{rehearsal.reader_url}{coverage}/"


@pytest.fixture
def tab(published: str) -> Iterator[Tab]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, "--no-first-run"])
        opened = Tab(chromium.new_page(reduced_motion="reduce"), urlsplit(published).netloc)
        opened.page.route("**/*", opened.answer)
        yield opened
        chromium.close()


def of_one_provider(page: Page) -> Locator:
    """The gates of the entry that has three posts of one provider."""
    posts = {
        entry["id"]: sum(block.get("provider") == "x" for block in entry["blocks"])
        for entry in json.loads(SAMPLE.read_text(encoding="utf-8"))["entries"]
    }
    (entry,) = (key for key, count in posts.items() if count == 3)
    return page.locator(f'[id="{entry}"] .embed')


def test_nobody_else_is_asked_before_a_click_and_then_that_post_alone(published: str, tab: Tab) -> None:
    page = tab.page
    for document in ("", "page-2.html", "page-1.html"):
        page.goto(published + document)
        tab.read_to_end()
        assert page.locator(".embed [role=group]").count() > 0
        for skip in page.locator(".embed .skip").all():
            skip.focus()
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == (skip.get_attribute("href") or "").removeprefix("#")
            own = skip.locator("xpath=ancestor::div[contains(@class, 'embed')]")
            assert own.locator(".end:focus").count() == 1
    assert tab.others == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0

    posts = of_one_provider(page)
    assert posts.count() == 3
    before = [posts.nth(number).evaluate("each => each.outerHTML") for number in (0, 2)]
    posts.nth(1).get_by_role("button").first.click()
    expect(posts.nth(1)).to_have_attribute("data-state", "loaded")
    assert [posts.nth(number).evaluate("each => each.outerHTML") for number in (0, 2)] == before
    assert page.locator(".embed iframe").count() == 1
    assert {urlsplit(address).hostname for address in tab.others} == {"platform.twitter.com"}
    assert posts.nth(1).locator("[role=group]:focus").get_attribute("aria-label") == "X post 2 of 3"
    expect(page.get_by_role("status")).to_contain_text("The post from X has loaded")
    assert page.evaluate("localStorage.length") == 0
