"""Operations waiting to be sent, and the rules of their states."""

from collections.abc import Iterable, Sequence
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
    """Where an operation is. `unknown` was sent and has no answer: it is read back before anything is resent.

    `held` waits until a producer lets it go.
    """

    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    UNKNOWN = "unknown"
    DONE = "done"
    REFUSED = "refused"
    CONFLICT = "conflict"
    CANCELLED = "cancelled"


WAITING: Final = frozenset({OperationState.QUEUED, OperationState.SENDING, OperationState.UNKNOWN})
FAILED: Final = frozenset({OperationState.REFUSED, OperationState.CONFLICT})
PARKED: Final = FAILED | {OperationState.HELD}
"""What goes on only when somebody acts."""

_NEXT: Final = {
    OperationState.QUEUED: {
        OperationState.SENDING,
        OperationState.HELD,
        OperationState.CANCELLED,
        OperationState.REFUSED,
    },
    OperationState.HELD: {OperationState.QUEUED, OperationState.CANCELLED},
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
        OperationState.HELD,
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
    desk made them, whatever the clock says; those of a lower `rank` go first where order allows. `not_before` is when
    the next attempt may start. `by` is who published.
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
    rank: int = 0


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


def in_order(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Sort unfinished operations as they are to be sent: by rank, then as the desk made them.

    What an operation needs goes before it whatever its rank: earlier ones of its target, and those of its page.
    """
    by_sequence = sorted(operations, key=lambda each: each.sequence)
    ranks: dict[UUID, int] = {}
    of_target: dict[tuple[OperationKind, UUID], int] = {}
    of_page: dict[UUID, int] = {}
    for each in reversed(by_sequence):
        target = (each.kind, each.target_id)
        is_page = each.kind is OperationKind.PAGE
        needed_by = (of_target.get(target), of_page.get(each.coverage_id) if is_page else None)
        rank = min([each.rank, *(other for other in needed_by if other is not None)])
        ranks[each.id] = of_target[target] = rank
        if not is_page:
            of_page[each.coverage_id] = min(of_page.get(each.coverage_id, rank), rank)
    return tuple(sorted(by_sequence, key=lambda each: (ranks[each.id], each.sequence)))


def next_to_send(operations: Iterable[Operation], at: datetime) -> Operation | None:
    """Pick the operation to work on now, the first whose way is clear; None when all wait."""
    return first_free(in_order(operations), at)


def first_free(ordered: Iterable[Operation], at: datetime) -> Operation | None:
    """Pick the operation to work on now of those in order, looking no further than it needs.

    Strict order per target: an earlier operation of the same target that is waiting or parked comes first. A
    summary or an entry also needs the page: an earlier page operation that is not done holds it. An operation
    that is `unknown` is returned too, to be read back before it is sent again.
    """
    blocked: set[tuple[OperationKind, UUID]] = set()
    blocked_pages: set[UUID] = set()
    for operation in ordered:
        if operation.state not in WAITING and operation.state not in PARKED:
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

    Only queued and parked ones: what is being sent, or may have been, is never replaced. One made before its
    endpoint's first connection names no server yet, and is replaced too.
    """
    return tuple(
        each
        for each in operations
        if (each.endpoint_id, each.kind, each.target_id) == (newer.endpoint_id, newer.kind, newer.target_id)
        and each.instance in {None, newer.instance}
        and each.state in PARKED | {OperationState.QUEUED}
        and each.id != newer.id
    )
