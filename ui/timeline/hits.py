"""Where typed words stand in a text, found as the search finds them: at the start of a word, whatever the accents."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_WORDS: Final = re.compile(r"\w+")
_BEFORE: Final = 24  # letters before the first hit that a line may begin with


def terms(typed: str) -> tuple[str, ...]:
    """Return what is looked for, folded."""
    return tuple(_folded(word) for word in _WORDS.findall(typed))


def hits(text: str, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where terms stand in a text: first letter and how many, in their order and apart from each other."""
    if not wanted:
        return ()
    found = []
    for match in _WORDS.finditer(text):
        word = _folded(match[0])
        # Folding keeps every letter in its place, so that what is found can be marked in the text itself.
        lengths = [len(term) for term in wanted if word.startswith(term)]
        if lengths:
            found.append((match.start(), max(lengths)))
    return tuple(found)


def around(text: str, wanted: Sequence[str]) -> str:
    """Return a text from shortly before the first term on, so that a short line shows it."""
    first = next((start for start, _ in hits(text, wanted)), 0)
    if first <= _BEFORE:
        return text
    begins = text.rfind(" ", 0, first - _BEFORE // 2) + 1
    return f"…{text[begins:]}" if begins else text


def _folded(word: str) -> str:
    return "".join(_letter(letter) for letter in word)


def _letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[:1].casefold()
    return base if len(base) == 1 else letter
