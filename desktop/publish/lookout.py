"""Looking out for what other desks publish to the page that is being worked on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from desktop.domain.change import Change, ChangeKind
from desktop.domain.endpoint import Endpoint
from desktop.domain.problem import Problem
from desktop.publish.backoff import LONGEST
from desktop.publish.clerk import Beside
from desktop.publish.lane import Lane
from desktop.publish.ledger import Ledger
from desktop.publish.line import Line
from desktop.publish.sender import Sender

PACE: Final = 5.0
"""Seconds between two looks where the endpoint asks for no other pace."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The page that is looked at, where it is published, and the entry that is open in an editor."""

    endpoint_id: UUID
    coverage_id: UUID
    open_entry: UUID | None = None


@dataclass(slots=True, kw_only=True)
class Lookout:
    """Asks an endpoint for changes, over the line its operations go out on and between two of them."""

    ledger: Ledger
    sender: Sender
    stored: Beside
    tell: Callable[[Change], None]
    failures: int = 0

    async def look(self, lane: Lane, watched: Watched) -> float:
        """Take in what others did since the last look; returns the seconds until the next."""
        async with lane.lock:
            if lane.held:
                return PACE
            try:
                pace = await self._look(lane, watched)
            except Problem:
                # That an endpoint cannot be reached is told by what is sent there; looking only waits longer.
                self.failures += 1
                return min(PACE * 2.0 ** min(self.failures, 8), LONGEST)
            self.failures = 0
            return pace

    async def _look(self, lane: Lane, watched: Watched) -> float:
        endpoint, _ = await self.stored(partial(self.ledger.cursor, watched.endpoint_id, watched.coverage_id))
        line = await self.sender.connect(lane, endpoint)
        endpoint, cursor = await self.stored(partial(self.ledger.cursor, watched.endpoint_id, watched.coverage_id))
        while True:
            pace, following = await self._take_in(line, endpoint, watched, cursor)
            if following is None:
                return pace
            cursor = following

    async def _take_in(self, line: Line, endpoint: Endpoint, watched: Watched, cursor: str) -> tuple[float, str | None]:
        found = await line.changes(watched.coverage_id, cursor)
        taken = await self.stored(
            partial(self.ledger.take_in, endpoint, watched.coverage_id, found, watched.open_entry)
        )
        if taken.entries:
            self.tell(Change(ChangeKind.ENTRIES, watched.coverage_id, taken.entries))
        if taken.has_page:
            self.tell(Change(ChangeKind.COVERAGE, watched.coverage_id))
        return found.pace or PACE, found.cursor if found.is_more and found.cursor != cursor else None
