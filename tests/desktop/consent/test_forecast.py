from hypothesis import given
from hypothesis import strategies as st

from desktop.consent.forecast import Reader, forecast, score
from desktop.consent.placed import Placed
from desktop.consent.policy import hosts_of
from desktop.consent.recognise import recognise
from desktop.domain.blocks import Embed, Image

PAGE = (
    Placed("one", recognise("https://x.com/harbour/status/1234567890")),
    Placed("two", recognise("https://x.com/harbour/status/1234567891")),
    Placed("film", recognise("https://www.youtube.com/watch?v=abcdefghijk")),
    Placed("toot", recognise("https://ships.example/@harbour/112233445566")),
    Placed("nothing", Embed()),
)


def test_before_consent_nobody_may_be_asked_and_nothing_kept() -> None:
    may = forecast(PAGE, Reader(), ["news.example"])
    assert (dict(may.sources), dict(may.awaited), dict(may.cookies), may.keeps) == ({}, {}, {}, False)
    assert may.is_own("news.example")
    assert may.provider_of("platform.twitter.com") is None
    # What each would load is known all the same.
    assert set(may.frame_policies) == {"one", "two", "film", "toot"}


def test_one_accepted_post_frees_its_own_provider_alone() -> None:
    may = forecast(PAGE, Reader(frozenset({"two"})))
    assert may.provider_of("platform.twitter.com") == "X"
    assert may.provider_of("www.youtube-nocookie.com") is None
    assert dict(may.awaited) == {"two": ("platform.twitter.com",)}
    assert may.knows_cookie("guest_id", ".twitter.com")
    assert not may.knows_cookie("YSC", ".youtube.com")
    assert may.provider_of_domain(".twitter.com") == "X"
    assert may.provider_of_domain("evil-twitter.com") is None
    assert may.provider_of_domain("news.example") is None


def test_a_cookie_is_known_by_its_whole_name_its_beginning_or_its_domain() -> None:
    may = forecast((Placed("i", recognise("https://www.instagram.com/p/Abc123/")), PAGE[0]), Reader(frozenset("i")))
    assert may.knows_cookie("fbm_1234", "www.instagram.com")
    assert not may.knows_cookie("fb", "www.instagram.com")
    x = forecast(PAGE, Reader(frozenset({"one"})))
    assert x.knows_cookie("muc_ads", ".t.co")
    assert not x.knows_cookie("muc_ads", ".twitter.com")


def test_an_instance_is_known_by_its_own_host() -> None:
    may = forecast(PAGE, Reader(frozenset({"toot"})))
    assert may.provider_of("ships.example")
    assert may.provider_of("other.example") is None


def test_who_is_offline_asks_nobody_whatever_they_accepted() -> None:
    may = forecast(PAGE, Reader(frozenset({"one", "film"}), is_online=False))
    assert dict(may.sources) == {}


@given(st.frozensets(st.sampled_from([each.id for each in PAGE])))
def test_accepting_more_never_allows_less_and_stays_inside_the_frames_policies(accepted: frozenset[str]) -> None:
    may, all_of_it = forecast(PAGE, Reader(accepted)), forecast(PAGE, Reader(frozenset(e.id for e in PAGE)))
    assert may.sources.items() <= all_of_it.sources.items()
    for each in accepted & may.frame_policies.keys():
        assert set(hosts_of(may.frame_policies[each])) <= may.sources.keys()


def test_an_entry_that_quotes_its_posts_could_need_no_consent_at_all() -> None:
    kept = Embed("x", "post", "https://x.com/harbour/status/1234567890", quoted="High water", author="Harbour")
    film = Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk", quoted="A film", author="Harbour")
    chart = Embed("flourish", "chart", "https://public.flourish.studio/visualisation/1/", picture=Image("0" * 64))
    assert score(()).is_free
    assert score((Placed("a", kept), Placed("b", chart))).is_free
    assert score((Placed("a", kept),)).sentence.startswith("This could need no consent at all")
    mixed = score((Placed("a", kept), Placed("b", film)))
    assert (mixed.needed, mixed.sentence) == (("b",), "1 of 2 embeds needs consent. 1 could stand as a card.")
    assert score(PAGE[:2]).sentence == "2 of 2 embeds need consent."
