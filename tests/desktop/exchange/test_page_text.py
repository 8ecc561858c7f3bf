import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import moment
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
    images,
)
from desktop.domain.clock import ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal
from desktop.domain.problem import InvalidValue
from desktop.domain.text import Span, plain, text
from desktop.exchange import page_text
from desktop.exchange.imported import Imported, Unplaced
from desktop.exchange.sample import load
from desktop.page.house import House

HOUSE = House.shipped()
NOON = datetime(2026, 10, 15, 11, 0, tzinfo=UTC)
STAMP = "published at 12:00 British Summer Time on Thursday 15 October 2026"


def trimmed(written: str) -> list[str]:
    return [" ".join(line.split()) for line in written.splitlines() if line.strip()]


def entry(*blocks: Block, headline: str = "A headline", at: datetime = NOON) -> Entry:
    return Entry(id=UUID(int=1), coverage_id=UUID(int=2), at=at, headline=headline, blocks=blocks, stage=Stage.READY)


def page(*entries: Entry, summary: tuple[SummaryPoint, ...] = ()) -> str:
    coverage = Coverage(id=UUID(int=2), headline="Not printed", summary=summary)
    return page_text.write(coverage, entries, HOUSE)


def read(written: str, house: House | None = HOUSE) -> Imported:
    return page_text.read(written.encode(), house)


def blocks_of(*lines: str) -> tuple[tuple[Block, ...], tuple[Unplaced, ...]]:
    imported = read("\n".join([f"1. A{STAMP}", *lines]))
    assert len(imported.entries) == 1
    return imported.entries[0].blocks, imported.unplaced


class TestExample:
    def test_everything_in_it_is_placed(self, example: bytes, example_house: House) -> None:
        imported = page_text.read(example, example_house)
        entries = imported.entries
        assert len(entries) == 20
        assert len(imported.coverage.summary) == 5
        assert imported.unplaced == ()
        embeds = [sum(isinstance(block, Embed) for block in entry.blocks) for entry in entries]
        assert {number: count for number, count in enumerate(embeds, 1) if count} == {1: 1, 4: 2, 14: 2, 16: 1, 18: 1}
        pictures = [image for entry in entries for block in entry.blocks for image in images(block)]
        assert len(pictures) == 9
        assert sum(not image.caption for image in pictures) == 3
        assert all(image.alt and image.credit for image in pictures)
        assert {type(block) for block in entries[0].blocks} == {Paragraph, VerificationNote, ContentWarning, Embed}
        assert [type(block) for block in entries[11].blocks] == [Gallery]
        assert any(isinstance(block, List) and len(block.items) == 4 for block in entries[7].blocks)
        assert [type(block) for block in entries[17].blocks][-2:] == [Embed, Video]

    def test_entries_are_ready_in_their_order_and_time(self, example: bytes, example_house: House) -> None:
        imported = page_text.read(example, example_house)
        assert {entry.stage for entry in imported.entries} == {Stage.READY}
        assert imported.entries[0].at == datetime(2016, 12, 16, 13, 30, tzinfo=UTC)
        assert imported.coverage.zone == "Europe/London"
        (start,) = imported.coverage.clock
        assert (start.turn, start.at) == (ClockTurn.STARTED, imported.entries[-1].at)
        assert imported.coverage.headline == "Imported page, 2016-12-16"
        assert page_text.read(example, example_house, "A title").coverage.headline == "A title"

    def test_written_again_it_is_the_same(self, example: bytes, example_house: House) -> None:
        imported = page_text.read(example, example_house)
        written = page_text.write(imported.coverage, imported.entries, example_house)
        assert trimmed(written) == trimmed(example.decode())

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_other_encodings_and_line_ends_read_the_same(
        self, example: bytes, example_house: House, encoding: str
    ) -> None:
        windows = example.decode().replace("\n", "\r\n").encode(encoding)
        imported = page_text.read(windows, example_house)
        assert trimmed(page_text.write(imported.coverage, imported.entries, example_house)) == trimmed(example.decode())

    def test_another_publisher_provider_and_kind_come_out_as_they_were(
        self, example: bytes, example_house: House
    ) -> None:
        other = (
            example.decode()
            .replace("The BBC is", "Radio Marrow is")
            .replace("Twitter", "YouTube")
            .replace("twitter post", "youtube video")
            .replace("YouTube post", "YouTube video")
        )
        imported = page_text.read(other.encode(), example_house)
        assert imported.unplaced == ()
        assert imported.house
        found = {(b.provider, b.kind) for entry in imported.entries for b in entry.blocks if isinstance(b, Embed)}
        assert found == {("youtube", "video")}
        again = page_text.write(imported.coverage, imported.entries, House.from_json(imported.house))
        assert trimmed(again) == trimmed(other)

    def test_several_pages_after_one_another_are_one_coverage(self, example: bytes, example_house: House) -> None:
        older = example.decode().replace("16 December 2016", "3 June 2016").replace("15 December 2016", "2 June 2016")
        older = older.replace("Greenwich Mean Time", "British Summer Time")
        imported = page_text.read(example + b"\n" + older.encode(), example_house)
        assert len(imported.entries) == 40
        assert len(imported.coverage.summary) == 5
        assert imported.unplaced == ()
        assert imported.entries[20].at == datetime(2016, 6, 3, 12, 30, tzinfo=UTC)
        assert imported.coverage.zone == "Europe/London"
        written = trimmed(page_text.write(imported.coverage, imported.entries, example_house))
        numbers = [line.split(".")[0] for line in written if "published at" in line]
        assert numbers == [str(number) for number in range(1, 41)]


