from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.blocks import (
    ContentWarning,
    Embed,
    Focus,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
)
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.domain.revision import Reason
from desktop.domain.text import Span, clean, text
from desktop.store.problems import NotFound
from desktop.store.store import Store

PICTURE = Image("ab" * 32, "A flooded street", decorative=False, credit="Agency", caption="East side", width=640)
EVERY_KIND = (
    Paragraph((Span("Plain "), Span("bold", bold=True), Span("linked", italic=True, href="https://example.org/"))),
    Heading(text("What we know")),
    List((text("one"), text("two")), ordered=True),
    Quote(text("We stay."), "A resident"),
    replace(PICTURE, focus=Focus(0.25, 1.0)),
    Gallery((PICTURE, Image(alt="", decorative=True))),
    Video("cd" * 32, "Drone", "Agency", PICTURE),
    Video(address="https://example.org/v.mp4"),
    Embed("generic", "post", "https://example.org/1", "said", "someone", datetime(2026, 1, 1, tzinfo=UTC), PICTURE),
    Embed(),
    ContentWarning("Distressing"),
    VerificationNote("Not verified"),
    InternalNote("Call the mayor", "Ada"),
)


def full_entry(coverage: Coverage) -> Entry:
    at = datetime(2026, 3, 1, 9, 30, 0, 123000, UTC)
    return Entry(
        id=new_id(),
        coverage_id=coverage.id,
        at=at,
        headline="Brücke «gesperrt» \U0001f30a",
        blocks=EVERY_KIND,
        stage=Stage.READY,
        byline=("Ada", "Bo"),
        is_key_moment=True,
        edited_at=at + timedelta(minutes=5),
        corrections=(Correction("An earlier version named the wrong street.", at),),
        withdrawal=Withdrawal("Not confirmed", at),
    )


def test_every_kind_of_block_and_every_member_comes_back_equal(store: Store, coverage: Coverage) -> None:
    entry = full_entry(coverage)
    with store.write() as writing:
        revision = writing.add_revision(entry, Reason.READY, "Ada")
    with store.read() as reading:
        assert reading.entry(entry.id) == entry
        assert reading.entries(coverage.id) == (entry,)
        assert reading.newest_revision(entry.id) == revision
        assert revision.entry == entry
        (row,) = reading.timeline(coverage.id, None)
    assert (row.embeds, row.images, row.is_key_moment, row.author) == (2, 2, True, "Ada")


@given(typed=st.text(max_size=60), year=st.integers(1, 9999), millisecond=st.integers(0, 999))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_and_any_time_come_back_as_they_are_kept(
    store: Store, coverage: Coverage, typed: str, year: int, millisecond: int
) -> None:
    kept = clean(typed)
    at = datetime(year, 6, 1, 12, 0, 0, millisecond * 1000, UTC)
    entry = Entry(id=new_id(), coverage_id=coverage.id, at=at, headline=kept, blocks=(Paragraph(text(typed)),))
    with store.write() as writing:
        writing.put_entry(entry)
    with store.read() as reading:
        assert reading.entry(entry.id) == entry
        row = reading.timeline_row(entry.id, None)
        assert row is not None
        assert (row.at, row.headline) == (at, kept)
        reading.search(typed)
        reading.timeline(coverage.id, None, words=typed)


def test_saving_without_an_author_keeps_the_one_before(store: Store, coverage: Coverage) -> None:
    entry = full_entry(coverage)
    with store.write() as writing:
        writing.put_entry(entry, "Ada")
        writing.put_entry(replace(entry, headline="Changed"))
    with store.read() as reading:
        (row,) = reading.timeline(coverage.id, None)
    assert (row.author, row.headline) == ("Ada", "Changed")


def test_the_bin_hides_an_entry_everywhere_and_gives_it_back(store: Store, coverage: Coverage) -> None:
    entry = full_entry(coverage)
    with store.write() as writing:
        writing.put_entry(entry)
        writing.bin_entry(entry.id)
        writing.put_entry(replace(entry, headline="Saved once more"))
    with store.read() as reading:
        assert reading.entries(coverage.id) == ()
        assert reading.timeline(coverage.id, None) == ()
        assert reading.timeline_row(entry.id, None) is None
        assert reading.search("saved") == ()
        assert reading.coverages()[0].entries == 0
        assert [each.headline for each in reading.binned(coverage.id)] == ["Saved once more"]
        assert reading.entry(entry.id).headline == "Saved once more"
    with store.write() as writing:
        writing.restore_entry(entry.id)
    with store.read() as reading:
        assert [each.headline for each in reading.entries(coverage.id)] == ["Saved once more"]
        assert len(reading.search("saved")) == 1
        assert reading.binned(coverage.id) == ()


def test_only_ready_entries_when_asked(store: Store, coverage: Coverage) -> None:
    ready = full_entry(coverage)
    with store.write() as writing:
        writing.put_entry(ready)
        writing.put_entry(replace(full_entry(coverage), stage=Stage.DRAFT))
    with store.read() as reading:
        assert reading.entries(coverage.id, ready_only=True) == (ready,)
        assert len(reading.entries(coverage.id)) == 2


def test_an_entry_never_moves_to_another_coverage(store: Store, coverage: Coverage) -> None:
    other = Coverage(id=new_id(), headline="Elsewhere")
    entry = full_entry(coverage)
    with store.write() as writing:
        writing.put_coverage(other)
        writing.put_entry(entry)
    with pytest.raises(InvalidValue, match="another coverage"), store.write() as writing:
        writing.put_entry(replace(entry, coverage_id=other.id))
    with store.read() as reading:
        assert reading.entry(entry.id) == entry


def test_what_is_not_there_is_said_in_a_sentence(store: Store, coverage: Coverage) -> None:
    stray = Entry(id=new_id(), coverage_id=new_id(), at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound, match="coverage is not on this computer"), store.write() as writing:
        writing.put_entry(stray)
    with pytest.raises(NotFound, match="entry is not on this computer"), store.write() as writing:
        writing.bin_entry(stray.id)
    with store.read() as reading:
        with pytest.raises(NotFound, match="entry"):
            reading.entry(stray.id)
        with pytest.raises(NotFound, match="coverage"):
            reading.coverage(stray.coverage_id)
        assert reading.entries(coverage.id) == ()


def test_many_entries_of_one_moment_are_kept_in_one_go(store: Store, coverage: Coverage) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    made = [Entry(id=new_id(), coverage_id=coverage.id, at=at, headline=f"Line {number}") for number in range(700)]
    with store.write() as writing:
        writing.add_revisions(made[:600], Reason.IMPORTED, "Ada")
        writing.add_revisions(made, Reason.IMPORTED, "Ada")
        with pytest.raises(ValueError, match="twice"):
            writing.add_revisions([made[0], made[0]], Reason.IMPORTED, "Ada")
        assert writing.add_revisions([], Reason.IMPORTED, "Ada") == ()
    with store.read() as reading:
        assert reading.entries(coverage.id) == tuple(reversed(made))
        assert [each.number for each in reading.revisions(made[0].id)] == [2, 1]
        assert [each.number for each in reading.revisions(made[699].id)] == [1]
        assert len(reading.search("line", limit=1000)) == 700
