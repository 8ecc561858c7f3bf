import pytest

from desktop.consent.address import AddressRefused
from desktop.consent.loading import Loading, loading
from desktop.consent.providers import Strategy, table
from desktop.consent.recognise import recognise
from desktop.domain.blocks import Embed


def load(address: str, our_host: str = "") -> Loading:
    found = loading(recognise(address), our_host)
    assert found
    return found


def test_a_script_provider_loads_its_script_and_names_its_hosts() -> None:
    found = load("https://x.com/a/status/1")
    assert found.strategy is Strategy.SCRIPT
    assert found.script == "https://platform.twitter.com/widgets.js"
    assert found.iframe == ""
    assert "platform.twitter.com" in found.hosts["frame"]


def test_a_video_loads_in_the_frame_that_sets_no_cookie() -> None:
    found = load("https://youtu.be/abcdefghijk")
    assert found.iframe == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert found.name == "Google YouTube"


def test_an_instance_is_named_by_its_own_host() -> None:
    found = load("https://social.example/@a/1")
    assert found.name == "social.example"
    assert found.iframe == "https://social.example/@a/1/embed"
    assert found.hosts["img"] == ("social.example", "files.social.example")
    assert found.privacy_policy == "https://social.example/privacy-policy"


def test_an_unknown_site_is_gated_by_its_host_and_has_no_policies() -> None:
    found = load("https://bücher.example/a?b=1")
    assert found.hosts["frame"] == ("xn--bcher-kva.example",)
    assert found.iframe == "https://bücher.example/a?b=1"
    assert (found.cookie_policy, found.privacy_policy) == (None, None)


def test_an_address_inside_an_address_is_quoted() -> None:
    found = load("https://soundcloud.com/a/b")
    assert found.iframe == "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb"


def test_a_player_that_must_know_our_host_loads_only_when_told() -> None:
    address = "https://www.twitch.tv/videos/5"
    assert loading(recognise(address)) is None
    assert "parent=news.example" in load(address, "news.example").iframe


@pytest.mark.parametrize("address", [None, "https://x.com/someone", "https://www.google.com/maps/place/A"])
def test_what_has_no_form_to_load_loads_nothing(address: str | None) -> None:
    embed = Embed("x") if address is None else recognise(address)
    assert loading(embed) is None


def test_a_map_prepared_for_embedding_loads() -> None:
    assert load("https://www.google.com/maps/embed?pb=abc").iframe == "https://www.google.com/maps/embed?pb=abc"


def test_an_address_that_must_not_be_loaded_is_refused() -> None:
    with pytest.raises(AddressRefused):
        loading(Embed(address="javascript:alert(1)"))


def test_no_host_source_is_left_unfilled() -> None:
    for provider in table():
        for host in (host for listed in provider.hosts.values() for host in listed):
            assert "{" not in host or provider.id in {"mastodon", "generic"}
