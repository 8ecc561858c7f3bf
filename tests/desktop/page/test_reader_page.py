"""The reader's page in real Chromium: what it asks of whom, and what readers meet."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.text import text
from desktop.page.site import Site
from tests.desktop.page.harbour import NOON, POST, entry, full_site, site, write_site

Serve = Callable[[Site], str]
STAND_IN = "<!doctype html><title>Stand-in</title><p>A player</p>"


# How far below the top of the window the post being read stands.
WHERE = "document.querySelectorAll('.embed')[2].getBoundingClientRect().top"


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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Reader]]:
    contexts = []

    def make(answer: Callable[[Route], None] = refuse, **options: bool) -> Reader:
        context = browser.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        return Reader(context.new_page(), answer)

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("script", [True, False])
def test_nobody_else_is_asked_before_a_choice(serve: Serve, visit: Callable[..., Reader], script: bool) -> None:  # noqa: FBT001 - pytest names it
    reader = visit(java_script_enabled=script)
    reader.open(serve(full_site()))
    for _ in range(12):
        reader.page.mouse.wheel(0, 900)
        reader.page.wait_for_timeout(40)
    assert reader.others == []
    assert reader.faults == []
    assert reader.page.context.cookies() == []
    if script:
        assert reader.kept() == {}
        assert reader.page.locator(".gate").first.is_visible()
    else:
        assert reader.page.locator(".unavailable").first.is_visible()
        assert not reader.page.locator(".gate, .skip, button").first.is_visible()
        assert reader.page.locator(".original a").first.is_visible()


def test_accepting_one_of_three_touches_that_one(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    reader.choose(2, "once")
    reader.page.wait_for_selector(f"{reader.embed(2)} >> [role=alert]", state="attached")
    assert reader.others == ["https://platform.twitter.com/widgets.js"]
    assert [reader.state(number) for number in (1, 2, 3, 4)] == ["asked", "failed", "asked", "asked"]
    assert reader.kept() == {}
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == "X post 2 of 3"


def test_a_provider_that_refuses_leaves_quotation_and_link(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    reader.choose(4, "once")
    reader.page.wait_for_selector(f"{reader.embed(4)} >> [role=alert]")
    assert "YouTube did not answer" in reader.page.inner_text(f"{reader.embed(4)} >> .told")
    assert reader.page.locator(f"{reader.embed(4)} >> .said").is_visible()
    assert reader.page.locator(f"{reader.embed(4)} >> .original a").is_visible()
    assert reader.page.locator(f"{reader.embed(4)} >> iframe").count() == 0


def test_a_provider_that_hangs_is_given_up_within_eight_seconds(serve: Serve, visit: Callable[..., Reader]) -> None:
    held: list[Route] = []
    reader = visit(held.append)
    reader.page.clock.install()
    reader.open(serve(full_site()))
    reader.choose(4, "once")
    reader.page.wait_for_selector(f"{reader.embed(4)} >> iframe")
    assert reader.state(4) == "loading"
    reader.page.clock.run_for(8_000)
    assert reader.state(4) == "failed"
    for route in held:
        route.abort()


def test_an_accepted_clip_loads_in_a_document_of_ours_and_keeps_focus(
    serve: Serve, visit: Callable[..., Reader]
) -> None:
    reader = visit(play)
    reader.open(serve(full_site()))
    reader.choose(4, "once")
    reader.wait_until(4, "loaded")
    assert {url.split("?")[0] for url in reader.others} == {"https://www.youtube-nocookie.com/embed/abcdefghijk"}
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == "YouTube video"
    assert (
        reader.page.frame_locator(f"{reader.embed(4)} >> iframe").frame_locator("iframe").locator("p").inner_text()
        == "A player"
    )
    expect(reader.page.locator("#status")).to_contain_text("has loaded")
    assert reader.page.locator("script[src*='//'], iframe[src*='//']").count() == 0


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
        play(route)


def test_a_providers_script_runs_but_cannot_reach_the_page(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit(widgets)
    reader.open(serve(full_site()))
    reader.choose(2, "once")
    reader.wait_until(2, "loaded")
    assert reader.others == ["https://platform.twitter.com/widgets.js", "https://platform.twitter.com/embed/1"]
    inner = reader.page.frame_locator(f"{reader.embed(2)} >> iframe").locator("iframe")
    assert inner.get_attribute("title") == "nothing"
    assert not reader.page.locator(f"{reader.embed(2)} >> .said").is_visible()
    assert [reader.state(number) for number in (1, 3)] == ["asked", "asked"]


def test_always_loads_every_post_of_that_provider_alone(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit(widgets)
    reader.open(serve(full_site()))
    reader.choose(2, "always")
    for number in (1, 2, 3):
        reader.wait_until(number, "loaded")
    assert reader.state(4) == "asked"
    assert {url.split("/")[2] for url in reader.others} == {"platform.twitter.com"}
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == "X post 2 of 3"


def test_a_message_from_elsewhere_changes_nothing(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    reader.page.evaluate("['ready', 'failed', 'height'].forEach(embed => postMessage({embed, height: 9}, '*'))")
    reader.page.wait_for_timeout(100)
    assert [reader.state(number) for number in (1, 2, 3, 4)] == ["asked"] * 4
    assert reader.faults == []


def test_always_is_remembered_with_an_end_and_can_be_taken_back(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit(play)
    reader.open(serve(full_site()))
    reader.choose(4, "always")
    reader.wait_until(4, "loaded")
    assert '"until":' in reader.kept()["embeds-allowed"]
    reader.page.reload()
    reader.wait_until(4, "loaded")
    assert reader.state(1) == "asked"
    assert "YouTube" in reader.page.inner_text("#memory")
    reader.page.click("#memory button")
    assert reader.kept() == {}
    assert reader.page.locator("iframe").count() == 0
    assert reader.state(4) == "asked"
    assert not reader.page.locator("#memory").is_visible()


@pytest.mark.parametrize("spoilt", ["known.until = 1", "known.version = 'older'"])
def test_a_memory_that_ran_out_asks_again_and_says_why(serve: Serve, visit: Callable[..., Reader], spoilt: str) -> None:
    reader = visit(play)
    reader.open(serve(full_site()))
    reader.choose(4, "always")
    reader.wait_until(4, "loaded")
    reader.page.evaluate(
        f"(() => {{ const all = JSON.parse(localStorage['embeds-allowed']); const known = all.youtube; {spoilt};"
        "localStorage['embeds-allowed'] = JSON.stringify(all) })()"
    )
    reader.others.clear()
    reader.page.reload()
    assert reader.state(4) == "asked"
    assert "You allowed YouTube before" in reader.page.inner_text(f"{reader.embed(4)} >> .told")
    assert reader.kept() == {}
    assert reader.others == []


def test_a_privacy_signal_overrules_what_was_remembered(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit(play)
    reader.open(serve(full_site()))
    reader.choose(4, "always")
    reader.wait_until(4, "loaded")
    reader.others.clear()
    reader.page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    reader.page.reload()
    assert reader.state(4) == "asked"
    assert reader.others == []
    reader.choose(4, "once")
    reader.wait_until(4, "loaded")


def test_not_now_loads_and_keeps_nothing_and_leaves_the_link(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    reader.choose(1, "not_now")
    assert reader.others == []
    assert reader.kept() == {}
    assert reader.page.evaluate("document.activeElement.href") == POST
    assert not reader.page.locator(f"{reader.embed(1)} >> .choices").is_visible()


def test_accepting_without_an_address_says_so(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(site(entry(1, "No address", Embed("x")))))
    reader.page.click("[data-choice=once]")
    assert "address of this post is not known" in reader.page.inner_text(".told")
    assert reader.others == []
    assert reader.page.locator("iframe").count() == 0


def test_each_skip_link_reaches_its_own_end(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    for number in (1, 2, 3, 4):
        reader.page.focus(f"{reader.embed(number)} >> .skip")
        reader.page.keyboard.press("Enter")
        assert reader.page.evaluate("document.activeElement.className") == "end"
        own = reader.page.locator(f"{reader.embed(number)} >> .end").get_attribute("id")
        assert reader.page.evaluate("document.activeElement.id") == own


def test_the_keyboard_meets_skip_policies_choices_link_in_that_order(
    serve: Serve, visit: Callable[..., Reader]
) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    reader.page.focus(f"{reader.embed(1)} >> .skip")
    met = []
    for _ in range(6):
        reader.page.keyboard.press("Tab")
        met.append(reader.page.evaluate("document.activeElement.innerText.split(',')[0].trim()"))
    assert met == ["cookie policy", "privacy policy", "Load it once", "Always load X", "Not now", "Open the post on X"]


@pytest.mark.parametrize("script", [True, False])
def test_the_page_works_from_a_folder(
    tmp_path_factory: pytest.TempPathFactory,
    visit: Callable[..., Reader],
    script: bool,  # noqa: FBT001 - pytest names it
) -> None:
    reader = visit(java_script_enabled=script)
    reader.open(write_site(full_site(), tmp_path_factory.mktemp("export")).as_uri())
    assert reader.others == []
    assert reader.page.locator("h1").evaluate("each => getComputedStyle(each).fontWeight") == "700"
    assert reader.page.locator(".choices").first.is_visible() is script
    reader.page.locator("figure img").first.scroll_into_view_if_needed()
    reader.page.wait_for_function("document.querySelector('figure img').naturalWidth > 0")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_wider_than_the_window(
    serve: Serve, visit: Callable[..., Reader], width: int, direction: str
) -> None:
    reader = visit()
    reader.page.set_viewport_size({"width": width, "height": 800})
    reader.open(serve(full_site()))
    reader.page.evaluate(f"document.documentElement.dir = '{direction}'")
    assert reader.page.evaluate("document.documentElement.scrollWidth") == width
    hidden = "[hidden], .vh, .skip-to, .end, .skip"
    clipped = reader.page.evaluate(
        f"[...document.querySelectorAll('main *')].filter(each => !each.closest('{hidden}'))"
        ".filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline')"
        ".map(each => each.outerHTML.slice(0, 80))"
    )
    assert clipped == []


def test_news_waits_until_the_reader_asks_for_it(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader, shown = visit(), full_site()
    reader.page.clock.install()
    reader.open(serve(shown))
    reader.page.mouse.wheel(0, 1_500)
    reader.page.focus(f"{reader.embed(1)} >> .skip")
    first, *rest = shown.entries
    news = [entry(number, f"News {number}", Paragraph(text("More to follow."))) for number in (11, 12)]
    edited = replace(first, headline="An edited headline")
    before = reader.page.evaluate(WHERE)
    serve(replace(shown, entries=(*reversed(news), edited, *rest)))
    reader.page.clock.run_for(20_000)
    reader.page.wait_for_selector("#news button")
    assert reader.page.inner_text("#news") == "2 new updates"
    assert reader.page.locator("h3", has_text="An edited headline").count() == 1
    assert reader.page.locator("h3", has_text="News 12").count() == 0
    assert abs(reader.page.evaluate(WHERE) - before) <= 1
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    reader.page.click("#news button")
    assert reader.page.locator("h3").all_inner_texts()[:3] == ["News 12", "News 11", "An edited headline"]
    assert "News 12" in reader.page.evaluate("document.activeElement.innerText")
    assert reader.faults == []


def test_a_page_that_cannot_reach_the_newsroom_says_so_until_it_can(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.page.clock.install()
    reader.open(serve(full_site()))
    reader.page.context.set_offline(True)
    told = reader.page.locator("#status[data-shown]", has_text="cannot reach the newsroom")
    for _ in range(10):
        reader.page.clock.run_for(20_000)
        if told.count():
            break
    expect(told).to_be_visible()
    reader.page.context.set_offline(False)
    for _ in range(10):
        reader.page.clock.run_for(60_000)
        if not told.count():
            break
    expect(told).to_have_count(0)


@pytest.mark.parametrize(("turns", "asks"), [((), True), ((ClockTurn.STARTED, ClockTurn.ENDED), False)])
def test_a_page_asks_for_news_until_its_coverage_ends(
    serve: Serve, visit: Callable[..., Reader], turns: tuple[ClockTurn, ...], *, asks: bool
) -> None:
    reader, shown = visit(), full_site()
    reader.page.clock.install()
    clock = tuple(ClockEvent(turn, NOON) for turn in turns)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open(serve(replace(shown, coverage=replace(shown.coverage, clock=clock))))
    asked.clear()
    reader.page.clock.run_for(100_000)
    reader.page.wait_for_timeout(300)
    assert any(url.endswith("head.json") for url in asked) is asks


def test_print_shows_quotation_and_address_and_no_dead_button(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit()
    reader.open(serve(full_site()))
    reader.page.emulate_media(media="print")
    assert reader.page.locator(f"{reader.embed(1)} >> .said").is_visible()
    assert reader.page.locator(f"{reader.embed(1)} >> .original").is_visible()
    assert not reader.page.locator("button:visible").count()
    shown = reader.page.locator(f"{reader.embed(1)} >> .original a").evaluate(
        "each => getComputedStyle(each, '::after').content"
    )
    assert POST in shown
    assert reader.others == []
