"""Operations waiting to be sent, and the rules of their states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class OperationKind(StrEnum):
    """What an operation puts at the endpoint."""

    PAGE = "page"
    SUMMARY = "summary"
    ENTRY = "entry"


class OperationState(StrEnum):
    """Where an operation is. `unknown` was sent and has no answer: it is read back before anything is resent."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    DONE = "done"
    REFUSED = "refused"
    CONFLICT = "conflict"
    CANCELLED = "cancelled"


WAITING: Final = frozenset({OperationState.QUEUED, OperationState.SENDING, OperationState.UNKNOWN})
PARKED: Final = frozenset({OperationState.REFUSED, OperationState.CONFLICT})

_NEXT: Final = {
    OperationState.QUEUED: {OperationState.SENDING, OperationState.CANCELLED, OperationState.REFUSED},
    OperationState.SENDING: {
        OperationState.DONE,
        OperationState.REFUSED,
        OperationState.CONFLICT,
        OperationState.UNKNOWN,
        OperationState.QUEUED,
    },
    OperationState.UNKNOWN: {
        OperationState.DONE,
        OperationState.QUEUED,
        OperationState.REFUSED,
        OperationState.CONFLICT,
    },
    OperationState.DONE: set[OperationState](),
    OperationState.REFUSED: {OperationState.QUEUED, OperationState.CANCELLED},
    OperationState.CONFLICT: {OperationState.QUEUED, OperationState.CANCELLED},
    OperationState.CANCELLED: set[OperationState](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change to make at one endpoint; `id` is its idempotency key and travels as `op`.

    `target_id` is the coverage for PAGE and SUMMARY, the entry for ENTRY. `revision` is the entry's revision
    number, 0 for the others. `payload` is the body that is sent, the same bytes each time. `media` are the files
    that go first. `instance` pins the server the operation was made for. `sequence` orders operations as the
    desk made them, whatever the clock says. `not_before` is when the next attempt may start. `by` is who published.
    `reserved` names the place an adapter holds for it at the endpoint, unseen by readers, "" while there is none.
    """

    id: UUID
    sequence: int
    endpoint_id: UUID
    instance: UUID | None
    coverage_id: UUID
    kind: OperationKind
    target_id: UUID
    revision: int
    digest: str
    payload: bytes
    media: tuple[str, ...] = ()
    state: OperationState = OperationState.QUEUED
    attempts: int = 0
    reason: str = ""
    by: str = ""
    made_at: datetime
    not_before: datetime | None = None
    reserved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What an endpoint has acknowledged to hold: the last operation that is done, per target.

    `digest` is that of the revision sent; `etag` the endpoint's; `is_withdrawn` tells a withdrawn entry.
    """

    endpoint_id: UUID
    target_id: UUID
    coverage_id: UUID
    kind: OperationKind
    operation_id: UUID
    revision: int
    digest: str
    etag: str
    acknowledged_at: datetime
    is_withdrawn: bool = False


def can_become(now: OperationState, following: OperationState) -> bool:
    """Tell whether an operation may go from one state to another."""
    return following in _NEXT[now]


def next_to_send(operations: Sequence[Operation], at: datetime) -> Operation | None:
    """Pick the operation to work on now: the oldest whose way is clear, None when all wait.

    Strict order per target: an earlier operation of the same target that is waiting or parked comes first. A
    summary or an entry also needs the page: an earlier page operation that is not done holds it. An operation
    that is `unknown` is returned too, to be read back before it is sent again.
    """
    blocked: set[tuple[OperationKind, UUID]] = set()
    blocked_pages: set[UUID] = set()
    for operation in sorted(operations, key=lambda each: each.sequence):
        if operation.state not in WAITING | PARKED:
            continue
        target = (operation.kind, operation.target_id)
        is_free = target not in blocked and operation.coverage_id not in blocked_pages
        is_due = operation.not_before is None or operation.not_before <= at
        if is_free and is_due and operation.state in {OperationState.QUEUED, OperationState.UNKNOWN}:
            return operation
        blocked.add(target)
        if operation.kind is OperationKind.PAGE:
            blocked_pages.add(operation.coverage_id)
    return None


def superseded_by(operations: Sequence[Operation], newer: Operation) -> tuple[Operation, ...]:
    """Return the unsent operations a newer one of the same target and endpoint replaces.

    Only `queued`, `refused` and `conflict` ones: what is being sent, or may have been, is never replaced. One made
    before its endpoint's first connection names no server yet, and is replaced too.
    """
    return tuple(
        each
        for each in operations
        if (each.endpoint_id, each.kind, each.target_id) == (newer.endpoint_id, newer.kind, newer.target_id)
        and each.instance in {None, newer.instance}
        and each.state in {OperationState.QUEUED, OperationState.REFUSED, OperationState.CONFLICT}
        and each.id != newer.id
    )
