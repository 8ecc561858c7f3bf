from pathlib import Path

import html5lib
import pytest

from desktop.page import profile
from desktop.page.house import House
from desktop.page.house_check import check, sentences, write_preview
from tests.desktop.page.harbour import NOON

HOUSES = Path(__file__).parents[3] / "resources" / "houses"


def checked(tmp_path: Path, written: str) -> tuple[str, list[str]]:
    file = tmp_path / "own.toml"
    file.write_text(written, encoding="utf-8")
    report = check(file)
    return ("sound" if report.is_sound else "not sound"), list(report.lines())


@pytest.mark.parametrize("name", profile.shipped_names())
def test_every_profile_that_ships_is_whole_and_says_every_sentence(name: str) -> None:
    report = check(HOUSES / f"{name}.toml")
    assert report.is_sound
    assert (report.missing, report.unknown, report.unused, report.faults) == ((), (), (), ())
    for said in report.said:
        assert said.words.strip()
        assert not set("{}") & set(said.words), said


def test_the_profiles_that_ship_have_three_languages_and_both_directions() -> None:
    houses = [House.shipped(name) for name in profile.shipped_names()]
    assert {house.language for house in houses} == {"en-GB", "ar", "pl"}
    assert {house.direction for house in houses if house.language == "ar"} == {"rtl"}


@pytest.mark.parametrize("name", ["arabic", "polish"])
def test_a_translation_takes_no_sentence_from_the_default(name: str) -> None:
    default, other = House.shipped().values, House.shipped(name).values
    names = {key for key in default if key.startswith("embed.names.")}
    same = {key for key in default.keys() - names if isinstance(default[key], str) and default[key] == other.get(key)}
    assert same <= {"direction", "embed.posted", "copy.quote_source", "time.moment"}


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("default", {1: "One new update", 2: "2 new updates"}),
        ("polish", {1: "1 nowa aktualizacja", 3: "3 nowe aktualizacje", 5: "5 nowych aktualizacji", 22: "22 nowe"}),
        ("arabic", {1: "تحديث جديد واحد", 2: "تحديثان جديدان", 3: "3 تحديثات", 11: "11 تحديثًا", 100: "100 تحديث"}),
    ],
)
def test_numbers_take_the_form_their_language_has(name: str, counts: dict[int, str]) -> None:
    for count, words in counts.items():
        assert House.shipped(name).counted("live.new", count).startswith(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("arabic", "نُشر في 14:00 توقيت شرق أوروبا الرسمي، السبت 14 مارس 2026"),
        ("polish", "opublikowano o 14:00, czas wschodnioeuropejski standardowy, sobota 14 marca 2026"),
    ],
)
def test_dates_and_zones_are_told_in_the_profiles_language(name: str, words: str) -> None:
    assert House.shipped(name).published_at(NOON, "Africa/Cairo") == words


def test_a_missing_form_is_named_and_so_is_every_other_missing_key(tmp_path: Path) -> None:
    polish = (HOUSES / "polish.toml").read_text(encoding="utf-8")
    changed = polish.replace('language = "pl"', 'language = "cs"').replace("few = ", "fewer = ")
    changed = changed.replace("[share]\nheading", "[share]\nheadline")
    verdict, lines = checked(tmp_path, changed)
    assert verdict == "not sound"
    assert {"Missing: live.new.few", "Missing: share.heading"} <= set(lines)
    assert any(line.startswith("Not a key: share.headline (did you mean share.heading?)") for line in lines)


def test_a_form_its_language_never_takes_is_told(tmp_path: Path) -> None:
    verdict, lines = checked(tmp_path, 'language = "en-GB"\n[live.new]\nfew = "{count} new"')
    assert verdict == "sound"
    assert "Never used in this language: live.new.few" in lines


def test_what_is_wrong_in_a_sentence_is_told(tmp_path: Path) -> None:
    verdict, lines = checked(tmp_path, "[embed]\nskip = 'Skip'")
    assert verdict == "not sound"
    assert "“embed.skip”" in lines[0]
    assert checked(tmp_path, "not toml")[1][0].startswith("own.toml is not readable TOML")
    assert not check(tmp_path / "none.toml").is_sound


@pytest.mark.parametrize("name", profile.shipped_names())
def test_a_profile_can_be_looked_at(tmp_path: Path, name: str) -> None:
    house = House.shipped(name)
    page = write_preview(house, tmp_path / "preview")
    parsed = html5lib.parse(page.read_bytes(), namespaceHTMLElements=False)
    assert (parsed.get("lang"), parsed.get("dir")) == (house.language, house.direction)
    assert (page.parent / "page.css").is_file()
    spoken = page.read_text(encoding="utf-8")
    for key in ("copy.summary_heading", "copy.withdrawn_headline", "copy.pinned", "state.live"):
        assert house.word(key) in spoken


def test_every_sentence_is_said(tmp_path: Path) -> None:
    house = House.shipped()
    said = {each.key for each in sentences(house)}
    assert {"embed.permission", "copy.correction", "live.new (2)", "rehearsal.banner"} <= said
    assert checked(tmp_path, "")[0] == "sound"


def test_where_pages_are_published_is_an_address(tmp_path: Path) -> None:
    assert checked(tmp_path, '[publisher]\naddress = "http://x"')[0] == "not sound"
    assert checked(tmp_path, '[publisher]\naddress = "https://live.example/{page}/"')[0] == "sound"
