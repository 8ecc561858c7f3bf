from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.sealed.requests import Kind, Party, Policy, Request, Verdict, decide, host_of, log, party_of

POLICY = Policy("coverage", "page", frozenset({"news.example"}))


@pytest.mark.parametrize(
    ("address", "verdict", "party"),
    [
        ("coverage://page/index.html", Verdict.LOADED, Party.FIRST),
        ("coverage://page/media/a.jpg?x=1#y", Verdict.LOADED, Party.FIRST),
        ("coverage://PAGE/", Verdict.LOADED, Party.FIRST),
        ("coverage://other/", Verdict.BLOCKED, Party.THIRD),
        ("coverage://page.evil.example/", Verdict.BLOCKED, Party.THIRD),
        ("coverage://page@evil.example/", Verdict.BLOCKED, Party.THIRD),
        ("https://page/", Verdict.BLOCKED, Party.FIRST),
        ("https://third.example/x.png", Verdict.BLOCKED, Party.THIRD),
        ("wss://third.example/", Verdict.BLOCKED, Party.THIRD),
        ("https://news.example/film.mp4", Verdict.BLOCKED, Party.FIRST),
        ("https://sub.news.example/", Verdict.BLOCKED, Party.THIRD),
        ("data:text/html,hello", Verdict.BLOCKED, Party.FIRST),
        ("file:///etc/passwd", Verdict.BLOCKED, Party.THIRD),
        ("https://[half/", Verdict.BLOCKED, Party.THIRD),
        ("", Verdict.BLOCKED, Party.THIRD),
    ],
)
def test_only_the_pages_own_origin_loads(address: str, verdict: Verdict, party: Party) -> None:
    request = Request(address, Kind.PICTURE)
    assert (decide(request, POLICY), party_of(request, POLICY)) == (verdict, party)


@given(st.text(max_size=60))
def test_whatever_the_address_a_decision_is_made_and_nothing_foreign_loads(address: str) -> None:
    logged = log(Request(address, Kind.OTHER), POLICY, datetime.now(UTC))
    assert logged.verdict is Verdict.BLOCKED or logged.host == "page"


def test_the_log_names_the_host_that_was_asked() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    logged = log(Request("https://Third.Example:8443/a", Kind.SCRIPT), POLICY, at)
    assert (logged.host, logged.kind, logged.at) == ("third.example", Kind.SCRIPT, at)
    assert host_of("data:,x") == ""
