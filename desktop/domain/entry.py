"""An entry: one update of a live page."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desktop.domain.blocks import Block, Embed, InternalNote, media, public, words
from desktop.domain.stage import Stage as Stage  # noqa: PLC0414 - part of an entry: it is asked for here as well


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a live entry, told to readers: a typed act, never a silent edit."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an entry was taken back; readers see the reason in its place."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One update: headline, blocks and the time readers see (`at`, UTC), newest first on the page.

    `edited_at` is when a live entry last changed, None before. `corrections` are oldest first.
    """

    id: UUID
    coverage_id: UUID
    at: datetime
    headline: str = ""
    blocks: tuple[Block, ...] = ()
    stage: Stage = Stage.DRAFT
    byline: tuple[str, ...] = ()
    is_key_moment: bool = False
    edited_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawal: Withdrawal | None = None


def is_empty(entry: Entry) -> bool:
    """Tell whether an entry would say nothing at all to readers."""
    return not entry.headline.strip() and all(isinstance(block, InternalNote) for block in entry.blocks)


def for_readers(entry: Entry) -> Entry:
    """Return an entry without what is for the desk alone: notes, what pictures were cut from, how far the desk is."""
    blocks = tuple(shown for block in entry.blocks if (shown := public(block)) is not None)
    return replace(entry, blocks=blocks, stage=Stage.READY)


def media_of(entry: Entry) -> tuple[str, ...]:
    """Return the SHA-256 of every file an entry needs, each once, in reading order."""
    return tuple(dict.fromkeys(sha256 for block in entry.blocks for sha256 in media(block)))


def words_of(entry: Entry) -> str:
    """Return everything an entry says to readers as plain text."""
    return "\n".join(filter(None, (entry.headline, *(words(block) for block in entry.blocks))))


def number_embeds(entry: Entry) -> dict[int, tuple[int, int]]:
    """Number the embeds of an entry, per provider and kind: block index -> (number, how many of its sort)."""
    sorts = {
        index: (block.provider, block.kind) for index, block in enumerate(entry.blocks) if isinstance(block, Embed)
    }
    seen: dict[tuple[str, str], int] = {}
    numbers: dict[int, tuple[int, int]] = {}
    total = list(sorts.values())
    for index, sort in sorts.items():
        seen[sort] = seen.get(sort, 0) + 1
        numbers[index] = (seen[sort], total.count(sort))
    return numbers
