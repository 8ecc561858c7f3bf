import pytest

from ui.timeline.hits import around, hits, terms


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("bri", "The bridge of Bristol", ["bri", "Bri"]),
        ("cafe", "The Café, and a café", ["Café", "café"]),
        ("ridge", "The bridge", []),
        ("31 homes", "31 homes, 310 people", ["31", "homes", "31"]),
        ("", "anything", []),
        ("mosche", "Die Moschee", ["Mosche"]),
    ],
)
def test_words_are_marked_as_the_search_finds_them(typed: str, text: str, marked: list[str]) -> None:
    assert [text[start : start + length] for start, length in hits(text, terms(typed))] == marked


def test_a_long_text_begins_shortly_before_what_was_found() -> None:
    text = "Five patterned carpets hang over a railing above the river, drying."
    assert around(text, terms("river")) == "…railing above the river, drying."
    assert around(text, terms("five")) == text
    assert around(text, terms("nothing")) == text
