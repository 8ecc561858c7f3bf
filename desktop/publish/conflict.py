"""Settling a conflict by an explicit choice: theirs, ours on top of it, or one of both."""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.entry import Entry
from desktop.domain.outbox import Operation, OperationKind, OperationState, Publication
from desktop.domain.problem import InvalidValue
from desktop.domain.remote import RemoteVersion
from desktop.domain.revision import Reason, digest
from desktop.domain.words import tr
from desktop.publish.merge import Part, compare
from desktop.publish.remote import base_of, entry_of, take_over
from desktop.store.store import Reading, Writing


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict as it is shown: what waits, what stands at the endpoint, and for an entry the parts of both.

    `mine` is what waits to be sent; both are None for a page or a summary, and where nothing stands any more.
    """

    operation: Operation
    theirs: RemoteVersion
    mine: Entry | None = None
    parts: tuple[Part, ...] = ()


def dispute(reading: Reading, operation: Operation) -> Dispute:
    """Read a conflict; raises InvalidValue for what is in none."""
    theirs = told_of(reading, operation)
    if operation.kind is not OperationKind.ENTRY or not theirs.body:
        return Dispute(operation, theirs)
    base = base_of(reading, operation.endpoint_id, operation.kind, operation.target_id)
    mine = entry_of(operation.payload, operation.coverage_id)
    parts = compare(
        entry_of(base, operation.coverage_id) if base else None, mine, entry_of(theirs.body, operation.coverage_id)
    )
    return Dispute(operation, theirs, mine, parts)


def told_of(reading: Reading, operation: Operation) -> RemoteVersion:
    """Read what stands where an operation was to go; raises InvalidValue for one that is in no conflict."""
    theirs = reading.remote(operation.endpoint_id, operation.kind, operation.target_id)
    if operation.state is not OperationState.CONFLICT or theirs is None:
        message = tr("Only a change that is in conflict can be settled against another.")
        raise InvalidValue(message)
    return theirs


def put_on_top(writing: Writing, operation: Operation, now: datetime) -> Operation:
    """Queue an operation in conflict again, onto the version the conflict told of; raises InvalidValue for others.

    If yet another version is there when it is sent, that is a conflict again: nothing unseen is overwritten.
    """
    standing = writing.operation(operation.id)
    told = told_of(writing, standing)
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


def keep_theirs(writing: Writing, operation: Operation, producer: str) -> None:
    """Drop an operation in conflict and take over what stands there; ours stays among the versions of the entry."""
    standing = writing.operation(operation.id)
    told = told_of(writing, standing)
    writing.set_operation(replace(standing, state=OperationState.CANCELLED, reason=tr("Theirs was kept.")))
    keep_mine_as_version(writing, told, producer)
    take_over(writing, told)


def keep_mine_as_version(writing: Writing, told: RemoteVersion, producer: str) -> None:
    """Keep what the desk has of an entry as a version, before another takes its place."""
    if told.kind is OperationKind.ENTRY and told.body:
        mine = writing.entry(told.target_id)
        newest = writing.newest_revision(mine.id)
        if newest is None or newest.digest != digest(mine):
            writing.add_revision(mine, Reason.EDITING, producer)