class TestZones:
    @pytest.mark.parametrize(
        ("stamp", "zone", "at"),
        [
            ("09:15 India Standard Time on Friday 1 May 2026", "Asia/Kolkata", "03:45"),
            ("09:15 Eastern Daylight Time on Friday 1 May 2026", "America/New_York", "13:15"),
            ("09:15 Nepal Time on Friday 1 May 2026", "Asia/Kathmandu", "03:30"),
            ("09:15 British Summer Time on Friday 1 May 2026", "Europe/London", "08:15"),
        ],
    )
    def test_a_zone_is_found_by_the_name_it_goes_by(self, stamp: str, zone: str, at: str) -> None:
        imported = read(f"1. Apublished at {stamp}")
        assert imported.coverage.zone == zone
        assert moment.to_json(imported.entries[0].at) == f"2026-05-01T{at}:00.000Z"
        assert trimmed(page_text.write(imported.coverage, imported.entries, HOUSE)) == [f"1. Apublished at {stamp}"]

    def test_the_hour_that_comes_twice_is_told_apart_by_its_name(self) -> None:
        imported = read(
            "1. Bpublished at 01:30 Greenwich Mean Time on Sunday 25 October 2026\n"
            "2. Apublished at 01:30 British Summer Time on Sunday 25 October 2026\n"
        )
        late, early = imported.entries
        assert late.at - early.at == timedelta(hours=1)
        assert (late.headline, early.headline) == ("B", "A")

    def test_a_zone_nobody_knows_is_listed_and_the_entry_kept(self) -> None:
        imported = read("1. Apublished at 01:30 Atlantis Mean Time on Sunday 25 October 2026")
        assert [each.line for each in imported.unplaced] == [1]
        assert "Atlantis Mean Time" in imported.unplaced[0].text
        assert imported.entries[0].headline == "A"


