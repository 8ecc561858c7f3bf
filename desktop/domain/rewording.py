"""What one wording has that another lacks, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_WORDS: Final = re.compile(r"\s+|[^\s\w]|\w+")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand next to each other and share a fate."""

    text: str
    fate: Fate


def rewording(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both wordings in reading order: without those added they make the first, and so on."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, low, high, new_low, new_high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(old[low:high]), Fate.KEPT))
            continue
        if high > low:
            pieces.append(Piece("".join(old[low:high]), Fate.REMOVED))
        if new_high > new_low:
            pieces.append(Piece("".join(new[new_low:new_high]), Fate.ADDED))
    return tuple(pieces)
