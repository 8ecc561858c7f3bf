from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.blocks import (
    Embed,
    Gallery,
    Image,
    List,
    Paragraph,
    Video,
)
from desktop.domain.coverage import SummaryPoint
from desktop.domain.text import plain, text
from desktop.exchange import page_text
from desktop.exchange.imported import Unplaced
from tests.desktop.exchange.worded import GATE, HOUSE, STAMP, blocks_of, entry, gate_of, page, read, trimmed


def test_a_picture_ends_at_its_last_source_and_takes_one_caption() -> None:
    blocks, unplaced = blocks_of(
        "A sign says Picture by A. KeenPicture by Northshore", "Picture shows:", "The sign", "Prose."
    )
    assert blocks == (
        Image(alt="A sign says Picture by A. Keen", credit="Northshore", caption="The sign"),
        Paragraph(text("Prose.")),
    )
    assert unplaced == ()


def test_neighbouring_pictures_are_a_gallery() -> None:
    blocks, _ = blocks_of("onePicture by A", "Picture shows:", "first", "twoPicture by B", "threePicture by C", "End.")
    gallery, prose = blocks
    assert isinstance(gallery, Gallery)
    assert [(image.alt, image.caption) for image in gallery.images] == [
        ("one", "first"),
        ("two", ""),
        ("three", ""),
    ]
    assert isinstance(prose, Paragraph)


def test_a_video_has_one_caption_and_who_made_it() -> None:
    blocks, _ = blocks_of("Clip shows:", "The bridge", "Footage by Harbour Agency", "Prose.")
    assert blocks == (Video(caption="The bridge", credit="Harbour Agency"), Paragraph(text("Prose.")))


def test_lists_keep_their_kind() -> None:
    blocks, _ = blocks_of("• a", "•b", "1. c", "2. d", "1. e")
    assert blocks == (
        List((text("a"), text("b"))),
        List((text("c"), text("d")), ordered=True),
        List((text("e"),), ordered=True),
    )


def test_a_label_without_what_it_labels_is_kept_and_listed() -> None:
    blocks, unplaced = blocks_of("Prose.", "Picture shows:", "Prose again.", "Clip shows:")
    assert [plain(block.text) for block in blocks if isinstance(block, Paragraph)] == [
        "Prose.",
        "Picture shows:",
        "Prose again.",
        "Clip shows:",
    ]
    assert unplaced == (Unplaced(3, "Picture shows:"), Unplaced(5, "Clip shows:"))


def test_a_headline_without_its_time_is_kept_and_listed() -> None:
    blocks, unplaced = blocks_of("Prose.", "2. Lost its time on the way", "More.")
    assert len(blocks) == 3
    assert unplaced == (Unplaced(3, "2. Lost its time on the way"),)


def test_what_was_quoted_is_read_back() -> None:
    lines = gate_of(Embed("x", "post", quoted="One.\nTwo.", author="A. Keen"))
    blocks, unplaced = blocks_of(*lines, "Prose.")
    assert blocks == (Embed("x", "post", quoted="One.\nTwo.\nA. Keen"), Paragraph(text("Prose.")))
    assert unplaced == ()


def test_what_was_quoted_may_stand_on_one_line_with_the_rest() -> None:
    lines = gate_of(Embed("x", "post", quoted="One."))
    blocks, unplaced = blocks_of("".join(lines[:3]), *lines[3:])
    assert blocks == (Embed("x", "post", quoted="One."),)
    assert unplaced == ()


def test_a_provider_nobody_knows_keeps_its_name() -> None:
    lines = [line.replace("X", "Chirper").replace(" x ", " chirper ") for line in gate_of(Embed("x"))]
    blocks, unplaced = blocks_of(*lines)
    assert blocks == (Embed("Chirper", "post"),)
    assert unplaced == ()
    assert gate_of(Embed("Chirper", "post")) == lines


@pytest.mark.parametrize(
    ("embed", "read_back"),
    [
        (Embed("google-maps", "map"), Embed("google-maps", "map")),
        (Embed("generic", "content"), Embed("generic", "content")),
        (Embed("Google YouTube", "video"), Embed("youtube", "video")),
        (Embed("Some New Site", "post"), Embed("Some New Site", "post")),
        (Embed("Chirper", "hologram"), Embed("Chirper", "hologram")),
    ],
)
def test_names_of_several_words_are_told_apart(embed: Embed, read_back: Embed) -> None:
    assert blocks_of(*gate_of(embed), "Prose.") == ((read_back, Paragraph(text("Prose."))), ())


