import pytest

from desktop.consent.forecast import what_loads
from desktop.consent.policy import beyond, frame_policy, hosts_of, matches, page_policy
from desktop.consent.recognise import recognise
from desktop.page.frame import policy as real_policy

ADDRESSES = (
    "https://x.com/harbour/status/1234567890",
    "https://www.youtube.com/watch?v=abcdefghijk",
    "https://bsky.app/profile/harbour.example/post/3kabcdefg",
    "https://ships.example/@harbour/112233445566",
    "https://charts.example/levels",
)


@pytest.mark.parametrize(
    ("host", "source", "covered"),
    [
        ("a.example", "a.example", True),
        ("b.a.example", "*.a.example", True),
        ("a.example", "*.a.example", False),
        ("evila.example", "*.a.example", False),
        ("a.example.evil.example", "a.example", False),
    ],
)
def test_a_host_source_covers_names_on_a_dot_boundary(host: str, source: str, *, covered: bool) -> None:
    assert matches(host, source) is covered


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_document_that_loads_a_post_allows_no_more_than_was_forecast(address: str) -> None:
    loads = what_loads(recognise(address))
    assert loads is not None
    allowed = hosts_of(frame_policy(loads))
    assert allowed
    assert beyond(real_policy(loads), allowed) == ()
    # The forecast is not wider than the provider table either.
    assert beyond(frame_policy(loads), [each for listed in loads.hosts.values() for each in listed]) == ()


def test_a_page_asks_its_own_publisher_alone() -> None:
    assert hosts_of(page_policy(["media.news.example"])) == ("media.news.example",)
    assert beyond(page_policy(), ()) == ()


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("default-src 'none'; img-src https://leak.example/path *.cdn.example", ("leak.example", "*.cdn.example")),
        ("default-src 'none'; script-src * https:", ("*", "https:")),
        ("default-src 'self' data: 'sha256-abc='; sandbox allow-scripts", ()),
        ("default-src 'none'; report-uri https://reports.example/x", ("reports.example",)),
        ("script-src 'self'", ("*",)),
        ("", ("*",)),
    ],
)
def test_what_a_policy_allows_beyond_the_forecast_is_named(policy: str, found: tuple[str, ...]) -> None:
    assert beyond(policy, ["platform.twitter.com"]) == found