class TestBlocks:
    def test_a_picture_ends_at_its_last_source_and_takes_one_caption(self) -> None:
        blocks, unplaced = blocks_of(
            "A sign says Picture by A. KeenPicture by Northshore", "Picture shows:", "The sign", "Prose."
        )
        assert blocks == (
            Image(alt="A sign says Picture by A. Keen", credit="Northshore", caption="The sign"),
            Paragraph(text("Prose.")),
        )
        assert unplaced == ()

    def test_neighbouring_pictures_are_a_gallery(self) -> None:
        blocks, _ = blocks_of(
            "onePicture by A", "Picture shows:", "first", "twoPicture by B", "threePicture by C", "End."
        )
        gallery, prose = blocks
        assert isinstance(gallery, Gallery)
        assert [(image.alt, image.caption) for image in gallery.images] == [
            ("one", "first"),
            ("two", ""),
            ("three", ""),
        ]
        assert isinstance(prose, Paragraph)

    def test_a_video_has_one_caption_and_who_made_it(self) -> None:
        blocks, _ = blocks_of("Clip shows:", "The bridge", "Footage by Harbour Agency", "Prose.")
        assert blocks == (Video(caption="The bridge", credit="Harbour Agency"), Paragraph(text("Prose.")))

    def test_lists_keep_their_kind(self) -> None:
        blocks, _ = blocks_of("• a", "•b", "1. c", "2. d", "1. e")
        assert blocks == (
            List((text("a"), text("b"))),
            List((text("c"), text("d")), ordered=True),
            List((text("e"),), ordered=True),
        )

    def test_a_label_without_what_it_labels_is_kept_and_listed(self) -> None:
        blocks, unplaced = blocks_of("Prose.", "Picture shows:", "Prose again.", "Clip shows:")
        assert [plain(block.text) for block in blocks if isinstance(block, Paragraph)] == [
            "Prose.",
            "Picture shows:",
            "Prose again.",
            "Clip shows:",
        ]
        assert unplaced == (Unplaced(3, "Picture shows:"), Unplaced(5, "Clip shows:"))

    def test_a_headline_without_its_time_is_kept_and_listed(self) -> None:
        blocks, unplaced = blocks_of("Prose.", "2. Lost its time on the way", "More.")
        assert len(blocks) == 3
        assert unplaced == (Unplaced(3, "2. Lost its time on the way"),)

    def test_looks_are_not_carried_and_links_that_leave_say_so(self) -> None:
        told = entry(
            Paragraph((Span("Read "), Span("this", bold=True, href="https://a.example/"), Span(" now."))),
            Paragraph((Span("And "), Span("that", href="/inside"))),
            Heading(text("A heading")),
            Quote(text("Said."), "Somebody"),
            InternalNote("Secret", "desk"),
        )
        lines = trimmed(page(told))
        assert lines[1:] == ["Read this, external now.", "And that", "A heading", "Said.", "— Somebody"]

    def test_a_withdrawn_and_a_corrected_entry_say_so(self) -> None:
        corrected = replace(entry(headline="B"), corrections=(Correction("It was ten.", NOON),), byline=("A", "B"))
        withdrawn = replace(entry(Paragraph(text("Gone."))), withdrawal=Withdrawal("It was not so.", NOON))
        written = page(corrected, replace(withdrawn, id=UUID(int=9)))
        assert "It was ten." in written
        assert "By A and B" in written
        assert "It was not so." in written
        assert "Gone." not in written

    def test_drafts_are_not_printed(self) -> None:
        assert "A headline" not in page(replace(entry(), stage=Stage.DRAFT))


GATE = (
    "Your browser shows this post from X only when JavaScript is switched on.Open the post on X",
    "This newsroom does not control what other sites publish.",
    "Go past x post",
    "Load this post from X?",
    "This post comes from X, and so on.",
    "This newsroom does not control what other sites publish.",
    "After x post",
)


def gate_of(embed: Embed) -> list[str]:
    return trimmed(page(entry(embed)))[1:]


