"""Settling a conflict by an explicit choice: ours on top of what somebody else put there."""

from dataclasses import replace
from datetime import datetime

from desktop.domain.outbox import Operation, OperationState, Publication
from desktop.domain.problem import InvalidValue
from desktop.store.store import Writing


def put_on_top(writing: Writing, operation: Operation, now: datetime) -> Operation:
    """Queue an operation in conflict again, onto the version the conflict told of; raises InvalidValue for others.

    If yet another version is there when it is sent, that is a conflict again: nothing unseen is overwritten.
    """
    standing = writing.operation(operation.id)
    told = next(
        (
            receipt
            for receipt in writing.receipts(endpoint_id=standing.endpoint_id, limit=10_000)
            if receipt.operation_id == standing.id and receipt.outcome == OperationState.CONFLICT.value
        ),
        None,
    )
    if standing.state is not OperationState.CONFLICT or told is None:
        message = "Only a change that is in conflict can be put on top of another."
        raise InvalidValue(message)
    held = writing.publication(standing.endpoint_id, standing.kind, standing.target_id)
    theirs = Publication(
        endpoint_id=standing.endpoint_id,
        target_id=standing.target_id,
        coverage_id=standing.coverage_id,
        kind=standing.kind,
        operation_id=standing.id,
        revision=0,
        # Nothing of ours has this digest: until ours is acknowledged, the entry is not live as it stands.
        digest="",
        etag=told.etag,
        acknowledged_at=now,
    )
    writing.put_publication(theirs if held is None else replace(held, digest="", etag=told.etag))
    queued = replace(standing, state=OperationState.QUEUED, reason="", not_before=None)
    writing.set_operation(queued)
    return queued
