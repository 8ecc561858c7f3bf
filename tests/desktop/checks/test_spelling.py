import pytest

from desktop.checks.findings import Finding, Severity
from desktop.checks.spelling import FOLDER, LANGUAGES, findings, misspelt, speller, words_in
from desktop.domain.blocks import Embed, Image, InternalNote, Paragraph, Quote
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.moment import now
from desktop.domain.text import text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words_and_its_licence(language: str) -> None:
    assert speller(language).knows("harbour" if language == "en-GB" else "harbor")
    assert not speller(language).knows("harbor" if language == "en-GB" else "harbour")
    assert "Copyright" in (FOLDER / f"{language}.LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["café", "naïve", "don’t", "don't", "harbour’s", "boats’", "London", "Rescuers"])
def test_accents_apostrophes_and_capitals_are_no_mistakes(word: str) -> None:
    assert misspelt(word, speller("en-GB")) == ()


def test_addresses_handles_numbers_initials_and_other_scripts_are_not_asked() -> None:
    said = "Ask desk@exmaple.org or @harbuor via www.exmapel.org/wehn #brigde NATO iPhone 3rd B2B A9s Дніпро 12-foot"
    assert [word for _, word in words_in(said)] == ["Ask", "or", "via"]


def test_words_come_with_their_places() -> None:
    said = "The brigde, and trafic."
    assert [said[start : start + len(word)] for start, word in words_in(said)] == ["The", "brigde", "and", "trafic"]


def test_names_of_the_page_are_known_also_in_the_possessive() -> None:
    said = "Qenvarra’s mayor met Qenvarra and Orbelin."
    assert misspelt(said, speller("en-GB")) == ("Qenvarra’s", "Qenvarra", "Orbelin")
    assert misspelt(said, speller("en-GB"), {"Qenvarra"}) == ("Orbelin",)


def test_the_likeliest_is_suggested_first() -> None:
    assert speller("en-GB").suggest("brigde")[0] == "bridge"
    assert speller("en-GB").suggest("does’nt")[0] == "doesn’t"


def test_a_warning_names_the_words_and_the_block_and_leaves_alone_what_others_wrote() -> None:
    entry = Entry(
        id=new_id(),
        coverage_id=new_id(),
        at=now(),
        headline="Ferys again",
        blocks=(
            Paragraph(text("All well.")),
            Quote(text("The brigde and the trafic stoped")),
            Image(alt="A bote", credit="Qenvarra Fotos"),
            Embed(quoted="Teh post"),
            InternalNote("Call agian"),
        ),
    )
    assert tuple(findings(entry, speller("en-GB"))) == (
        Finding(Severity.WARN, "“Ferys” may be misspelt.", None),
        Finding(Severity.WARN, "“brigde” and 2 more may be misspelt.", 1),
        Finding(Severity.WARN, "“bote” may be misspelt.", 2),
    )
