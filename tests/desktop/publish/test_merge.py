from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.blocks import Block, Paragraph
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.publish.merge import BLOCKS, Whose, compare, merged, needs_choice, say

BASE = Entry(
    id=new_id(),
    coverage_id=new_id(),
    at=datetime(2026, 3, 14, 12, tzinfo=UTC),
    headline="Bridge closed",
    blocks=tuple(Paragraph(text(words)) for words in ("One.", "Two.", "Three.")),
)


def with_blocks(*words: str) -> Entry:
    return replace(BASE, blocks=tuple(Paragraph(text(each)) for each in words))


def said(entry: Entry) -> list[str]:
    return [each.text[0].text for each in entry.blocks if isinstance(each, Paragraph)]


def test_what_one_desk_changed_is_taken_from_it() -> None:
    mine = replace(with_blocks("One!", "Two.", "Three."), headline="Bridge shut")
    theirs = replace(with_blocks("One.", "Two.", "Three.", "Four."), is_key_moment=True)
    parts = compare(BASE, mine, theirs)
    assert [(part.name, part.whose) for part in parts if part.whose is not Whose.AGREED] == [
        ("headline", Whose.MINE),
        ("is_key_moment", Whose.THEIRS),
        (BLOCKS, Whose.MINE),
        (BLOCKS, Whose.THEIRS),
    ]
    assert not needs_choice(parts)
    both = merged(mine, parts, {})
    assert (both.headline, both.is_key_moment, said(both)) == (
        "Bridge shut",
        True,
        ["One!", "Two.", "Three.", "Four."],
    )


def test_what_both_changed_needs_a_choice_block_by_block() -> None:
    mine, theirs = with_blocks("One.", "Two, mine.", "Three."), with_blocks("One.", "Two, theirs.", "Three.")
    parts = compare(BASE, mine, theirs)
    assert needs_choice(parts)
    place = next(place for place, part in enumerate(parts) if part.whose is Whose.BOTH)
    assert say(parts[place], parts[place].base) == ("Two.",)
    for choice, wanted in (
        (Whose.MINE, ["Two, mine."]),
        (Whose.THEIRS, ["Two, theirs."]),
        (Whose.BOTH, ["Two, mine.", "Two, theirs."]),
    ):
        assert said(merged(mine, parts, {place: choice})) == ["One.", *wanted, "Three."]


def test_the_same_change_by_both_is_agreed_and_nothing_known_before_is_everybodys() -> None:
    same = replace(BASE, headline="Bridge open")
    assert not [part for part in compare(BASE, same, same) if part.whose is not Whose.AGREED]
    unknown = compare(None, BASE, same)
    assert [part.name for part in unknown if part.whose is Whose.BOTH] == ["headline"]


_WORDS = st.lists(st.sampled_from(["One.", "Two.", "Three.", "Four.", "Five."]), max_size=5)


@given(mine=_WORDS, theirs=_WORDS)
def test_either_version_can_be_had_whole_and_what_nobody_touched_stays(mine: list[str], theirs: list[str]) -> None:
    my, their = with_blocks(*mine), with_blocks(*theirs)
    parts = compare(BASE, my, their)

    def all_of(choice: Whose) -> tuple[Block, ...]:
        return merged(my, parts, dict.fromkeys(range(len(parts)), choice)).blocks

    assert all_of(Whose.MINE) == my.blocks
    assert all_of(Whose.THEIRS) == their.blocks
    assert merged(BASE, compare(BASE, BASE, their), {}).blocks == their.blocks
    assert merged(my, compare(BASE, my, BASE), {}).blocks == my.blocks
