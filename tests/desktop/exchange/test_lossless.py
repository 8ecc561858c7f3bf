import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.blocks import Image
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.moment import now
from desktop.domain.problem import InvalidValue
from desktop.domain.timeline import newest_first
from desktop.exchange import lossless
from tests.strategies import COVERAGES, ENTRIES


@dataclass(frozen=True)
class File:
    sha256: str
    media_type: str = "image/png"
    width: int = 3
    height: int = 2


def small() -> tuple[Coverage, Entry]:
    coverage = Coverage(id=new_id(), headline="A page", summary=(SummaryPoint(new_id(), "A point"),))
    return coverage, Entry(id=new_id(), coverage_id=coverage.id, at=now(), headline="An entry")


def damaged(**changes: Any) -> bytes:
    coverage, entry = small()
    value = json.loads(lossless.write(coverage, [entry], {}))
    return json.dumps({**value, **changes}).encode()


@given(COVERAGES, st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.id))
def test_import_after_export_gives_an_equal_coverage(coverage: Coverage, made: list[Entry]) -> None:
    coverage = replace(coverage, summary=tuple({point.id: point for point in coverage.summary}.values()))
    entries = newest_first(replace(entry, coverage_id=coverage.id) for entry in made)
    written = lossless.write(coverage, entries, {})
    imported = lossless.read(written)
    assert imported.coverage == coverage
    assert imported.entries == entries
    assert lossless.write(imported.coverage, reversed(imported.entries), {}) == written


def test_files_beside_it_come_along_and_missing_ones_are_named(tmp_path: Path) -> None:
    coverage, entry = small()
    data = b"pixels"
    kept, lost, altered = hashlib.sha256(data).hexdigest(), "a" * 64, "b" * 64
    entry = replace(entry, blocks=(Image(kept, "x"), Image(lost, "y"), Image(altered, "z")))
    files = {sha256: File(sha256) for sha256 in (kept, lost, altered)}
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / f"{kept}.png").write_bytes(data)
    (tmp_path / "media" / f"{altered}.png").write_bytes(b"other pixels")
    written = lossless.write(coverage, [entry], files)
    imported = lossless.read(written, tmp_path)
    assert [(file.data, file.media_type, file.width, file.height) for file in imported.media] == [
        (data, "image/png", 3, 2)
    ]
    assert imported.missing == (lost, altered)
    assert imported.entries == (entry,)
    assert lossless.read(written).missing == (kept, lost, altered)


def test_a_house_profile_travels_along() -> None:
    coverage, entry = small()
    assert lossless.read(lossless.write(coverage, [entry], {}, {"name": "mine"})).house == {"name": "mine"}
    assert lossless.read(lossless.write(coverage, [entry], {})).house is None


def test_a_byte_order_mark_does_no_harm() -> None:
    coverage, entry = small()
    assert lossless.read(b"\xef\xbb\xbf" + lossless.write(coverage, [entry], {})).coverage == coverage


def test_another_title_is_taken() -> None:
    coverage, entry = small()
    imported = lossless.read(lossless.write(coverage, [entry], {}))
    assert lossless.titled(imported, "B").coverage.headline == "B"
    assert lossless.titled(imported, None) is imported


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"form": "other"}, "not an exported coverage"),
        ({"form": None}, "not an exported coverage"),
        ({"schema": 2}, "newer version"),
        ({"schema": "1"}, "schema"),
        ({"coverage": None}, "no coverage"),
        ({"coverage": []}, "coverage"),
        ({"entries": None}, "entries"),
        ({"entries": [{}]}, "entry"),
        ({"media": [{"sha256": "../../etc/passwd", "type": "image/png"}]}, "SHA-256"),
        ({"media": [{"sha256": "a" * 64}]}, "type"),
        ({"house": 3}, "house"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_damaged_file_is_refused_in_a_sentence(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        lossless.read(damaged(**changes))
    assert named in str(caught.value)


def test_entries_must_be_one_coverages_own_and_different() -> None:
    coverage, entry = small()
    stranger = replace(entry, coverage_id=UUID(int=1))
    twice = replace(coverage, summary=coverage.summary * 2)
    for damage in ((coverage, [entry, entry]), (coverage, [stranger]), (twice, [entry])):
        with pytest.raises(InvalidValue):
            lossless.read(lossless.write(*damage, {}))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_no_coverage_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidValue):
        lossless.read(data)


def test_a_file_too_large_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossless, "MAX_BYTES", 10)
    with pytest.raises(InvalidValue, match="larger than"):
        lossless.read(b"{" + b" " * 20)
