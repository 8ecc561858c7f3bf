"""Keeping the books while a lane is worked: what is written is taken over into the lane, and told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from desktop.domain.change import Change, ChangeKind
from desktop.domain.outbox import Operation
from desktop.publish.answer import Answer, NotArrived
from desktop.publish.lane import Lane
from desktop.publish.ledger import Claim, Ledger, touched
from desktop.publish.outcome import Outcome, outcome
from desktop.publish.review import held

Result = TypeVar("Result")


class Beside(Protocol):
    """Does blocking work beside the event loop."""

    def __call__(self, work: Callable[[], Result], /) -> Awaitable[Result]:
        """Run the work and return its result."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An operation as it stood when its answer came, and the seconds its lane waits because of it."""

    operation: Operation
    answer: Answer
    wait: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Writes to the ledger for lanes. `stored` runs work in the thread for the store.

    `doubtful` are operations so old that they are held, and not sent again, when they prove never to have arrived.
    """

    ledger: Ledger
    stored: Beside
    tell: Callable[[Change], None]
    now: Callable[[], datetime]
    doubtful: set[UUID] = field(default_factory=set)

    async def turn(self, lane: Lane, judged: Judged | None, following: Operation | None) -> Claim | None:
        """Settle one operation and claim another in one transaction; returns the claim.

        What the desk changed meanwhile is left as the desk wants it, and the lane reads the outbox anew.
        """
        made = None if judged is None else self._outcome(judged)
        settling = None if judged is None or made is None else (judged.operation, made)
        is_settled, claim = await self.stored(partial(self.ledger.turn, settling, following))
        if judged is not None and made is not None and is_settled:
            self._take_over(lane, made)
            lane.trouble = made.operation.reason if judged.wait else ""
        if claim is not None:
            lane.keep(claim.operation)
            self._announce(claim.operation)
        lane.is_stale = lane.is_stale or not is_settled or (following is not None and claim is None)
        return claim

    async def say(self, lane: Lane, operation: Operation, words: str) -> None:
        """Note on an operation how far it is."""
        said = Outcome(replace(operation, reason=words), None, None)
        is_settled, _ = await self.stored(partial(self.ledger.turn, (operation, said), None))
        if is_settled:
            self._take_over(lane, said)
        lane.is_stale = lane.is_stale or not is_settled

    def _outcome(self, judged: Judged) -> Outcome:
        now = self.now()
        not_before = now + timedelta(seconds=judged.wait) if judged.wait else None
        made = outcome(judged.operation, judged.answer, now, not_before)
        if isinstance(judged.answer, NotArrived) and judged.operation.id in self.doubtful:
            return replace(made, operation=held(made.operation))
        return made

    def _take_over(self, lane: Lane, made: Outcome) -> None:
        lane.keep(made.operation)
        if made.receipt is not None:
            for heard in lane.heard:
                heard[made.operation.id] = made.receipt
        self._announce(made.operation)

    def _announce(self, operation: Operation) -> None:
        entries = touched(operation)
        if entries:
            self.tell(Change(ChangeKind.ENTRIES, operation.coverage_id, entries))
        self.tell(Change(ChangeKind.OUTBOX, operation.coverage_id, entries))
