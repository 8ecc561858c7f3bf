from datetime import UTC, datetime

import pytest

from desktop.domain.blocks import Embed
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from ui.consent.observation import Expected, ReaderState, conclude, expected, strangers
from ui.sealed.requests import Kind, Logged, Policy, Request, log

POLICY = Policy("coverage", "page")
X = Expected({"platform.twitter.com": "X", "*.twimg.com": "X"})


def asked(*addresses: str) -> tuple[Logged, ...]:
    return tuple(log(Request(each, Kind.SCRIPT), POLICY, datetime(2026, 3, 1, tzinfo=UTC)) for each in addresses)


OWN = "coverage://page/index.html"
WIDGET = "https://platform.twitter.com/widgets.js"
ALL_KNOWN = "After consent to 2 embeds: 2 third-party requests, all in the provider table: platform.twitter.com (X)"
LEAK = "https://leak.example/x.png"


@pytest.mark.parametrize(
    ("state", "accepted", "addresses", "judged"),
    [
        (ReaderState.BEFORE, 0, [OWN], (True, "0 third-party requests before consent")),
        (ReaderState.BEFORE, 0, [OWN, LEAK], (False, "1 third-party request before consent: leak.example")),
        (
            ReaderState.BEFORE,
            0,
            [LEAK, WIDGET, LEAK],
            (False, "3 third-party requests before consent: leak.example, platform.twitter.com"),
        ),
        (
            ReaderState.NO_JAVASCRIPT,
            0,
            [WIDGET],
            (False, "1 third-party request with JavaScript off: platform.twitter.com"),
        ),
        (
            ReaderState.AFTER,
            2,
            [OWN, WIDGET, WIDGET],
            (True, ALL_KNOWN),
        ),
        (
            ReaderState.AFTER,
            1,
            [WIDGET, LEAK],
            (False, "After consent to 1 embed: 2 third-party requests, not in the provider table: leak.example"),
        ),
        (ReaderState.AFTER, 1, [OWN], (True, "After consent to 1 embed: 0 third-party requests")),
        (ReaderState.AFTER, 0, [OWN], (True, "No embed here to accept; 0 third-party requests")),
        (
            ReaderState.AFTER,
            0,
            [WIDGET],
            (False, "No embed here to accept; 1 third-party request: platform.twitter.com"),
        ),
    ],
)
def test_what_was_asked_comes_down_to_one_sentence(
    state: ReaderState, accepted: int, addresses: list[str], judged: tuple[bool, str]
) -> None:
    observation = conclude(state, asked(*addresses), accepted, X)
    assert (observation.is_good, observation.verdict) == judged


def test_a_host_is_a_providers_by_name_or_below_a_wildcard_and_never_by_its_ending() -> None:
    assert X.provider_of("pbs.twimg.com") == "X"
    assert X.provider_of("twimg.com") is None
    assert X.provider_of("eviltwimg.com") is None
    assert X.provider_of("platform.twitter.com.evil.example") is None


def test_expected_hosts_are_those_of_the_accepted_embeds_alone() -> None:
    def entry(*addresses: str | None) -> Entry:
        blocks = tuple(Embed("mastodon" if each and "@" in each else "x", "post", each) for each in addresses)
        return Entry(id=new_id(), coverage_id=new_id(), at=datetime(2026, 3, 1, tzinfo=UTC), blocks=blocks)

    post = expected([entry("https://x.com/harbour/status/1234567890")])
    assert post.provider_of("platform.twitter.com") == "X"
    assert post.provider_of("www.youtube-nocookie.com") is None
    own_server = expected([entry("https://ships.example/@harbour/1234567890")])
    assert own_server.provider_of("ships.example") is not None
    assert own_server.provider_of("other.example") is None
    assert expected([entry(None, "javascript:alert(1)")]).sources == {}


def test_strangers_are_named_once_in_the_order_they_were_asked() -> None:
    assert strangers(asked(WIDGET, OWN, LEAK, WIDGET)) == ("platform.twitter.com", "leak.example")
