"""Comparing two versions of an entry with the one both came from: who changed what, part by part, and one of both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from desktop.domain import moment
from desktop.domain.blocks import Block, InternalNote, words
from desktop.domain.entry import Entry
from desktop.domain.words import tr


class Whose(StrEnum):
    """Who changed a part since the version both came from; `agreed`: nobody, or both in the same way."""

    AGREED = "agreed"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry in three versions. `name` is the entry's field, "blocks" for a run of blocks.

    The versions are tuples: of blocks for a run of them, of the field's one value else.
    """

    name: str
    base: tuple[Any, ...]
    mine: tuple[Any, ...]
    theirs: tuple[Any, ...]

    @property
    def whose(self) -> Whose:
        """Who changed it."""
        if self.mine == self.theirs:
            return Whose.AGREED
        if self.base == self.theirs:
            return Whose.MINE
        return Whose.THEIRS if self.base == self.mine else Whose.BOTH

    def chosen(self, choice: Whose) -> tuple[Any, ...]:
        """Return the version of a choice; of a field, of which there is one, BOTH chooses mine."""
        match choice:
            case Whose.AGREED | Whose.MINE:
                return self.mine
            case Whose.THEIRS:
                return self.theirs
            case Whose.BOTH:
                return (*self.mine, *self.theirs) if self.name == BLOCKS else self.mine


BLOCKS: Final = "blocks"
FIELDS: Final = ("headline", "at", "is_key_moment", "byline", "corrections", "withdrawal")


def compare(base: Entry | None, mine: Entry, theirs: Entry) -> tuple[Part, ...]:
    """Return every part in reading order; without a base, whatever differs was changed by both."""
    return (*_fields(base, mine, theirs), *_blocks(base.blocks if base else (), mine.blocks, theirs.blocks))


def needs_choice(parts: Sequence[Part]) -> bool:
    """Tell whether something was changed by both, so that no version of it is right by itself."""
    return any(part.whose is Whose.BOTH for part in parts)


def merged(mine: Entry, parts: Sequence[Part], choices: Mapping[int, Whose]) -> Entry:
    """Return one entry of both; a part without a choice, by its place, is as whoever changed it left it.

    What was changed by both and not chosen stays as mine.
    """
    picked = [
        (part.name, part.chosen(choices.get(place, Whose.THEIRS if part.whose is Whose.THEIRS else Whose.MINE)))
        for place, part in enumerate(parts)
    ]
    fields = {name: value[0] for name, value in picked if name != BLOCKS}
    blocks = tuple(block for name, value in picked if name == BLOCKS for block in value)
    return replace(mine, **fields, blocks=blocks)


def say(part: Part, version: tuple[Any, ...]) -> tuple[str, ...]:
    """Say in words, line by line, what a part is in one of its versions; nothing for nothing."""
    speak: Callable[[Any], str] = _SPOKEN[part.name]
    return tuple(line for value in version if (line := speak(value)))


def _fields(base: Entry | None, mine: Entry, theirs: Entry) -> Iterator[Part]:
    for name in FIELDS:
        before = (getattr(base, name),) if base else ()
        yield Part(name, before, (getattr(mine, name),), (getattr(theirs, name),))


def _blocks(base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Part]:
    """Cut three runs of blocks where all three hold the same block, and what lies between by block where it can be."""
    in_mine, in_theirs = _matches(base, mine), _matches(base, theirs)
    anchors = [place for place in range(len(base)) if place in in_mine and place in in_theirs]
    at = at_mine = at_theirs = 0
    for place in (*anchors, None):
        ends = (len(base), len(mine), len(theirs)) if place is None else (place, in_mine[place], in_theirs[place])
        yield from _between(base[at : ends[0]], mine[at_mine : ends[1]], theirs[at_theirs : ends[2]])
        if place is not None:
            block = (base[place],)
            yield Part(BLOCKS, block, block, block)
            at, at_mine, at_theirs = (end + 1 for end in ends)


def _between(base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Part]:
    if len(base) == len(mine) == len(theirs):
        for one, my, their in zip(base, mine, theirs, strict=True):
            yield Part(BLOCKS, (one,), (my,), (their,))
    elif base or mine or theirs:
        yield Part(BLOCKS, tuple(base), tuple(mine), tuple(theirs))


def _matches(base: Sequence[Block], other: Sequence[Block]) -> dict[int, int]:
    found = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {low + step: high + step for low, high, size in found for step in range(size)}


def _block(block: Block) -> str:
    if isinstance(block, InternalNote):
        return tr("[Note] {text}").format(text=block.text)
    return words(block) or f"[{type(block).__name__}]"


_SPOKEN: Final[Mapping[str, Callable[[Any], str]]] = {
    "headline": str,
    "at": moment.to_json,
    "is_key_moment": lambda is_key: "Key moment" if is_key else "Not a key moment",
    "byline": ", ".join,
    "corrections": lambda corrections: "\n".join(each.text for each in corrections),
    "withdrawal": lambda withdrawal: f"Withdrawn: {withdrawal.reason}" if withdrawal else "",
    BLOCKS: _block,
}
