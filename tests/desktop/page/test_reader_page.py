"""The reader's page in real Chromium: what it asks of whom, and what readers meet."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from desktop.domain.blocks import Paragraph
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.text import text
from desktop.page.site import Site
from tests.desktop.page.harbour import NOON, POST, entry, full_site, write_site
from tests.desktop.page.reader import Reader

Serve = Callable[[Site], str]

# How far below the top of the window the post being read stands.
WHERE = "document.querySelectorAll('.embed')[2].getBoundingClientRect().top"


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
