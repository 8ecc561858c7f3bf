"""The state of an entry in the editor: what is typed, and where the caret stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.blocks import Block, Heading, List, Paragraph, Quote, words
from desktop.domain.entry import Entry
from desktop.domain.text import Text, plain
from ui.editor.lines import fit
from ui.editor.rows import blocks_of, rows_of

HEADLINE: Final = "headline"
BYLINE: Final = "byline"
TIME: Final = "time"

# Silent reading of non-fiction in English: Brysbaert, "How many words do we read per minute?", 2019.
_WORDS_A_MINUTE: Final = 238
_WORD: Final = re.compile(r"\w[\w’'.,:/-]*")


@dataclass(frozen=True, slots=True)
class State:
    """Everything the editor lets a producer change in an entry."""

    headline: str
    at: datetime
    byline: tuple[str, ...]
    blocks: tuple[Block, ...]


def state_of(entry: Entry) -> State:
    """Return an entry as the editor shows it: the same, and always a line of prose at the end to type in."""
    return State(fit(entry.headline), entry.at, entry.byline, blocks_of(rows_of(entry.blocks)))


def entry_of(entry: Entry, state: State) -> Entry:
    """Return an entry with what the editor holds; lines nobody wrote anything in are left out."""
    blocks = tuple(block for each in state.blocks if (block := _written(each)) is not None)
    return replace(entry, headline=state.headline, at=state.at, byline=state.byline, blocks=blocks)


def position_in_state(state: State, index: int) -> int:
    """Return where the entry's block of an index stands among the blocks the editor shows."""
    kept = [number for number, block in enumerate(state.blocks) if _written(block) is not None]
    return kept[index] if index < len(kept) else max(0, len(state.blocks) - 1)


def _written(block: Block) -> Block | None:
    match block:
        case Paragraph() | Heading():
            return block if _has_words(block.text) else None
        case Quote():
            return block if _has_words(block.text) or block.source.strip() else None
        case List():
            items = tuple(item for item in block.items if _has_words(item))
            return List(items, block.ordered) if items else None
        case _:
            return block


def _has_words(text: Text) -> bool:
    return bool(plain(text).strip())


def read_byline(typed: str) -> tuple[str, ...]:
    """Read names separated by commas."""
    return tuple(name for part in fit(typed).replace("\n", " ").split(",") if (name := part.strip()))


def counts(headline: str, blocks: Iterable[Block]) -> tuple[int, int]:
    """Count the words and the characters readers get."""
    return count_in("\n".join(filter(None, (headline, *(words(block) for block in blocks)))))


def count_in(said: str) -> tuple[int, int]:
    """Count the words and the characters of a text; ends of lines are none."""
    return len(_WORD.findall(said)), sum(len(part) for part in said.splitlines())


def minutes(words: int) -> int:
    """Return how long readers take for so many words, in whole minutes, at least one."""
    return max(1, round(words / _WORDS_A_MINUTE))
