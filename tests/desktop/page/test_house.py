from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.blocks import Embed
from desktop.page.house import House, HouseInvalid
from desktop.page.profile import missing_keys

WINTER = datetime(2026, 1, 16, 13, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 16, 13, 30, tzinfo=UTC)

OWN = """
schema = 1
language = "en-GB"
[publisher]
name = "The Tidings"
[time]
published_at = "told at {HH:mm} {zone} {d MMMM yyyy}"
[embed]
accept = "Show me"
accept_label = "show me"
"""


def lay(tmp_path: Path, written: str) -> House:
    file = tmp_path / "house.toml"
    file.write_text(written, encoding="utf-8")
    return House.lay_over(file)


def refusal(tmp_path: Path, written: str) -> str:
    with pytest.raises(HouseInvalid) as raised:
        lay(tmp_path, written)
    return str(raised.value)


def test_the_shipped_profile_has_every_key_there_is() -> None:
    assert missing_keys(House.shipped().values) == []


def test_zones_go_by_their_long_name_at_that_moment() -> None:
    house = House.shipped()
    assert "13:30 Greenwich Mean Time" in house.published_at(WINTER, "Europe/London")
    assert "14:30 British Summer Time" in house.published_at(SUMMER, "Europe/London")


def test_a_file_lies_over_the_profile_of_its_language(tmp_path: Path) -> None:
    house = lay(tmp_path, OWN)
    assert house.published_at(WINTER, "Europe/London") == "told at 13:30 Greenwich Mean Time 16 January 2026"
    assert house.word("copy.summary_heading") == House.shipped().word("copy.summary_heading")
    assert "The Tidings" in house.embed_words(Embed("x"), 1)["disclaimer"]


def test_the_accept_buttons_label_is_a_variable_where_it_is_mentioned(tmp_path: Path) -> None:
    assert "‘show me’" in lay(tmp_path, OWN).embed_words(Embed("x"), 1)["permission"]


def test_a_profile_that_words_accept_alone_offers_accept_alone(tmp_path: Path) -> None:
    assert House.shipped().choices == ("once", "always", "not_now")
    assert lay(tmp_path, OWN).choices == ("once",)
    assert lay(tmp_path, OWN + 'choices = ["once", "not_now"]').choices == ("once", "not_now")


@pytest.mark.parametrize(("number", "skip"), [(1, "Go past x post"), (2, "Go past x post 2")])
def test_the_first_of_its_sort_goes_unnumbered(number: int, skip: str) -> None:
    assert House.shipped().embed_words(Embed("x"), number)["skip"] == skip


def test_one_policy_has_a_wording_of_its_own_once_the_address_is_known() -> None:
    words = House.shipped().embed_words
    assert "cookie policy" in words(Embed("bluesky"), 1)["permission"]
    known = words(Embed("bluesky", address="https://bsky.app/profile/a.b/post/1"), 1)["permission"]
    assert "cookie policy" not in known
    assert "privacy policy, external" in known


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("[copy]\nsumary_heading = 'x'", "Did you mean “copy.summary_heading”?"),
        ("[copy]\nsummary_heading = 3", "“copy.summary_heading” in the house profile house.toml is not a text."),
        ("[time]\npublished_at = 'at {HH:mm} {zonne}'", "“{zonne}” is not a variable"),
        ("[time]\npublished_at = 'at {zone}'", "tells no date or time"),
        ("[time]\nzone = 'Europe/Lundun'", "“time.zone”"),
        ("[embed]\nskip = 'Skip'", "“embed.skip” in the house profile house.toml cannot be used: it lacks {n}."),
        ("[embed]\nskip = 'Skip { n'", "a brace is not closed"),
        ("[embed]\nchoices = ['never']", "“embed.choices”"),
        ("[embed]\nchoices = ['not_now']", "nothing could be loaded"),
        ("[page]\nentries_per_page = 0", "“page.entries_per_page”"),
        ("[publisher]\nhosts = ['https://a.example']", "“publisher.hosts”"),
        ("[publisher]\nhosts = ['a.example; script-src *']", "“publisher.hosts”"),
        ("direction = 'up'", "neither ltr nor rtl"),
        ("schema = 2", "“schema”"),
        ("embed = 3", "“embed”"),
        ("language = 'qq-QQ'", "language"),
        ("not toml", "not readable TOML"),
    ],
)
def test_a_wrong_profile_is_refused_and_its_key_named(tmp_path: Path, written: str, named: str) -> None:
    assert named in refusal(tmp_path, written)


