import pytest

from desktop.checks.findings import Severity, blockers, check, unsupported_figures
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Image,
    InternalNote,
    List,
    Paragraph,
    Video,
)
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.moment import now
from desktop.domain.text import Span, text

HERE, GONE = "a" * 64, "b" * 64
GOOD_IMAGE = Image(media=HERE, alt="A bridge", credit="Desk")


def entry(*blocks: Block, headline: str = "A headline") -> Entry:
    return Entry(id=new_id(), coverage_id=new_id(), at=now(), headline=headline, blocks=blocks)


def found(subject: Entry) -> list[tuple[Severity, str, int | None]]:
    findings = check(subject, has_media=HERE.__eq__, has_policy="x".__eq__)
    return [(finding.severity, finding.sentence, finding.block) for finding in findings]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (Image(alt="A bridge", credit="Desk"), "has no file"),
        (Image(media=GONE, alt="A bridge", credit="Desk"), "file is missing"),
        (Image(media=HERE, credit="Desk"), "no alt text"),
        (Gallery((GOOD_IMAGE, Image(media=HERE, credit="Desk"))), "no alt text"),
        (Video(), "video has no file"),
        (Video(media=HERE, captions=GONE), "captions of the video are missing"),
        (Embed("x"), "no address"),
        (ContentWarning(" "), "note to readers is empty"),
        (Paragraph((Span("here", href="javascript:alert(1)"),)), "“here” goes to an address"),
        (List((text("one"), (Span("two", href="file:///etc"),))), "“two” goes to an address"),
        (Paragraph((Span("three", href="//elsewhere.example/"),)), "“three” goes to an address"),
        (Paragraph(text("Water at TK metres")), "“TK” still stands"),
        (Paragraph(text("DO NOT PUB before noon")), "“DO NOT PUB” still stands"),
    ],
)
def test_what_readers_must_not_get_blocks(block: Block, sentence: str) -> None:
    ((severity, said, index),) = found(entry(block))
    assert severity is Severity.BLOCK
    assert sentence in said
    assert index == 0


def test_a_film_of_our_own_without_captions_is_worth_a_look() -> None:
    assert found(entry(Video(media=HERE))) == [(Severity.WARN, "The video has no captions.", 0)]
    assert found(entry(Video(media=HERE, captions=HERE))) == []
    assert found(entry(Video(address="https://films.example/quay.mp4"))) == []


def test_an_entry_that_says_nothing_blocks() -> None:
    assert found(entry(InternalNote("call back"), headline=" ")) == [(Severity.BLOCK, "The entry is empty.", None)]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (Image(media=HERE, alt="A bridge"), "no image source"),
        (Embed("unheard-of", address="https://example.org/1"), "No policy is on file"),
    ],
)
def test_what_the_desk_should_look_at_warns(block: Block, sentence: str) -> None:
    ((severity, said, _),) = found(entry(block))
    assert severity is Severity.WARN
    assert sentence in said


def test_a_decorative_picture_needs_no_alt_text() -> None:
    assert found(entry(Image(media=HERE, decorative=True, credit="Desk"))) == []


def test_blockers_stand_first() -> None:
    findings = check(entry(Image(media=HERE, alt="A"), Embed("x")), has_media=HERE.__eq__, has_policy="x".__eq__)
    assert [finding.severity for finding in findings] == [Severity.BLOCK, Severity.WARN]
    assert len(blockers(findings)) == 1


def test_an_internal_note_is_nobody_elses_business() -> None:
    assert found(entry(Paragraph(text("Fine.")), InternalNote("TK: ask again"))) == []


def test_a_figure_no_entry_supports_is_named() -> None:
    points = (SummaryPoint(new_id(), "31 homes, 4.5 metres"), SummaryPoint(new_id(), "31 homes"))
    coverage = Coverage(id=new_id(), headline="Flood", summary=points)
    assert unsupported_figures(coverage, "The river stands at 4.5 metres") == ("31",)


@pytest.mark.parametrize("href", ["/the-story-so-far", "#entry", "https://a.example/", "mailto:desk@a.example"])
def test_links_inside_the_house_and_out_of_it_are_fine(href: str) -> None:
    assert found(entry(Paragraph((Span("here", href=href),)))) == []
