from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.blocks import Block, Heading, List, Paragraph, Quote
from desktop.domain.text import Span, Text, join, plain
from tests.strategies import PROSE, TEXTS
from ui.editor.lines import Kind, Line, cut, fit_text, length, lines_of, prose_of, settle, units
from ui.editor.rows import segments

LINES = st.lists(st.builds(Line, st.sampled_from(Kind), TEXTS, st.booleans()), max_size=6)


def prose(blocks: list[Block]) -> list[Paragraph | Heading | List | Quote]:
    return [block for block in blocks if isinstance(block, Paragraph | Heading | List | Quote)]


def fits(block: Block) -> bool:
    match block:
        case Paragraph() | Heading():
            return block.text == fit_text(block.text)
        case Quote():
            return block.text == fit_text(block.text) and lines_of([block])[1].text == join((Span(block.source),))
        case List():
            return bool(block.items) and all(item == fit_text(item) for item in block.items)
        case _:
            return False


@given(st.lists(PROSE.filter(fits), max_size=5))
def test_prose_comes_back_from_its_lines(blocks: list[Block]) -> None:
    assert prose_of(lines_of(prose(blocks))) == tuple(blocks)


@given(LINES)
def test_settled_lines_come_back_from_their_blocks(lines: list[Line]) -> None:
    settled = settle(lines)
    assert settle(settled) == settled
    assert lines_of(prose_of(settled)) == settled


@given(LINES)
def test_settling_loses_no_words(lines: list[Line]) -> None:
    said = [plain(line.text) for line in lines if line.text]
    assert [plain(line.text) for line in settle(lines) if line.text] == said


def test_two_lists_in_a_row_stay_two() -> None:
    blocks = (List(((Span("a"),),)), List(((Span("b"),),)), List(((Span("c"),),), ordered=True))
    assert prose_of(lines_of(blocks)) == blocks


def test_a_list_without_items_is_no_line() -> None:
    assert lines_of([List(())]) == ()


@given(TEXTS, st.integers(0, 40))
def test_a_cut_text_is_whole_again_when_joined(running: Text, offset: int) -> None:
    head, tail = cut(running, offset)
    assert join((*head, *tail)) == running
    assert offset <= units(plain(head)) <= offset + 1 or not tail


def test_characters_outside_the_basic_plane_count_two() -> None:
    line = Line(Kind.PARAGRAPH, (Span("🌊 flood"),))
    assert length(line) == 8
    assert cut(line.text, 2) == ((Span("🌊"),), (Span(" flood"),))


def test_segments_group_prose_and_leave_cards_alone() -> None:
    assert segments(()) == ()