def test_another_language_needs_every_key_and_each_missing_one_is_named(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, "language = 'fr'\n[copy]\nsummary_heading = 'En bref'")
    assert all(f"“{key}”" in sentence for key in ("copy.image_caption", "embed.permission", "embed.kinds", "direction"))
    assert "“copy.summary_heading”" not in sentence


def test_a_file_that_is_not_there_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(HouseInvalid, match="cannot be read"):
        House.lay_over(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HouseInvalid, match="not readable TOML"):
        House.lay_over(tmp_path / "binary.toml")


def test_the_resolved_profile_travels_whole(tmp_path: Path) -> None:
    house = lay(tmp_path, OWN)
    again = House.from_json(house.to_json())
    assert again == house
    assert again.published_at(SUMMER, "Asia/Tokyo") == house.published_at(SUMMER, "Asia/Tokyo")


def test_a_resolved_profile_of_an_earlier_version_is_worded_as_the_shipped_one_of_its_language_or_refused() -> None:
    written: dict[str, Any] = House.shipped().to_json()
    del written["embed"]["skip"]
    assert House.from_json(written).values == House.shipped().values
    with pytest.raises(HouseInvalid, match=r"embed\.skip"):
        House.from_json({**written, "language": "fr"})


def test_sentences_are_found_again_in_text() -> None:
    house = House.shipped()
    found = house.pattern("embed.end").fullmatch("after  YouTube video 3")
    assert found is not None
    assert (found["provider_lower"], found["kind"], found["n"]) == ("YouTube", "video", "3")
    first = house.pattern("embed.end").fullmatch("After youtube video")
    assert first is not None
    assert first["n"] is None


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata", "UTC"])
def test_a_headline_ends_at_its_last_published_at(zone: str) -> None:
    house = House.shipped()
    headline = "Letter published at dawn " + house.published_at(SUMMER, zone)
    line = house.published_line(headline + house.published_at(WINTER, zone))
    assert line is not None
    assert line.headline == headline
    assert line.local == WINTER.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert house.published_line("No time at all") is None


def test_notes_for_readers_are_recognised_and_prose_is_not() -> None:
    house = House.shipped()
    assert house.is_content_warning("You may find this recording distressing.")
    assert not house.is_content_warning("You may find this recording useful.")
    assert house.is_verification_note("This newsroom has not independently verified the letter.")
    assert not house.is_verification_note("The ministry has not independently verified the letter.")


def test_nobody_can_change_a_profile() -> None:
    house = House.shipped()
    with pytest.raises(TypeError):
        house.values["copy.external"] = "x"  # type: ignore[index]  # that it is refused is the test


def test_own_policy_links_stand_before_those_of_the_provider_table() -> None:
    house = House.shipped()
    post = Embed("x", "post", "https://x.com/harbour/status/123")
    own = house.with_own({"embed.privacy_policies.x": "https://example.org/what-x-does"})
    assert own.policies(post)["privacy_policy"] == "https://example.org/what-x-does"
    assert own.policies(post)["cookie_policy"] == house.policies(post)["cookie_policy"]
    assert House.from_json(own.to_json()) == own
    with pytest.raises(HouseInvalid, match=r"embed\.privacy_policies\.x"):
        house.with_own({"embed.privacy_policies.x": "http://example.org"})


def test_a_house_says_what_an_unproved_page_may_do() -> None:
    house = House.shipped()
    assert not house.blocks_unproved
    assert house.with_own({"proof.before_air": "block"}).blocks_unproved
    with pytest.raises(HouseInvalid, match="neither warn nor block"):
        house.with_own({"proof.before_air": "perhaps"})


def test_a_key_that_is_no_longer_one_is_passed_over(tmp_path: Path) -> None:
    older = lay(tmp_path, f'{OWN}asked_again = "We ask again."\n')
    assert "embed.asked_again" not in older.values
    assert older.values == lay(tmp_path, OWN).values
