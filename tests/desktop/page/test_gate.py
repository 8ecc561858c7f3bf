"""The gate in real Chromium: what a choice loads, what it leaves alone, and what becomes of a provider that fails."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from desktop.domain.blocks import Embed
from desktop.page.site import Site
from tests.desktop.page.harbour import POST, entry, full_site, site
from tests.desktop.page.reader import Reader, play, widgets

Serve = Callable[[Site], str]


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
    assert "The video from YouTube could not be loaded" in reader.page.inner_text(f"{reader.embed(4)} >> .told")
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
    expect(reader.page.locator("#status")).to_contain_text("YouTube has answered")
    assert reader.page.locator(f"{reader.embed(4)} >> .said").is_visible()
    assert reader.page.locator("script[src*='//'], iframe[src*='//']").count() == 0


def test_a_providers_script_runs_but_cannot_reach_the_page(serve: Serve, visit: Callable[..., Reader]) -> None:
    reader = visit(widgets)
    reader.open(serve(full_site()))
    reader.choose(2, "once")
    reader.wait_until(2, "loaded")
    assert reader.others == ["https://platform.twitter.com/widgets.js", "https://platform.twitter.com/embed/1"]
    expect(reader.page.locator("#status")).to_contain_text("The post from X has loaded")
    inner = reader.page.frame_locator(f"{reader.embed(2)} >> iframe").locator("iframe")
    assert inner.get_attribute("title") == "nothing"
    assert not reader.page.locator(f"{reader.embed(2)} >> .said").is_visible()
    assert [reader.state(number) for number in (1, 3)] == ["asked", "asked"]


def test_a_frame_that_says_nothing_of_itself_does_not_take_the_place_of_the_quotation(
    serve: Serve, visit: Callable[..., Reader]
) -> None:
    def silent(route: Route) -> None:
        (widgets if route.request.url.endswith(".js") else play)(route)

    reader = visit(silent)
    reader.open(serve(full_site()))
    reader.choose(2, "once")
    reader.wait_until(2, "loaded")
    assert reader.page.locator(f"{reader.embed(2)} >> .said").is_visible()
    expect(reader.page.locator("#status")).to_contain_text("X has answered")


def error(route: Route) -> None:
    route.fulfill(status=503, body="<p>Out of order", content_type="text/html")


def unframed(route: Route) -> None:
    route.fulfill(body="<p>Not here", content_type="text/html", headers={"X-Frame-Options": "DENY"})


def blocked(route: Route) -> None:
    """Stop frames as an ad-blocker does, and let everything else through."""
    if route.request.is_navigation_request():
        route.abort("blockedbyclient")
    else:
        play(route)


@pytest.mark.parametrize("answer", [error, unframed, blocked])
@pytest.mark.parametrize("number", [2, 4])
def test_a_frame_that_cannot_show_the_post_is_told_as_an_alert_and_taken_away(
    serve: Serve, visit: Callable[..., Reader], answer: Callable[[Route], None], number: int
) -> None:
    def answers(route: Route) -> None:
        (widgets if route.request.url.endswith(".js") else answer)(route)

    reader = visit(answers)
    reader.open(serve(full_site()))
    reader.choose(number, "once")
    reader.wait_until(number, "failed")
    place = reader.page.locator(reader.embed(number))
    expect(place.get_by_role("alert")).to_contain_text("could not be loaded")
    assert place.locator(".said").is_visible()
    assert place.locator(".original a").is_visible()
    assert place.locator("iframe").count() == 0
    assert reader.page.evaluate("document.activeElement.getAttribute('role')") == "group"


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
    memory = reader.page.locator("#memory")
    assert "we cannot delete them" in memory.inner_text()
    assert memory.get_by_role("link").get_attribute("href") == "https://policies.google.com/technologies/cookies"
    assert memory.get_by_role("button").count() == 0
    assert reader.page.evaluate("document.activeElement.id") == "memory-heading"


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        ("known.until = 1", "That has run out"),
        ("known.version = 'older.' + known.version.split('.')[1]", "worded anew"),
        ("known.version = known.version.split('.')[0] + '.older'", "policies stand at another address"),
    ],
)
def test_a_memory_that_holds_no_more_asks_again_and_says_why_at_every_post(
    serve: Serve, visit: Callable[..., Reader], spoilt: str, why: str
) -> None:
    reader = visit(widgets)
    reader.open(serve(full_site()))
    reader.choose(1, "always")
    reader.wait_until(3, "loaded")
    reader.page.evaluate(
        f"(() => {{ const all = JSON.parse(localStorage['embeds-allowed']); const known = all.x; {spoilt};"
        "known.since = Date.UTC(2026, 4, 3, 12); localStorage['embeds-allowed'] = JSON.stringify(all) })()"
    )
    reader.others.clear()
    reader.page.reload()
    for number in (1, 2, 3):
        assert reader.state(number) == "asked"
        told = reader.page.inner_text(f"{reader.embed(number)} >> .told")
        assert told.startswith("You allowed X on 3 May 2026. ")
        assert why in told
    assert reader.state(4) == "asked"
    assert reader.kept() == {}
    assert reader.others == []


SIGNALS = {
    "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})": "Your browser asks",
    "window.__tcfapi = () => {}": "A consent tool runs on this page",
    "self === top && document.addEventListener('readystatechange', () => { document.body.append(Object.assign("
    "document.createElement('iframe'), {name: '__tcfapiLocator'})) })": "A consent tool runs on this page",
}


@pytest.mark.parametrize("signal", SIGNALS)
def test_who_speaks_for_the_reader_overrules_what_was_remembered(
    serve: Serve, visit: Callable[..., Reader], signal: str
) -> None:
    reader = visit(widgets)
    reader.open(serve(full_site()))
    reader.choose(2, "always")
    for number in (1, 2, 3):
        reader.wait_until(number, "loaded")
    reader.others.clear()
    reader.page.add_init_script(signal)
    reader.page.reload()
    for number in (1, 2, 3):
        assert reader.state(number) == "asked"
        assert SIGNALS[signal] in reader.page.inner_text(f"{reader.embed(number)} >> .told")
    assert reader.others == []
    reader.choose(2, "once")
    reader.wait_until(2, "loaded")
    assert [reader.state(number) for number in (1, 3)] == ["asked", "asked"]


@pytest.mark.parametrize("signal", list(SIGNALS)[:2])
def test_always_is_not_applied_where_somebody_speaks_for_the_reader(
    serve: Serve, visit: Callable[..., Reader], signal: str
) -> None:
    reader = visit(widgets)
    reader.page.add_init_script(signal)
    reader.open(serve(full_site()))
    reader.choose(2, "always")
    reader.wait_until(2, "loaded")
    assert [reader.state(number) for number in (1, 3)] == ["asked", "asked"]
    assert reader.kept() == {}
    assert SIGNALS[signal] in reader.page.inner_text(f"{reader.embed(2)} >> .told")


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