class TestEmbeds:
    def test_what_was_quoted_is_read_back(self) -> None:
        lines = gate_of(Embed("x", "post", quoted="One.\nTwo.", author="A. Keen"))
        blocks, unplaced = blocks_of(*lines, "Prose.")
        assert blocks == (Embed("x", "post", quoted="One.\nTwo.\nA. Keen"), Paragraph(text("Prose.")))
        assert unplaced == ()

    def test_what_was_quoted_may_stand_on_one_line_with_the_rest(self) -> None:
        lines = gate_of(Embed("x", "post", quoted="One."))
        blocks, unplaced = blocks_of("".join(lines[:3]), *lines[3:])
        assert blocks == (Embed("x", "post", quoted="One."),)
        assert unplaced == ()

    def test_a_provider_nobody_knows_keeps_its_name(self) -> None:
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
    def test_names_of_several_words_are_told_apart(self, embed: Embed, read_back: Embed) -> None:
        assert blocks_of(*gate_of(embed), "Prose.") == ((read_back, Paragraph(text("Prose."))), ())

    def test_each_provider_and_kind_is_numbered_on_its_own(self) -> None:
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

    def test_lines_that_are_not_its_own_follow_it_and_are_listed(self) -> None:
        lines = gate_of(Embed("x"))
        blocks, unplaced = blocks_of(*lines[:4], "Stray words", *lines[4:], "Prose.")
        assert blocks == (Embed("x"), Paragraph(text("Stray words")), Paragraph(text("Prose.")))
        assert unplaced == (Unplaced(6, "Stray words"),)

    def test_a_gate_without_its_end_takes_only_its_own_lines(self) -> None:
        lines = gate_of(Embed("x"))
        blocks, _ = blocks_of(*lines[:2], "Prose.", *gate_of(Embed("youtube", "video")))
        assert blocks == (Embed("x"), Paragraph(text("Prose.")), Embed("youtube", "video"))

    def test_a_gate_may_begin_at_its_skip_link(self) -> None:
        blocks, unplaced = blocks_of("Prose.", *gate_of(Embed("x"))[2:])
        assert blocks == (Paragraph(text("Prose.")), Embed("x"))
        assert unplaced == ()

    @pytest.mark.parametrize("number", [1, 3, 4, 5, 6])
    def test_a_part_on_its_own_is_kept_and_listed(self, number: int) -> None:
        line = gate_of(Embed("x"))[number]
        blocks, unplaced = blocks_of("Prose.", line)
        assert blocks == (Paragraph(text("Prose.")), Paragraph(text(line)))
        assert unplaced == (Unplaced(3, line),)


class TestSummary:
    def test_lines_above_the_newest_entry_are_kept_in_it_and_listed(self) -> None:
        imported = read(f"Menu\nWhat we know\n• a\n• b\n\nFootnote\n1. A{STAMP}\nProse.\n")
        assert [point.text for point in imported.coverage.summary] == ["a", "b"]
        assert imported.unplaced == (Unplaced(1, "Menu"), Unplaced(6, "Footnote"))
        assert [plain(block.text) for block in imported.entries[0].blocks if isinstance(block, Paragraph)] == [
            "Menu",
            "Footnote",
            "Prose.",
        ]

    def test_points_may_have_lost_their_bullets(self) -> None:
        imported = read(f"What we know\na\nb\n1. A{STAMP}")
        assert [point.text for point in imported.coverage.summary] == ["a", "b"]
        assert imported.unplaced == ()

    def test_a_page_may_have_a_summary_alone(self) -> None:
        written = page(summary=(SummaryPoint(UUID(int=1), "a"),))
        imported = read(written)
        assert (imported.entries, imported.coverage.clock) == ((), ())
        assert [point.text for point in imported.coverage.summary] == ["a"]

    def test_the_word_inside_an_entry_is_prose(self) -> None:
        blocks, _ = blocks_of("What we know", "• a", "Prose.")
        assert [type(block) for block in blocks] == [Paragraph, List, Paragraph]


def test_without_a_house_the_shipped_wordings_are_recognised() -> None:
    written = page(entry(Embed("x"), Paragraph(text("Prose."))))
    imported = read(written, None)
    assert imported.unplaced == ()
    assert imported.house is None
    assert imported.entries[0].blocks[0] == Embed("x")


