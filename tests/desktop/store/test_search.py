from dataclasses import replace

import pytest

from desktop.domain.blocks import InternalNote, Paragraph, Quote
from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.store.store import Store
from tests.desktop.store.desk import Desk

HOSTILE = [
    '"',
    '""',
    "NEAR(",
    "a NEAR/2 b",
    "*",
    "^",
    "a*b",
    "col:x",
    "coverage:1",
    "(",
    ")",
    "AND",
    "NOT OR",
    "-",
    "+",
    "\\",
    "{headline}",
    "'",
    "';DROP TABLE entry",
    "%",
    "\0",
    "\ud800",
    "a\0b",
    "x" * 5000,
    "y " * 5000,
    "\u0301",
    "\U0001f30a",
    "",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_taken_for_syntax(store: Store, desk: Desk, typed: str) -> None:
    with store.write() as writing:
        writing.put_entry(desk.entry("Nothing of the sort"))
    with store.read() as reading:
        assert reading.search(typed) == ()
        assert reading.search(typed, coverage_id=desk.coverage.id) == ()
        reading.timeline(desk.coverage.id, None, words=typed)


def test_words_are_found_newest_first_without_accents_and_by_their_start(store: Store, desk: Desk) -> None:
    old, new = desk.entry("Crème at the café"), desk.entry("Nothing")
    new = replace(new, blocks=(Paragraph(text("A very long talk about coffee")), Quote(text("creme"), "Zoë")))
    with store.write() as writing:
        writing.put_entry(new)
        writing.put_entry(old)
    with store.read() as reading:
        assert [hit.entry_id for hit in reading.search("creme")] == [new.id, old.id]
        assert [hit.entry_id for hit in reading.search("CAF")] == [old.id]
        assert [hit.entry_id for hit in reading.search("long tal")] == [new.id]
        assert reading.search("lon talk") == ()
        assert [hit.entry_id for hit in reading.search("zoe")] == [new.id]
        (hit,) = reading.search("coffee")
        assert "talk about coffee" in hit.excerpt
        assert [hit.entry_id for hit in reading.search("creme", limit=1)] == [new.id]


def test_the_index_follows_every_save_and_a_new_time(store: Store, desk: Desk) -> None:
    first, second = desk.entry("harbour one"), desk.entry("harbour two")
    with store.write() as writing:
        writing.put_entry(first)
        writing.put_entry(second)
        writing.put_entry(replace(first, headline="station one"))
    with store.read() as reading:
        assert [hit.headline for hit in reading.search("harbour")] == ["harbour two"]
        assert [hit.headline for hit in reading.search("one")] == ["station one"]
    with store.write() as writing:
        writing.put_entry(replace(second, at=first.at.replace(year=2020)))
    with store.read() as reading:
        assert [hit.entry_id for hit in reading.search("one")] == [first.id]
        assert [hit.headline for hit in reading.search("o", limit=5)] == ["station one"]
        assert [hit.headline for hit in reading.search("two")] == ["harbour two"]


def test_a_search_stays_in_its_coverage_and_never_matches_ids(store: Store, desk: Desk) -> None:
    other = Coverage(id=new_id(), headline="Elsewhere")
    entry = desk.entry("harbour")
    with store.write() as writing:
        writing.put_coverage(other)
        writing.put_entry(entry)
        writing.put_entry(replace(desk.entry("harbour"), coverage_id=other.id))
    with store.read() as reading:
        assert [hit.coverage_id for hit in reading.search("harbour", coverage_id=other.id)] == [other.id]
        assert len(reading.search("harbour")) == 2
        assert reading.search(other.id.hex) == ()


def test_internal_notes_are_not_searched(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        writing.put_entry(replace(desk.entry("Open"), blocks=(InternalNote("confidential source"),)))
    with store.read() as reading:
        assert reading.search("confidential") == ()


def test_the_timeline_keeps_only_entries_with_the_words(store: Store, desk: Desk) -> None:
    wanted, other = desk.entry("ferry delayed"), desk.entry("trains run")
    with store.write() as writing:
        writing.put_entry(wanted)
        writing.put_entry(other)
    with store.read() as reading:
        assert [row.id for row in reading.timeline(desk.coverage.id, None, words="fer")] == [wanted.id]
        assert len(reading.timeline(desk.coverage.id, None, words="  ")) == 2
        assert reading.timeline(desk.coverage.id, None, words="absent") == ()
