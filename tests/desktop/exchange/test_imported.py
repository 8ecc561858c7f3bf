from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.domain.timeline import newest_first
from desktop.exchange.imported import Imported, with_new_ids
from tests.strategies import COVERAGES, ENTRIES


@given(COVERAGES, st.lists(ENTRIES, max_size=5, unique_by=lambda entry: entry.id), st.booleans())
def test_new_ids_keep_words_order_and_bonds(coverage: Coverage, made: list[Entry], bound: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
    entries = newest_first(replace(entry, coverage_id=coverage.id) for entry in made)
    if bound and entries:
        points = tuple(replace(point, rests_on=(entries[0].id,)) for point in coverage.summary)
        coverage = replace(coverage, summary=points, pinned=entries[-1].id)
    fresh = with_new_ids(Imported(coverage=coverage, entries=entries))
    assert [replace(entry, id=UUID(int=0), coverage_id=UUID(int=0)) for entry in fresh.entries] == [
        replace(entry, id=UUID(int=0), coverage_id=UUID(int=0)) for entry in entries
    ]
    assert newest_first(fresh.entries) == fresh.entries
    assert not {entry.id for entry in fresh.entries} & {entry.id for entry in entries}
    assert all(entry.coverage_id == fresh.coverage.id != coverage.id for entry in fresh.entries)
    assert [point.text for point in fresh.coverage.summary] == [point.text for point in coverage.summary]
    if bound and entries:
        assert all(point.rests_on == (fresh.entries[0].id,) for point in fresh.coverage.summary)
        assert fresh.coverage.pinned == fresh.entries[-1].id


def test_a_reference_to_what_did_not_come_along_is_dropped() -> None:
    elsewhere = UUID(int=5)
    coverage = Coverage(id=UUID(int=1), headline="A", pinned=elsewhere)
    entry = Entry(id=UUID(int=2), coverage_id=coverage.id, at=datetime(2026, 1, 1, tzinfo=UTC))
    assert with_new_ids(Imported(coverage=coverage, entries=(entry,))).coverage.pinned is None
