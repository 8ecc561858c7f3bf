from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.consent.catalogue import named
from desktop.consent.forecast import Reader, forecast
from desktop.consent.observed import Answer, Asked, Checked, Cookie, Observed, Witness
from desktop.consent.placed import Placed
from desktop.consent.recognise import recognise
from desktop.consent.verdict import Verdict, judge

PAGE = (
    Placed("one", recognise("https://x.com/harbour/status/1234567890")),
    Placed("film", recognise("https://www.youtube.com/watch?v=abcdefghijk")),
)
OWN = ("news.example",)
BEFORE, AFTER = forecast(PAGE, Reader(), OWN), forecast(PAGE, Reader(frozenset({"one"})), OWN)
(FIRST, ONCE, ALWAYS) = named(("first-visit", "accept-once", "accept-always"))


def asked(host: str, *, consented: bool = False, answer: Answer = Answer.LOADED) -> Asked:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Asked(f"https://{host}/", host, "script", Witness.BROWSER, answer, at, consented)


def first(seen: Observed) -> Verdict:
    return judge(FIRST, BEFORE, BEFORE, seen)


def test_the_publisher_alone_is_no_third_party() -> None:
    verdict = first(Observed(asked=(asked("news.example"), asked(""))))
    assert verdict.is_good
    assert verdict.sentence == "0 third-party requests before consent"


@pytest.mark.parametrize("answer", list(Answer))
def test_whoever_else_was_asked_is_named_whatever_became_of_it(answer: Answer) -> None:
    verdict = first(Observed(asked=(asked("platform.twitter.com", answer=answer),)))
    assert not verdict.is_good
    assert verdict.exceeded[0].startswith("script https://platform.twitter.com/")


def test_what_could_not_be_judged_is_never_good_even_of_the_publisher() -> None:
    assert "could not be judged" in first(Observed(asked=(asked("news.example", answer=Answer.UNJUDGED),))).exceeded[0]


def test_nothing_may_be_kept_before_a_choice() -> None:
    kept = first(Observed(kept_before=("localStorage visits",), cookies_before=(Cookie("a", "news.example"),)))
    assert kept.exceeded == ("cookie a of news.example before consent", "localStorage visits kept before consent")
    assert first(Observed(kept=("localStorage visits",))).exceeded == ("localStorage visits kept",)


def test_after_consent_the_accepted_provider_may_be_asked_and_nobody_else() -> None:
    seen = Observed(
        asked=(asked("platform.twitter.com", consented=True),), cookies=(Cookie("guest_id", ".twitter.com"),)
    )
    good = judge(ONCE, BEFORE, AFTER, seen)
    assert good.is_good
    assert good.sentence == "0 third-party requests before consent, 1 after it (platform.twitter.com)"
    more = (*seen.asked, asked("www.youtube-nocookie.com", consented=True))
    assert judge(ONCE, BEFORE, AFTER, replace(seen, asked=more)).exceeded == (
        "script https://www.youtube-nocookie.com/",
    )
    early = (asked("platform.twitter.com"), *seen.asked)
    assert judge(ONCE, BEFORE, AFTER, replace(seen, asked=early)).exceeded[0].endswith("without consent")


def test_a_consent_that_asks_nobody_is_a_failure_and_an_unlisted_cookie_a_notice() -> None:
    assert judge(ONCE, BEFORE, AFTER, Observed()).failed == ("after consent platform.twitter.com was not asked",)
    seen = Observed(asked=(asked("platform.twitter.com", consented=True),), cookies=(Cookie("new", "x.example"),))
    assert judge(ONCE, BEFORE, AFTER, seen).exceeded == ("cookie new of x.example",)
    unlisted = judge(ONCE, BEFORE, AFTER, replace(seen, cookies=(Cookie("new", ".twitter.com"),)))
    assert unlisted.is_good
    assert unlisted.noticed == ("the cookie new of .twitter.com is not in the provider table",)


def test_our_own_key_may_stand_only_where_it_was_forecast() -> None:
    seen = Observed(asked=(asked("platform.twitter.com", consented=True),), kept=("localStorage embeds",))
    assert not judge(ONCE, BEFORE, AFTER, seen).is_good
    remembered = forecast(PAGE, Reader(frozenset({"one"}), is_remembered=True), OWN)
    assert judge(ALWAYS, BEFORE, remembered, seen).is_good


def test_what_did_not_hold_is_told_with_what_was_seen_instead() -> None:
    wrong = Observed(checks=(Checked("a panel stands", holds=False, seen="nothing"), Checked("b", holds=True)))
    verdict = judge(FIRST, BEFORE, BEFORE, replace(wrong, faults=("The browser stopped.",)))
    assert verdict.failed == ("The browser stopped.", "a panel stands (nothing)")
    assert verdict.sentence == "0 third-party requests before consent; but: The browser stopped. and 1 more"
