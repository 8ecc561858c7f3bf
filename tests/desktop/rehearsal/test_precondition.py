"""Preconditions as RFC 9110 has them."""

import pytest
from starlette.datastructures import Headers

from desktop.rehearsal.precondition import Precondition, is_unchanged, strong_etag
from desktop.rehearsal.refusal import Refusal


def expected(**headers: str) -> Precondition:
    return Precondition.of(Headers({name.replace("_", "-"): value for name, value in headers.items()}))


def test_without_a_header_nothing_is_expected() -> None:
    assert expected().is_missing
    assert not expected(if_none_match="*").is_missing
    assert not expected(if_match='W/"a"').is_missing


@pytest.mark.parametrize(
    ("headers", "stored", "holds"),
    [
        ({"if_none_match": "*"}, None, True),
        ({"if_none_match": "*"}, '"a"', False),
        ({"if_match": "*"}, '"a"', True),
        ({"if_match": "*"}, None, False),
        ({"if_match": '"a"'}, '"a"', True),
        ({"if_match": '"b", "a"'}, '"a"', True),
        ({"if_match": '"b"'}, '"a"', False),
        ({"if_match": 'W/"a"'}, '"a"', False),
        ({"if_match": '"a"'}, None, False),
        ({"if_match": '"a"', "if_none_match": "*"}, '"a"', False),
    ],
)
def test_a_precondition_holds_or_not(headers: dict[str, str], stored: str | None, *, holds: bool) -> None:
    assert expected(**headers).holds(stored) is holds


@pytest.mark.parametrize("headers", [{"if_match": "a"}, {"if_match": '"a" "b"'}, {"if_none_match": '"a"'}])
def test_what_cannot_be_understood_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        expected(**headers)


def test_readers_compare_weakly() -> None:
    etag = strong_etag(b"page")
    for known, same in ((etag, True), (f"W/{etag}", True), (f'"x", {etag}', True), ("*", True), ('"x"', False)):
        assert is_unchanged(Headers({"if-none-match": known}), etag) is same
    assert not is_unchanged(Headers({}), etag)


def test_validators_differ_where_bytes_do() -> None:
    assert strong_etag(b"a") == strong_etag(b"a") != strong_etag(b"b")
