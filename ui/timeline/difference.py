"""The smallest steps from one list of rows to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from desktop.domain.timeline import TimelineRow

Rows = tuple[TimelineRow, ...]

_MATCHED: Final = 1000  # rows that differ, in the shorter list; matching grows with their product


@dataclass(frozen=True, slots=True)
class Remove:
    """Take `count` rows out, from row `first` on."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Insert:
    """Put rows in before row `first`."""

    first: int
    rows: Rows


@dataclass(frozen=True, slots=True)
class Update:
    """Say rows anew, from row `first` on."""

    first: int
    rows: Rows


Step = Remove | Insert | Update


def steps(before: Rows, after: Rows) -> tuple[Step, ...]:
    """Return the steps that turn one list into the other, the last rows first, so that each step's row stands.

    A row is the same by its id: one that only says something else is updated, one that moved is taken out and put
    in again. What both lists begin and end with costs one comparison a row.
    """
    start, end = _shared(before, after)
    found: list[Step] = []
    found += _updates(before, after, len(before) - end, len(after) - end, end)
    if start + end in {len(before), len(after)}:
        # Rows only came, or only went: nothing has to be matched, however many there are.
        if len(before) > start + end:
            found.append(Remove(start, len(before) - end - start))
        if len(after) > start + end:
            found.append(Insert(start, after[start : len(after) - end]))
        return (*found, *_updates(before, after, 0, 0, start))
    middle_before = [row.id for row in before[start : len(before) - end]]
    middle_after = [row.id for row in after[start : len(after) - end]]
    matcher = SequenceMatcher(None, middle_before, middle_after, autojunk=False)
    for tag, low, high, new_low, new_high in reversed(matcher.get_opcodes()):
        if tag == "equal":
            found += _updates(before, after, start + low, start + new_low, high - low)
            continue
        if high > low:
            found.append(Remove(start + low, high - low))
        if new_high > new_low:
            found.append(Insert(start + low, after[start + new_low : start + new_high]))
    found += _updates(before, after, 0, 0, start)
    return tuple(found)


def is_another_list(before: Rows, after: Rows) -> bool:
    """Tell whether so much differs that matching row with row would cost more than it tells a view."""
    start, end = _shared(before, after)
    return min(len(before), len(after)) - start - end > _MATCHED


def _shared(before: Rows, after: Rows) -> tuple[int, int]:
    """Count the rows both lists begin with, and those both end with."""
    start, end = 0, 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start].id == after[start].id:
        start += 1
    while end < shortest - start and before[-1 - end].id == after[-1 - end].id:
        end += 1
    return start, end


def _updates(before: Sequence[TimelineRow], after: Rows, at: int, new_at: int, count: int) -> list[Update]:
    """Gather neighbours that say something else into one step each, the last first."""
    found: list[Update] = []
    first = count
    while first > 0:
        first -= 1
        if before[at + first] == after[new_at + first]:
            continue
        last = first
        while first > 0 and before[at + first - 1] != after[new_at + first - 1]:
            first -= 1
        found.append(Update(at + first, after[new_at + first : new_at + last + 1]))
    return found
