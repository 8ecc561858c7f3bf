from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given

from desktop.domain.blocks import InternalNote, Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, for_readers
from desktop.domain.identity import new_id
from desktop.domain.members import canonical, parse
from desktop.domain.moment import now
from desktop.domain.problem import InvalidValue
from desktop.domain.text import text
from desktop.domain.wire import (
    entry_from_wire,
    entry_to_wire,
    page_from_wire,
    page_to_wire,
    summary_from_wire,
    summary_to_wire,
)
from tests.strategies import COVERAGES, ENTRIES

OP = UUID(int=7)


@given(ENTRIES)
def test_an_endpoint_reads_an_entry_as_readers_may_have_it(entry: Entry) -> None:
    sent = parse(canonical(entry_to_wire(entry, OP)))
    assert entry_from_wire(sent, entry.coverage_id) == (for_readers(entry), OP)


@given(ENTRIES)
def test_internal_notes_never_travel(entry: Entry) -> None:
    with_note = replace(entry, blocks=(*entry.blocks, InternalNote("CANARY", "CANARY")))
    assert b"CANARY" not in canonical(entry_to_wire(with_note, OP))


@given(COVERAGES)
def test_an_endpoint_reads_a_page_as_it_was_sent(coverage: Coverage) -> None:
    assume(coverage.headline.strip())
    read, house, op = page_from_wire(parse(canonical(page_to_wire(coverage, {"language": "en-GB"}, OP))))
    public = replace(coverage, summary=(), planned_for=None, handovers=())
    assert replace(read, house=coverage.house) == public
    assert (house, op) == ({"language": "en-GB"}, OP)


@given(COVERAGES)
def test_an_endpoint_reads_the_bullets_in_their_order(coverage: Coverage) -> None:
    assume(all(point.text.strip() for point in coverage.summary))
    public = tuple(replace(point, seen=(), confirmed_at=None) for point in coverage.summary)
    assert summary_from_wire(parse(canonical(summary_to_wire(coverage, OP)))) == (public, OP)


def test_an_internal_note_in_a_received_entry_is_refused() -> None:
    entry = Entry(id=new_id(), coverage_id=new_id(), at=now(), blocks=(Paragraph(text("a")),))
    sent = entry_to_wire(entry, OP)
    sent["blocks"].append({"type": "internal_note", "text": "psst"})
    with pytest.raises(InvalidValue, match="must not leave the desk"):
        entry_from_wire(sent, entry.coverage_id)


def test_a_single_correction_in_words_is_understood() -> None:
    entry = Entry(id=new_id(), coverage_id=new_id(), at=now())
    sent = {**entry_to_wire(entry, OP), "correction": "The bridge is in Upper Wharf."}
    assert entry_from_wire(sent, entry.coverage_id)[0].corrections[0].text == "The bridge is in Upper Wharf."


@pytest.mark.parametrize("headline", ["", "   ", "a" * 201])
def test_a_page_needs_a_headline_of_sensible_length(headline: str) -> None:
    page = page_to_wire(Coverage(id=new_id(), headline=headline), {}, OP)
    with pytest.raises(InvalidValue, match="between 1 and 200"):
        page_from_wire(page)
