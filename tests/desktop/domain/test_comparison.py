from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given, settings

from desktop.domain.blocks import Image, InternalNote, List, Paragraph, Quote
from desktop.domain.comparison import Change, compare, is_changed, lines
from desktop.domain.entry import Correction, Entry
from desktop.domain.rewording import Fate
from desktop.domain.text import Span, text
from tests.strategies import ENTRIES

ENTRY = Entry(
    id=UUID(int=1),
    coverage_id=UUID(int=2),
    at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
    headline="Bridge open again",
    blocks=(Paragraph(text("The bridge opened at noon.")), Paragraph(text("Buses run as usual."))),
)


def told(changes: tuple[Change, ...], *fates: Fate) -> list[str]:
    """Return the words of the pieces of some fates."""
    return [piece.text for change in changes for piece in change.pieces if piece.fate in fates]


def test_a_reworded_line_shows_the_words_that_came_and_went() -> None:
    after = replace(ENTRY, blocks=(Paragraph(text("The bridge opened at one.")), ENTRY.blocks[1]))
    changes = compare(ENTRY, after)
    assert told(changes, Fate.REMOVED) == ["noon"]
    assert told(changes, Fate.ADDED) == ["one"]
    assert [change.is_reworded for change in changes] == [False, False, True, False]


def test_a_line_with_nothing_in_common_is_another_line() -> None:
    after = replace(ENTRY, blocks=(ENTRY.blocks[0], Paragraph(text("Schools stay shut all week."))))
    assert [change.fate for change in compare(ENTRY, after)][-2:] == [Fate.REMOVED, Fate.ADDED]


def test_cards_items_looks_links_and_corrections_are_told() -> None:
    after = replace(
        ENTRY,
        is_key_moment=True,
        blocks=(
            List((text("One"),), ordered=True),
            Quote((Span("Mind", bold=True), Span(" the map", href="https://map.example/")), "Harbour office"),
            Image(media="ab" * 32, alt="A quay", credit="Quay Agency"),
            InternalNote("Call again"),
        ),
        corrections=(Correction("It was one o'clock.", ENTRY.at),),
    )
    said = [(line.label, line.words) for line in lines(after)]
    assert said[2:] == [
        ("Key moment", "Yes"),
        ("1.", "One"),
        ("Quote", "*Mind* the map <https://map.example/>"),
        ("Source", "Harbour office"),
        ("Picture", "abababab"),
        ("Alt text", "A quay"),
        ("Source", "Quay Agency"),
        ("Internal note", "Call again"),
        ("Correction", "It was one o'clock."),
    ]


def test_very_long_lines_are_compared_as_wholes() -> None:
    before = replace(ENTRY, blocks=(Paragraph(text("word " * 10_000)),))
    after = replace(ENTRY, blocks=(Paragraph(text("word " * 10_001)),))
    assert [change.fate for change in compare(before, after)][2:] == [Fate.REMOVED, Fate.ADDED]


@settings(max_examples=40)
@given(ENTRIES, ENTRIES)
def test_each_version_can_be_read_off_the_comparison(before: Entry, after: Entry) -> None:
    changes = compare(before, after)
    for version, other in ((before, Fate.ADDED), (after, Fate.REMOVED)):
        here = [change for change in changes if change.fate is not other]
        said = [(each.label, "".join(p.text for p in each.pieces if p.fate is not other)) for each in here]
        assert said == [(line.label, line.words) for line in lines(version)]
    assert is_changed(changes) == (tuple(lines(before)) != tuple(lines(after)))