def test_each_provider_and_kind_is_numbered_on_its_own() -> None:
    told = entry(Embed("x"), Embed("youtube", "video"), Embed("x"), Embed("youtube", "video"), Embed("x", "video"))
    lines = trimmed(page(told))
    ends = [line for line in lines if line.startswith("After ")]
    assert ends == [
        "After x post",
        "After youtube video",
        "After x post 2",
        "After youtube video 2",
        "After x video",
    ]
    assert blocks_of(*lines[1:]) == (told.blocks, ())


def test_lines_that_are_not_its_own_follow_it_and_are_listed() -> None:
    lines = gate_of(Embed("x"))
    blocks, unplaced = blocks_of(*lines[:4], "Stray words", *lines[4:], "Prose.")
    assert blocks == (Embed("x"), Paragraph(text("Stray words")), Paragraph(text("Prose.")))
    assert unplaced == (Unplaced(6, "Stray words"),)


def test_a_gate_without_its_end_takes_only_its_own_lines() -> None:
    lines = gate_of(Embed("x"))
    blocks, _ = blocks_of(*lines[:2], "Prose.", *gate_of(Embed("youtube", "video")))
    assert blocks == (Embed("x"), Paragraph(text("Prose.")), Embed("youtube", "video"))


def test_a_warning_of_adverts_may_follow_the_disclaimer() -> None:
    lines = gate_of(Embed("youtube", "video"))
    lines[-2] += " The video may come with adverts."
    assert blocks_of(*lines) == ((Embed("youtube", "video"),), ())
    lines[-2:-1] = [lines[1], "The video may come with adverts."]
    assert blocks_of(*lines) == ((Embed("youtube", "video"),), ())


def test_a_gate_may_begin_at_its_skip_link() -> None:
    blocks, unplaced = blocks_of("Prose.", *gate_of(Embed("x"))[2:])
    assert blocks == (Paragraph(text("Prose.")), Embed("x"))
    assert unplaced == ()


@pytest.mark.parametrize("number", [1, 3, 4, 5, 6])
def test_a_part_on_its_own_is_kept_and_listed(number: int) -> None:
    line = gate_of(Embed("x"))[number]
    blocks, unplaced = blocks_of("Prose.", line)
    assert blocks == (Paragraph(text("Prose.")), Paragraph(text(line)))
    assert unplaced == (Unplaced(3, line),)


def test_lines_above_the_newest_entry_are_kept_in_it_and_listed() -> None:
    imported = read(f"Menu\nWhat we know\n• a\n• b\n\nFootnote\n1. A{STAMP}\nProse.\n")
    assert [point.text for point in imported.coverage.summary] == ["a", "b"]
    assert imported.unplaced == (Unplaced(1, "Menu"), Unplaced(6, "Footnote"))
    assert [plain(block.text) for block in imported.entries[0].blocks if isinstance(block, Paragraph)] == [
        "Menu",
        "Footnote",
        "Prose.",
    ]


def test_points_may_have_lost_their_bullets() -> None:
    imported = read(f"What we know\na\nb\n1. A{STAMP}")
    assert [point.text for point in imported.coverage.summary] == ["a", "b"]
    assert imported.unplaced == ()


def test_a_page_may_have_a_summary_alone() -> None:
    written = page(summary=(SummaryPoint(UUID(int=1), "a"),))
    imported = read(written)
    assert (imported.entries, imported.coverage.clock) == ((), ())
    assert [point.text for point in imported.coverage.summary] == ["a"]


def test_the_word_inside_an_entry_is_prose() -> None:
    blocks, _ = blocks_of("What we know", "• a", "Prose.")
    assert [type(block) for block in blocks] == [Paragraph, List, Paragraph]


OTHER_LINES = ("• a", "2. b", "Prose.", "aPicture by B", "Picture shows:", "What we know", "Clip shows:")


@given(st.lists(st.sampled_from([*GATE, f"1. A{STAMP}", *OTHER_LINES]), max_size=12))
def test_no_line_is_dropped_silently(lines: list[str]) -> None:
    imported = read("\n".join([f"1. First{STAMP}", *lines]))
    kept = page_text.write(imported.coverage, imported.entries, HOUSE)
    for line in lines:
        assert "".join(line.split()).removeprefix("1.") in "".join(kept.split())