def test_the_sample_survives_as_text() -> None:
    sample = load()
    written = page_text.write(sample.coverage, sample.entries, HOUSE)
    imported = page_text.read(written.encode(), None)
    assert imported.unplaced == ()
    assert len(imported.entries) == sum(entry.stage is Stage.READY for entry in sample.entries)
    assert len(imported.coverage.summary) == 5
    # Without an address an embed keeps both policies, so the first writing may differ from the second, no later one.
    once = page_text.write(imported.coverage, imported.entries, HOUSE)
    again = page_text.read(once.encode(), HOUSE)
    assert page_text.write(again.coverage, again.entries, HOUSE) == once


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"),
        (b" \n\r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 4, "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50, "not text"),
        ("Ein schöner Tag".encode("latin-1"), "not text in UTF-8"),
        (b"just some words\nand more", "No update is recognised"),
        (b"a\x01\x02\x03\x04", "not text"),
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence(data: bytes, named: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        page_text.read(data, HOUSE)
    assert named in str(caught.value)


def test_fifty_megabytes_of_one_line_are_refused_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(InvalidValue, match="larger than"):
        page_text.read(b"a" * 50_000_000, HOUSE)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("piece", ["published at ", "Picture by ", "Your browser shows this a from ", "1. ", "• ", "a"])
def test_long_lines_are_read_in_a_moment(piece: str) -> None:
    started = time.monotonic()
    imported = read(f"1. A{STAMP}\n{piece * (400_000 // len(piece))}\n{piece * (3_900 // len(piece))}")
    assert len(imported.entries) == 1
    assert time.monotonic() - started < 10


def test_windows_line_ends_and_page_breaks_separate_lines() -> None:
    imported = read(f"1. A{STAMP}\r\nProse.\x0c2. B{STAMP}\r\n")
    assert [entry.headline for entry in imported.entries] == ["A", "B"]


WORDS = st.text(st.sampled_from("abcdefg ,.’é "), min_size=1, max_size=12).map(lambda words: f"w{words}".strip())
TEXT_IMAGES = st.builds(Image, alt=WORDS, credit=WORDS, caption=st.just("") | WORDS)
TEXT_BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, WORDS.map(text)),
    st.builds(List, st.lists(WORDS.map(text), min_size=1, max_size=3).map(tuple), st.booleans()),
    TEXT_IMAGES,
    st.builds(Gallery, st.lists(TEXT_IMAGES, min_size=2, max_size=3).map(tuple)),
    st.builds(Video, caption=WORDS, credit=st.just("") | WORDS),
    st.builds(
        Embed,
        st.sampled_from(["x", "youtube", "Chirper", "generic"]),
        st.sampled_from(["post", "video", "hologram"]),
        quoted=st.just("") | WORDS,
        author=st.just("") | WORDS,
    ),
    st.builds(ContentWarning, st.just("Some readers may be upset by this footage.")),
    st.builds(VerificationNote, st.just("This newsroom has not verified this footage.")),
)
TEXT_ENTRIES = st.builds(
    entry,
    headline=WORDS,
    at=st.integers(0, 5_000).map(lambda minutes: NOON + timedelta(minutes=minutes * 7)),
).flatmap(lambda made: st.lists(TEXT_BLOCKS, max_size=5).map(lambda blocks: replace(made, blocks=tuple(blocks))))


@given(
    st.lists(TEXT_ENTRIES, min_size=1, max_size=6),
    st.lists(WORDS, max_size=3, unique=True),
    st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York", "Pacific/Auckland"]),
)
def test_what_text_can_say_survives_being_written_and_read(made: list[Entry], points: list[str], zone: str) -> None:
    entries = tuple(replace(each, id=UUID(int=number)) for number, each in enumerate(made))
    summary = tuple(SummaryPoint(UUID(int=number), point) for number, point in enumerate(points))
    coverage = Coverage(id=UUID(int=2), headline="A", zone=zone, summary=summary)
    written = page_text.write(coverage, entries, HOUSE)
    imported = page_text.read(written.encode(), HOUSE)
    assert imported.unplaced == ()
    assert imported.coverage.zone == zone
    assert page_text.write(imported.coverage, imported.entries, HOUSE) == written


@given(
    st.lists(
        st.sampled_from(
            [
                *GATE,
                f"1. A{STAMP}",
                "• a",
                "2. b",
                "Prose.",
                "aPicture by B",
                "Picture shows:",
                "What we know",
                "Clip shows:",
            ]
        ),
        max_size=12,
    )
)
def test_no_line_is_dropped_silently(lines: list[str]) -> None:
    imported = read("\n".join([f"1. First{STAMP}", *lines]))
    kept = page_text.write(imported.coverage, imported.entries, HOUSE)
    for line in lines:
        assert "".join(line.split()).removeprefix("1.") in "".join(kept.split())
