import time

import pytest

from desktop.domain.problem import InvalidValue
from desktop.exchange import page_text
from tests.desktop.exchange.worded import HOUSE, STAMP, read


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
