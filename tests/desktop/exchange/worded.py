"""Pages worded by the shipped profile, for the tests of text."""

from datetime import UTC, datetime
from uuid import UUID

from desktop.domain.blocks import (
    Block,
    Embed,
)
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry, Stage
from desktop.exchange import page_text
from desktop.exchange.imported import Imported, Unplaced
from desktop.page.house import House

HOUSE = House.shipped()
NOON = datetime(2026, 10, 15, 11, 0, tzinfo=UTC)
STAMP = "published at 12:00 British Summer Time on Thursday 15 October 2026"


def trimmed(written: str) -> list[str]:
    return [" ".join(line.split()) for line in written.splitlines() if line.strip()]


def entry(*blocks: Block, headline: str = "A headline", at: datetime = NOON) -> Entry:
    return Entry(id=UUID(int=1), coverage_id=UUID(int=2), at=at, headline=headline, blocks=blocks, stage=Stage.READY)


def page(*entries: Entry, summary: tuple[SummaryPoint, ...] = ()) -> str:
    coverage = Coverage(id=UUID(int=2), headline="Not printed", summary=summary)
    return page_text.write(coverage, entries, HOUSE)


def read(written: str, house: House | None = HOUSE) -> Imported:
    return page_text.read(written.encode(), house)


def blocks_of(*lines: str) -> tuple[tuple[Block, ...], tuple[Unplaced, ...]]:
    imported = read("\n".join([f"1. A{STAMP}", *lines]))
    assert len(imported.entries) == 1
    return imported.entries[0].blocks, imported.unplaced


GATE = (
    "Your browser shows this post from X only when JavaScript is switched on.Open the post on X",
    "This newsroom does not control what other sites publish.",
    "Go past x post",
    "Load this post from X?",
    "This post comes from X, and so on.",
    "This newsroom does not control what other sites publish.",
    "After x post",
)


def gate_of(embed: Embed) -> list[str]:
    return trimmed(page(entry(embed)))[1:]
