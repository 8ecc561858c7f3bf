"""A reader in real Chromium, and third parties who answer them."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

STAND_IN = "<!doctype html><title>Stand-in</title><p>A player</p>"


class Reader:
    """A reader's tab; whatever it asks of others is recorded, and answered by `answer` or not at all."""

    def __init__(self, page: Page, answer: Callable[[Route], None]) -> None:
        self.page = page
        self.others: list[str] = []
        self.faults: list[str] = []
        self._answer = answer
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.route("**/*", self._route)

    def _route(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1:", "file:")):
            route.continue_()
        else:
            self.others.append(url)
            self._answer(route)

    def open(self, url: str) -> None:
        self.page.goto(url)

    def embed(self, number: int) -> str:
        """Select an embed of the entry with three X posts and a clip, from 1."""
        return f".embed >> nth={number + 1}"

    def choose(self, number: int, choice: str) -> None:
        self.page.click(f"{self.embed(number)} >> [data-choice={choice}]")

    def wait_until(self, number: int, state: str) -> None:
        expect(self.page.locator(self.embed(number))).to_have_attribute("data-state", state, timeout=6_000)

    def state(self, number: int) -> str | None:
        return self.page.get_attribute(self.embed(number), "data-state")

    def kept(self) -> dict[str, str]:
        kept: dict[str, str] = self.page.evaluate("({...localStorage})")
        return kept


def refuse(route: Route) -> None:
    route.abort("connectionrefused")


def play(route: Route) -> None:
    route.fulfill(body=STAND_IN, content_type="text/html")


def widgets(route: Route) -> None:
    """Answer as a provider whose script puts a frame of its own in the quotation's place."""
    if route.request.url.endswith("widgets.js"):
        route.fulfill(
            content_type="text/javascript",
            body="const post = document.querySelector('.twitter-tweet'), frame = document.createElement('iframe');"
            "frame.src = 'https://platform.twitter.com/embed/1';"
            "window.reached = (() => { try { return parent.document.title } catch { return 'nothing' } })();"
            "frame.title = window.reached; post.replaceWith(frame)",
        )
    else:
        route.fulfill(body=f"{STAND_IN}<script>parent.postMessage('ready', '*')</script>", content_type="text/html")
