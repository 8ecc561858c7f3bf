from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.blocks import Block, ContentWarning, Image, List, Paragraph, Quote
from desktop.domain.text import Span, text
from tests.strategies import BLOCKS
from ui.editor.lines import Kind, Line
from ui.editor.rows import (
    ABOVE,
    CARD,
    TEXT,
    Blocks,
    Caret,
    blocks_of,
    caret_at_block,
    drop_line,
    insert,
    move,
    open_line,
    paste,
    remove,
    rows_of,
    segments,
)

SHOWN = st.lists(BLOCKS, max_size=5).map(lambda blocks: blocks_of(rows_of(blocks)))


def para(words: str) -> Paragraph:
    return Paragraph(text(words))


def is_settled(blocks: Blocks) -> bool:
    return blocks_of(rows_of(blocks)) == blocks and isinstance(rows_of(blocks)[-1], Line)


def is_inside(blocks: Blocks, caret: Caret) -> bool:
    parts = segments(blocks)
    is_prose = isinstance(parts[caret.segment], tuple)
    return 0 <= caret.segment < len(parts) and (caret.field == TEXT) == is_prose


@st.composite
def places(draw: st.DrawFn) -> tuple[Blocks, Caret]:
    blocks = draw(SHOWN)
    parts = segments(blocks)
    segment = draw(st.integers(0, len(parts) - 1))
    if not isinstance(parts[segment], tuple):
        return blocks, Caret(segment, CARD)
    return blocks, Caret(segment, TEXT, draw(st.integers(0, 60)), draw(st.integers(0, 60)))


@given(SHOWN)
def test_what_is_shown_always_ends_with_a_line_to_type_in(blocks: Blocks) -> None:
    assert is_settled(blocks)


@given(places(), BLOCKS)
def test_an_inserted_block_is_where_the_caret_goes(place: tuple[Blocks, Caret], new: Block) -> None:
    blocks, caret = insert(*place, new)
    assert is_settled(blocks)
    assert is_inside(blocks, caret)


def test_a_card_stands_below_the_line_it_was_asked_for_in() -> None:
    blocks, caret = insert((para("one"), para("two")), Caret(0, TEXT, 1, 1), Image())
    assert blocks == (para("one"), Image(), para("two"))
    assert caret == Caret(1, CARD)


def test_a_card_takes_the_place_of_an_empty_line() -> None:
    blocks, _ = insert((para("one"), para("")), Caret(0, TEXT, 4, 4), Image())
    assert blocks == (para("one"), Image(), para(""))


def test_a_card_never_stands_between_a_quote_and_its_source() -> None:
    blocks, _ = insert((Quote(text("We left"), "A resident"),), Caret(0, TEXT, 1, 1), Image())
    assert blocks[:2] == (Quote(text("We left"), "A resident"), Image())


def test_a_card_asked_for_above_the_text_comes_first() -> None:
    blocks, _ = insert((para("one"),), Caret(ABOVE, "headline"), Image())
    assert blocks == (Image(), para("one"))


@given(places(), st.sampled_from([-1, 1]))
def test_moving_keeps_every_row_and_can_be_taken_back(place: tuple[Blocks, Caret], by: int) -> None:
    blocks, caret = place
    moved, landed = move(blocks, caret, by)
    assert is_settled(moved)
    assert is_inside(moved, landed)
    if moved != blocks:
        words = sorted(repr(getattr(row, "text", row)) for row in rows_of(blocks) if row != Line(Kind.PARAGRAPH))
        assert sorted(repr(getattr(row, "text", row)) for row in rows_of(moved) if row != Line(Kind.PARAGRAPH)) == words


def test_a_paragraph_moves_past_a_card() -> None:
    blocks, caret = move((para("one"), Image(), para("two")), Caret(0, TEXT, 2, 2), 1)
    assert blocks == (Image(), para("one"), para("two"))
    assert caret == Caret(1, TEXT, 2, 2)


def test_a_list_item_moves_among_its_items() -> None:
    before = (List((text("a"), text("b"))),)
    blocks, caret = move(before, Caret(0, TEXT, 2, 2), -1)
    assert blocks == (List((text("b"), text("a"))),)
    assert caret.position == 0


def test_the_first_block_does_not_move_up() -> None:
    assert move((Image(), para("")), Caret(0, CARD), -1) == ((Image(), para("")), Caret(0, CARD))


@given(places(), st.lists(BLOCKS, max_size=3).map(tuple))
def test_pasting_leaves_everything_settled(place: tuple[Blocks, Caret], pasted: Blocks) -> None:
    blocks, caret = paste(*place, pasted)
    assert is_settled(blocks)
    assert is_inside(blocks, caret)


def test_one_pasted_paragraph_flows_into_the_line() -> None:
    blocks, caret = paste((para("River level"),), Caret(0, TEXT, 5, 6), (Paragraph((Span(" flood ", bold=True),)),))
    assert blocks == (Paragraph((Span("River"), Span(" flood ", bold=True), Span("level"))),)
    assert caret.position == 12


def test_several_pasted_paragraphs_cut_the_line() -> None:
    blocks, caret = paste((para("one two"),), Caret(0, TEXT, 3, 3), (para("a"), para("b")))
    assert blocks == (para("onea"), para("b two"))
    assert caret.position == 6


def test_a_pasted_list_takes_the_place_of_an_empty_line() -> None:
    listed = List((text("a"), text("b")))
    blocks, _ = paste((para(""),), Caret(0, TEXT, 0, 0), (listed,))
    assert blocks == (listed,)


def test_pasting_paragraphs_into_a_quote_keeps_its_source() -> None:
    blocks, _ = paste((Quote(text("ab"), "Jo"),), Caret(0, TEXT, 1, 1), (para("x"), para("y")))
    assert blocks == (Quote(text("ax"), "Jo"), para("yb"))


def test_a_pasted_card_cuts_the_line_in_two() -> None:
    blocks, caret = paste((para("ab"),), Caret(0, TEXT, 1, 1), (ContentWarning("Flooding"),))
    assert blocks == (para("a"), ContentWarning("Flooding"), para("b"))
    assert caret == Caret(2, TEXT, 0, 0)


def test_a_removed_card_joins_the_prose_around_it() -> None:
    blocks, caret = remove((para("one"), Image(), para("two")), 1)
    assert blocks == (para("one"), para("two"))
    assert caret == Caret(0, TEXT, 4, 4)


def test_a_line_opens_between_two_cards() -> None:
    blocks, caret = open_line((Image(), ContentWarning(""), para("")), 0)
    assert blocks == (Image(), para(""), ContentWarning(""), para(""))
    assert caret == Caret(1, TEXT, 0, 0)


def test_an_empty_line_below_a_card_goes_and_the_card_is_selected() -> None:
    blocks, caret = drop_line((Image(), para(""), para("two")), 1, 0)
    assert blocks == (Image(), para("two"))
    assert caret == Caret(0, CARD)


def test_the_caret_finds_a_block() -> None:
    blocks = (para("one"), List((text("a"), text("b"))), para("two"), Image(), para("three"))
    assert caret_at_block(blocks, 2) == Caret(0, TEXT, 8, 8)
    assert caret_at_block(blocks, 3) == Caret(1, CARD)
    assert caret_at_block(blocks, 4) == Caret(2, TEXT, 0, 0)
