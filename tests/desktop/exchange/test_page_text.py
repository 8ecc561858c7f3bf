from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Image,
    List,
    Paragraph,
    VerificationNote,
    Video,
    images,
)
from desktop.domain.clock import ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry, Stage
from desktop.domain.text import text
from desktop.exchange import page_text
from desktop.exchange.sample import load
from desktop.page.house import House
from tests.desktop.exchange.worded import HOUSE, NOON, entry, page, read, trimmed


def test_everything_in_it_is_placed(example: bytes, example_house: House) -> None:
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


def test_entries_are_ready_in_their_order_and_time(example: bytes, example_house: House) -> None:
    imported = page_text.read(example, example_house)
    assert {entry.stage for entry in imported.entries} == {Stage.READY}
    assert imported.entries[0].at == datetime(2016, 12, 16, 13, 30, tzinfo=UTC)
    assert imported.coverage.zone == "Europe/London"
    (start,) = imported.coverage.clock
    assert (start.turn, start.at) == (ClockTurn.STARTED, imported.entries[-1].at)
    assert imported.coverage.headline == "Imported page, 2016-12-16"
    assert page_text.read(example, example_house, "A title").coverage.headline == "A title"


def test_written_again_it_is_the_same(example: bytes, example_house: House) -> None:
    imported = page_text.read(example, example_house)
    written = page_text.write(imported.coverage, imported.entries, example_house)
    assert trimmed(written) == trimmed(example.decode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_and_line_ends_read_the_same(example: bytes, example_house: House, encoding: str) -> None:
    windows = example.decode().replace("\n", "\r\n").encode(encoding)
    imported = page_text.read(windows, example_house)
    assert trimmed(page_text.write(imported.coverage, imported.entries, example_house)) == trimmed(example.decode())


def test_another_publisher_provider_and_kind_come_out_as_they_were(example: bytes, example_house: House) -> None:
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


def test_several_pages_after_one_another_are_one_coverage(example: bytes, example_house: House) -> None:
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
