import pytest
from hypothesis import given

from desktop.domain.block_codec import block_from_json, block_to_json
from desktop.domain.blocks import Block
from desktop.domain.codec import coverage_from_json, coverage_to_json, entry_from_json, entry_to_json
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.domain.members import Json, canonical, parse
from desktop.domain.problem import InvalidValue
from tests.strategies import BLOCKS, COVERAGES, ENTRIES


@given(BLOCKS)
def test_a_block_survives_json(block: Block) -> None:
    assert block_from_json(parse(canonical(block_to_json(block)))) == block


@given(ENTRIES)
def test_an_entry_survives_json(entry: Entry) -> None:
    assert entry_from_json(parse(canonical(entry_to_json(entry)))) == entry


@given(COVERAGES)
def test_a_coverage_survives_json(coverage: Coverage) -> None:
    assert coverage_from_json(parse(canonical(coverage_to_json(coverage)))) == coverage


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ({"type": "marquee"}, "“marquee” is not a kind of block"),
        ({"type": "paragraph", "runs": "text"}, "Running text is not a list"),
        ({"type": "paragraph", "runs": [{"text": "a", "onclick": "b"}]}, "“onclick”"),
        ({"type": "paragraph", "runs": [{"text": 1}]}, "“text” in A run of text is not of the right type"),
        ({"type": "image", "media": "../../etc"}, "not named by its SHA-256"),
        ({"type": "image", "focus": {"x": 7}}, "not a number from 0 to 1"),
        ({"type": "image", "focus": {"x": True}}, "not a number from 0 to 1"),
        ({"type": "list"}, "lacks “items”"),
        ({"runs": []}, "lacks “type”"),
        ([], "is not an object"),
        ({"type": "embed", "provider": "x", "posted_at": "yesterday"}, "not a date and time"),
        ({"type": "embed", "provider": "x", "posted_at": "2026-01-01T00:00:00"}, "which zone"),
    ],
)
def test_a_wrong_block_is_refused_and_says_where(block: Json, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        block_from_json(block)


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"[]",
        b"null",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a":' * 3000 + b"1" + b"}" * 3000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"\xff\xfe\x00",
    ],
    ids=["empty", "array", "null", "nan", "infinity", "twice", "digits", "very deep", "deep", "bytes"],
)
def test_hostile_json_is_refused_in_words(written: bytes) -> None:
    with pytest.raises(InvalidValue):
        parse(written)


def test_equal_values_are_equal_bytes() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
