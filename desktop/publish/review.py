"""What a start finds in the outbox: what waited too long goes nowhere before a producer has looked at it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from desktop.domain.outbox import Operation, OperationState
from desktop.store.writing import Writing

STALE: Final = timedelta(minutes=10)
WAITED: Final = "This waited since before the program was started. Look at it, then send or discard it."


def is_stale(operation: Operation, now: datetime) -> bool:
    """Tell whether an operation was queued so long ago that readers may no longer want it."""
    return operation.state is OperationState.QUEUED and now - operation.made_at > STALE


def hold_stale(writing: Writing, now: datetime) -> frozenset[UUID]:
    """Hold what is stale at a start; returns the ids of what is as old and may have been sent.

    Those are read back, which changes nothing; what then proves never to have arrived is to be held as well.
    """
    left = writing.operations(states={OperationState.QUEUED, OperationState.UNKNOWN})
    for operation in left:
        if is_stale(operation, now):
            writing.set_operation(held(operation))
    unknown = (each for each in left if each.state is OperationState.UNKNOWN)
    return frozenset(each.id for each in unknown if now - each.made_at > STALE)


def held(operation: Operation) -> Operation:
    """Return an operation as one that waits for a producer's look."""
    return replace(operation, state=OperationState.HELD, reason=WAITED, not_before=None)
