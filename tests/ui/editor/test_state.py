from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given

from desktop.domain.blocks import Image, List, Paragraph, Quote
from desktop.domain.entry import Entry
from desktop.domain.text import text
from tests.strategies import ENTRIES
from ui.editor.lines import Line
from ui.editor.rows import rows_of
from ui.editor.state import counts, entry_of, minutes, position_in_state, read_byline, state_of


@given(ENTRIES)
def test_an_entry_survives_the_editor_but_for_lines_nobody_wrote_in(entry: Entry) -> None:
    state = state_of(entry)
    assert isinstance(rows_of(state.blocks)[-1], Line)
    once = entry_of(entry, state)
    assert entry_of(once, state_of(once)) == once
    assert (once.id, once.stage, once.corrections, once.withdrawal) == (
        entry.id,
        entry.stage,
        entry.corrections,
        entry.withdrawal,
    )


@given(ENTRIES)
def test_every_stored_block_is_found_again(entry: Entry) -> None:
    state = state_of(entry)
    stored = entry_of(entry, state).blocks
    for index, block in enumerate(stored):
        shown = state.blocks[position_in_state(state, index)]
        assert type(shown) is type(block)


def test_empty_lines_and_items_are_left_out() -> None:
    state = state_of(make(Paragraph(()), List((text("a"), ())), Quote((), "Jo"), Image(), List(((),))))
    kept = entry_of(make(), state).blocks
    assert kept == (List((text("a"),)), Quote((), "Jo"), Image())


def make(*blocks: Paragraph | List | Quote | Image) -> Entry:
    return Entry(id=UUID(int=1), coverage_id=UUID(int=2), at=datetime(2026, 11, 22, tzinfo=UTC), blocks=blocks)


def test_words_are_counted_as_a_person_would() -> None:
    assert counts("It’s open", (Paragraph(text("At 14:00, 3.5 miles of road.")),)) == (8, 37)


def test_names_are_read_between_commas() -> None:
    assert read_byline(" Ada Marsh,, Jo Bell ,") == ("Ada Marsh", "Jo Bell")


def test_readers_take_a_minute_at_least() -> None:
    assert [minutes(words) for words in (0, 230, 480, 2380)] == [1, 1, 2, 10]
