from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text import Span, clean, join, plain, text
from tests.strategies import SPANS


@given(st.text(st.characters()))
def test_clean_text_can_be_stored_and_is_clean_already(typed: str) -> None:
    cleaned = clean(typed)
    assert cleaned.encode().decode() == cleaned == clean(cleaned)
    assert "\x00" not in cleaned


def test_line_ends_become_one_kind() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e\x85f") == "a\nb\nc\nd\ne\nf"


def test_what_no_store_can_hold_is_marked_not_dropped() -> None:
    assert clean("a\ud800b\x00c") == "a\ufffdb\ufffdc"


@given(st.lists(SPANS))
def test_joining_keeps_every_character_and_its_looks(spans: list[Span]) -> None:
    looks = [(letter, span.bold, span.italic, span.href) for span in spans for letter in span.text]
    joined = join(spans)
    assert [(letter, span.bold, span.italic, span.href) for span in joined for letter in span.text] == looks
    assert join(joined) == joined
    assert plain(joined) == "".join(span.text for span in spans)


def test_no_text_has_no_spans() -> None:
    assert text("") == ()
