"""Spelling: the words of a text that no dictionary knows, and what may have been meant by them."""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from desktop.checks.findings import Finding, Severity
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
    words,
)
from desktop.domain.entry import Entry
from desktop.domain.words import tr

if TYPE_CHECKING:  # a dictionary is read when it is first asked
    from spylls.hunspell import Dictionary

FOLDER: Final = Path(__file__).parents[2] / "resources" / "dictionaries"
LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({"en-GB": "English (British)", "en-US": "English (American)"})
OFF: Final = "off"
_SHOWN: Final = 8
# An address, a handle, a tag or a number with letters is no word; whatever is left and made of letters is one.
_WORD: Final = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+|\w*[\d_]\w*(?:[’'-]\w+)*|(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)*)"
)
_LATIN_ENDS: Final = "\u024f"
_POSSESSIVE: Final = re.compile(r"['’]s?$", re.IGNORECASE)


class Speller(Protocol):
    """Knows the words of one language; may be asked from any thread."""

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelled as the language has it."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant, the likeliest first; this can take half a second."""


class Hunspell:
    """A Hunspell dictionary we ship, read when it is first asked: that takes about half a second."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lock = threading.Lock()
        self._read: Dictionary | None = None
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelled as the language has it, with or without accents and a possessive ending."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = any(map(self._dictionary().lookup, _forms(word)))
        return known

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant, the likeliest first."""
        found: dict[str, None] = {}
        for each in self._dictionary().suggest(word):
            found[each.replace("'", "’") if "’" in word else each] = None
            if len(found) == _SHOWN:
                break
        return tuple(found)

    def _dictionary(self) -> "Dictionary":
        with self._lock:
            if self._read is None:
                from desktop.checks.dictionary import read  # noqa: PLC0415 - only who checks spelling pays for it

                self._read = read(FOLDER / self._language)
            return self._read


@lru_cache(maxsize=len(LANGUAGES))
def speller(language: str) -> Speller:
    """Return the speller of a language, the same one for everybody; an unknown language raises KeyError."""
    LANGUAGES[language]
    return Hunspell(language)


def _forms(word: str) -> Iterator[str]:
    """Yield how a dictionary may have a word."""
    plain = word.replace("’", "'")
    yield plain
    yield _POSSESSIVE.sub("", plain)
    yield "".join(each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))


@lru_cache(maxsize=2048)
def words_in(said: str) -> tuple[tuple[int, str], ...]:
    """Return the words of a text that a dictionary can be asked about, each with where it starts.

    Addresses, handles, numbers, initials, capitals as in NATO or iPhone, and words in other scripts are left out.
    """
    return tuple((match.start(), word) for match in _WORD.finditer(said) if (word := match["word"]) and _is_asked(word))


def _is_asked(word: str) -> bool:
    base = _POSSESSIVE.sub("", word)
    is_usual = base[1:].islower() and all(each <= _LATIN_ENDS or each == "’" for each in base)
    return len(base) > 1 and is_usual


def is_name(word: str, names: Collection[str]) -> bool:
    """Tell whether a word is one of the names a page has, also in the possessive."""
    return word in names or _POSSESSIVE.sub("", word) in names


def misspelt(said: str, known: Speller, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return the words of a text that neither the speller nor the names know, each once, in their order."""
    asked = dict.fromkeys(word for _, word in words_in(said))
    return tuple(word for word in asked if not is_name(word, names) and not known.knows(word))


def findings(entry: Entry, known: Speller, names: Collection[str] = ()) -> Iterator[Finding]:
    """Warn of the words of an entry that may be misspelt, once a block."""
    places: list[tuple[int | None, str]] = [(None, entry.headline)]
    places += [(index, _proofread(block)) for index, block in enumerate(entry.blocks)]
    for index, said in places:
        if found := misspelt(said, known, names):
            yield Finding(Severity.WARN, _sentence(found), index)


def _proofread(block: Block) -> str:
    """Return the words of a block that the desk wrote for readers; those of a post and an agency are not ours."""
    match block:
        case Paragraph() | Heading() | List() | Quote() | ContentWarning() | VerificationNote():
            return words(block)
        case Image():
            return f"{block.alt}\n{block.caption}"
        case Gallery():
            return "\n".join(map(_proofread, block.images))
        case Video():
            return block.caption
        case Embed() | InternalNote():
            return ""


def _sentence(found: tuple[str, ...]) -> str:
    first, *rest = (f"“{word}”" for word in found)
    if not rest:
        return tr("{first} may be misspelt.").format(first=first)
    last = rest[0] if len(rest) == 1 else tr("{count} more").format(count=len(rest))
    return tr("{first} and {last} may be misspelt.").format(first=first, last=last)
