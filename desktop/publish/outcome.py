"""What an answer makes of an operation: its next state, what readers have, and the receipt."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desktop.domain.endpoint import Receipt
from desktop.domain.identity import new_id
from desktop.domain.members import Json, canonical, parse, read_id
from desktop.domain.outbox import Operation, OperationKind, OperationState, Publication
from desktop.domain.problem import InvalidValue
from desktop.domain.remote import RemoteVersion
from desktop.domain.words import tr
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is written in one transaction. `publication` only when the change is done, `receipt` when it was judged.

    `theirs` is what stands in the way of one that is in conflict.
    """

    operation: Operation
    publication: Publication | None
    receipt: Receipt | None
    theirs: RemoteVersion | None = None


def outcome(operation: Operation, answer: Answer, at: datetime, not_before: datetime | None = None) -> Outcome:
    """Work out what an answer makes of an operation that is queued, sending or unknown."""
    state = _state(operation.state, answer)
    is_waiting = state in {OperationState.QUEUED, OperationState.UNKNOWN}
    # An attempt is a send that may have left: only those count against the endpoint, or allow for a late arrival.
    attempts = operation.attempts - 1 if isinstance(answer, NotSent) and _was_claimed(operation) else operation.attempts
    following = replace(
        operation,
        state=state,
        attempts=attempts,
        reason=reason_of(answer),
        not_before=not_before if is_waiting else None,
    )
    publication = _publication(operation, answer) if isinstance(answer, Done) else None
    is_news = state is OperationState.UNKNOWN and operation.state is OperationState.SENDING
    receipt = receipt_of(following, answer, at) if is_news or not is_waiting else None
    theirs = _theirs(operation, answer, at) if isinstance(answer, Conflict) else None
    return Outcome(following, publication, receipt, theirs)


def receipt_of(operation: Operation, answer: Answer | None, at: datetime) -> Receipt:
    """Write the receipt of an operation as it stands now; `answer` is None when it was left waiting."""
    etag = answer.etag if isinstance(answer, Done | Conflict) else ""
    return Receipt(new_id(), operation.id, operation.endpoint_id, at, operation.state.value, operation.reason, etag)


def reason_of(answer: Answer) -> str:
    """Say in words why an operation is where it is, "" when it is done or simply goes on."""
    match answer:
        case Done() | NotArrived():
            return ""
        case Conflict(by=by) if by:
            return tr("{reason} It was changed by {by}.").format(reason=answer.reason, by=by[:80])
        case _:
            return answer.reason


def _was_claimed(operation: Operation) -> bool:
    return operation.state is OperationState.SENDING


def _state(now: OperationState, answer: Answer) -> OperationState:
    match answer:
        case Done():
            return OperationState.DONE
        case Refused():
            return OperationState.REFUSED
        case Conflict():
            return OperationState.CONFLICT
        case NotArrived():
            return OperationState.QUEUED
        case Unknown():
            return OperationState.QUEUED if now is OperationState.QUEUED else OperationState.UNKNOWN
        case NotSent() | RetryLater() | Unauthorised() | WrongPlace():
            return OperationState.UNKNOWN if now is OperationState.UNKNOWN else OperationState.QUEUED


def _theirs(operation: Operation, told: Conflict, at: datetime) -> RemoteVersion:
    return RemoteVersion(
        endpoint_id=operation.endpoint_id,
        coverage_id=operation.coverage_id,
        kind=operation.kind,
        target_id=operation.target_id,
        etag=told.etag,
        body=canonical(told.current) if told.current else b"",
        op=_op_of(told.current),
        by=told.by[:200],
        at=at,
    )


def _op_of(current: Json | None) -> UUID | None:
    try:
        return read_id((current or {}).get("op"))
    except InvalidValue:
        return None


def _publication(operation: Operation, done: Done) -> Publication:
    is_withdrawn = operation.kind is OperationKind.ENTRY and parse(operation.payload).get("state") == "retracted"
    return Publication(
        endpoint_id=operation.endpoint_id,
        target_id=operation.target_id,
        coverage_id=operation.coverage_id,
        kind=operation.kind,
        operation_id=operation.id,
        revision=operation.revision,
        digest=operation.digest,
        etag=done.etag,
        acknowledged_at=done.at,
        is_withdrawn=is_withdrawn,
    )
