"""One endpoint's queue while it is worked: what is in it, and until when it has to wait."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from desktop.domain.endpoint import Endpoint, Receipt
from desktop.domain.outbox import PARKED, WAITING, Operation, first_free, in_order
from desktop.publish import backoff
from desktop.publish.answer import (
    Answer,
    Conflict,
    Done,
    NotArrived,
    NotSent,
    Refused,
    RetryLater,
    Unauthorised,
    Unknown,
    WrongPlace,
)
from desktop.publish.line import Line

STUBBORN: Final = 3
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True, eq=False)
class Lane:
    """The state of one endpoint's queue in this process; times are of the event loop's clock.

    Waiting is counted by that clock and never by the wall's: a clock that is put back must not stop a page. An
    operation that failed `STUBBORN` times is passed by for a while, so that it does not hold the others. `held` is
    why nothing goes on until somebody acts, `trouble` why the last attempt failed.
    """

    endpoint_id: UUID
    endpoint: Endpoint | None = None
    operations: dict[UUID, Operation] = field(default_factory=dict)
    is_stale: bool = True
    has_worked: bool = False
    is_working: bool = False
    failures: int = 0
    ready_at: float = 0.0
    held: str = ""
    trouble: str = ""
    line: Line | None = None
    is_known: bool = False
    media: set[str] = field(default_factory=set)
    heard: list[dict[UUID, Receipt]] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    nudge: asyncio.Event = field(default_factory=asyncio.Event)
    _aside: dict[UUID, float] = field(default_factory=dict)

    def load(self, endpoint: Endpoint, operations: tuple[Operation, ...]) -> None:
        """Take what the store holds now."""
        self.endpoint = endpoint
        self.operations = {operation.id: operation for operation in in_order(operations)}
        self.has_worked = False

    def keep(self, operation: Operation) -> None:
        """Take an operation as it was just written."""
        self.has_worked = True
        if operation.state in WAITING | PARKED:
            self.operations[operation.id] = operation
        else:
            self.operations.pop(operation.id, None)

    def next(self, now: float) -> Operation | None:
        """Pick the operation to work on now, None when nothing can go on."""
        self._aside = {each: until for each, until in self._aside.items() if until > now and each in self.operations}
        if not self._aside:
            picked = first_free(self.operations.values(), _NEVER)
        else:
            shown = (replace(each, not_before=self._not_before(each)) for each in self.operations.values())
            picked = first_free(shown, datetime.now(UTC))
        return None if picked is None else self.operations[picked.id]

    def wait(self, now: float) -> float:
        """Return the seconds until the endpoint may be asked again, 0 when it may now."""
        return max(self.ready_at - now, 0.0)

    def wait_for_stubborn(self, now: float) -> float | None:
        """Return the seconds until the first operation that was passed by is due, None when there is none."""
        return max(min(self._aside.values()) - now, 0.0) if self._aside else None

    def react(self, operation: Operation, answer: Answer, now: float) -> float:
        """Let an answer slow the lane down, stop it or set it free; returns the seconds it waits."""
        match answer:
            case Done() | Conflict():
                self.failures, self.ready_at = 0, 0.0
            case Refused(type=kind):
                self.failures, self.ready_at = 0, 0.0
                # Somebody in between sends us elsewhere: see who answers before the next is sent.
                self.is_known = self.is_known and kind != "redirect"
            case NotArrived():
                pass
            case Unauthorised(reason=reason) | WrongPlace(reason=reason):
                self.held, self.is_known = reason, False
            case Unknown(after=after) | RetryLater(after=after):
                return self.slow(operation, after, now)
            case NotSent():
                return self.slow(operation, None, now)
        return 0.0

    def slow(self, operation: Operation | None, after: float | None, now: float) -> float:
        """Wait longer after each failure in a row, or as long as the endpoint asked."""
        self.failures += 1
        self.is_known = False
        wait = backoff.delay(self.failures) if after is None else after
        self.ready_at = now + wait
        if operation is not None and operation.attempts >= STUBBORN:
            self._aside[operation.id] = now + wait + min(2.0 ** (operation.attempts - STUBBORN), backoff.LONGEST)
        return wait

    def resume(self) -> None:
        """Forget why the lane was stopped or slowed down."""
        self.held, self.failures, self.ready_at = "", 0, 0.0
        self._aside.clear()
        self.nudge.set()

    def _not_before(self, operation: Operation) -> datetime | None:
        return _NEVER if operation.id in self._aside else None
