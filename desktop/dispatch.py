"""What a producer decides about what waits in the outbox: send, hold, move, drop, and pause a whole endpoint."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from desktop import proofs
from desktop.domain import moment
from desktop.domain.blocks import InternalNote
from desktop.domain.change import Change, ChangeKind
from desktop.domain.entry import Entry
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationKind, OperationState
from desktop.domain.problem import InvalidValue
from desktop.domain.remote import RemoteVersion
from desktop.domain.words import tr
from desktop.publish import conflict, guard, pause, remote
from desktop.publish.conflict import Dispute
from desktop.publishing import Publishing
from desktop.records import house_of, producer_name
from desktop.store.writing import Writing

HELD: Final = "Held by the desk."

_GOES_AGAIN: Final = frozenset({OperationState.REFUSED, OperationState.HELD})
_UNSENT: Final = PARKED | {OperationState.QUEUED}


class Dispatch(Publishing):
    """Each decision is one transaction and one change told after commit; from any thread."""

    def retry(self, operation_id: UUID, *, on_air: bool = False, by: object = None) -> None:
        """Let what was refused or held go again; any other raises InvalidValue, production without `on_air` a refusal.

        What is in conflict would only meet the same conflict: it is settled by a choice.
        """

        def again(writing: Writing, operation: Operation) -> Operation:
            guard.allow(writing.endpoint(operation.endpoint_id), on_air=on_air)
            return _moved(operation, _GOES_AGAIN, OperationState.QUEUED, "")

        self._decide(operation_id, again, by)

    def hold(self, operation_id: UUID, *, by: object = None) -> None:
        """Keep what waits from being sent until it is let go; what is on its way raises InvalidValue."""
        self._decide(operation_id, lambda _, each: _moved(each, {OperationState.QUEUED}, OperationState.HELD, HELD), by)

    def discard(self, operation_id: UUID, *, by: object = None) -> None:
        """Drop an operation that was never sent or was refused; the entry stays on the desk as it is."""
        self._decide(operation_id, lambda _, each: _moved(each, _UNSENT, OperationState.CANCELLED, ""), by)

    def dispute(self, operation_id: UUID) -> Dispute:
        """Read a conflict: what waits, what stands there, and their parts; raises InvalidValue for what is in none."""
        with self.store.read() as reading:
            return conflict.dispute(reading, reading.operation(operation_id))

    def theirs(self, endpoint_id: UUID, entry_id: UUID) -> RemoteVersion | None:
        """Read what another desk put there over what this desk knows of an entry, None when there is nothing."""
        with self.store.read() as reading:
            return reading.remote(endpoint_id, OperationKind.ENTRY, entry_id)

    def put_on_top(self, operation_id: UUID, *, on_air: bool = False, by: object = None) -> None:
        """Settle a conflict: ours goes on top of the version that was seen, and of no other."""
        with self.store.write() as writing:
            operation = writing.operation(operation_id)
            self._guarded(writing, operation.endpoint_id, on_air=on_air)
            conflict.put_on_top(writing, operation, moment.now())
        self._decided(operation, by)

    def keep_theirs(self, operation_id: UUID, *, by: object = None) -> None:
        """Settle a conflict: theirs stays and comes to the desk; ours stays among the versions of the entry."""
        with self.store.write() as writing:
            operation = writing.operation(operation_id)
            conflict.keep_theirs(writing, operation, producer_name(writing))
        self._decided(operation, by)

    def merge(self, operation_id: UUID, entry: Entry, *, on_air: bool = False, by: object = None) -> None:
        """Settle a conflict of an entry: one made of both goes on top of the version that was seen."""
        with self.store.write() as writing:
            operation, producer = writing.operation(operation_id), producer_name(writing)
            endpoint = self._guarded(writing, operation.endpoint_id, on_air=on_air)
            notes = [each for each in writing.entry(entry.id).blocks if isinstance(each, InternalNote)]
            entry = replace(entry, blocks=(*entry.blocks, *notes))
            self._refuse_unready(entry, endpoint)
            coverage = writing.coverage(operation.coverage_id)
            unproved = proofs.allow(writing, coverage, house_of(writing, coverage), endpoint, (entry,))
            conflict.keep_theirs(writing, operation, producer)
            entry = self._publishable(writing, entry, endpoint, producer)
            self._enqueue(writing, coverage, (entry,), endpoint, producer)
        self._decided(operation, by)
        if unproved:
            self.tell(Change(ChangeKind.UNPROVED, operation.coverage_id, by=by))

    def take_theirs(self, endpoint_id: UUID, entry_id: UUID, *, by: object = None) -> None:
        """Bring what another desk published of an entry to this desk; ours stays among its versions.

        Raises InvalidValue when there is nothing to take, or something of ours is on its way.
        """
        with self.store.write() as writing:
            told = writing.remote(endpoint_id, OperationKind.ENTRY, entry_id)
            left = writing.operations(endpoint_id=endpoint_id, states=WAITING | PARKED)
            if told is None or any(each.target_id == entry_id for each in left):
                message = tr("There is nothing of another desk to take over, or yours is still in the outbox.")
                raise InvalidValue(message)
            conflict.keep_mine_as_version(writing, told, producer_name(writing))
            remote.take_over(writing, told)
        self.tell(Change(ChangeKind.ENTRIES, told.coverage_id, (entry_id,), by))

    def send_first(self, operation_id: UUID, *, by: object = None) -> None:
        """Let what waits go before everything else for its endpoint, together with what it needs itself."""
        self._decide(operation_id, lambda writing, each: _ranked(writing, each, is_first=True), by)

    def send_last(self, operation_id: UUID, *, by: object = None) -> None:
        """Let what waits go after everything else for its endpoint, but before what needs it."""
        self._decide(operation_id, lambda writing, each: _ranked(writing, each, is_first=False), by)

    def pause(self, endpoint_id: UUID, *, by: object = None) -> None:
        """Send nothing more to an endpoint until `resume`, also after a restart; what is on its way is finished."""
        self._pause(endpoint_id, by, is_paused=True)

    def resume(self, endpoint_id: UUID, *, by: object = None) -> None:
        """Let an endpoint that was paused be sent to again."""
        self._pause(endpoint_id, by, is_paused=False)

    def is_paused(self, endpoint_id: UUID) -> bool:
        """Tell whether publishing to an endpoint is paused."""
        with self.store.read() as reading:
            return pause.is_paused(reading, endpoint_id)

    def _pause(self, endpoint_id: UUID, by: object, *, is_paused: bool) -> None:
        with self.store.write() as writing:
            pause.set_paused(writing, writing.endpoint(endpoint_id).id, is_paused=is_paused)
        self.tell(Change(ChangeKind.ENDPOINTS, by=by))
        self.tell(Change(ChangeKind.OUTBOX, by=by))

    def _decide(self, operation_id: UUID, decision: Callable[[Writing, Operation], Operation], by: object) -> None:
        with self.store.write() as writing:
            operation = decision(writing, writing.operation(operation_id))
            writing.set_operation(operation)
        self._decided(operation, by)

    def _decided(self, operation: Operation, by: object) -> None:
        entries = (operation.target_id,) if operation.kind is OperationKind.ENTRY else ()
        self.tell(Change(ChangeKind.ENTRIES, operation.coverage_id, entries, by))
        self.tell(Change(ChangeKind.OUTBOX, operation.coverage_id, entries, by))
        if operation.kind is not OperationKind.ENTRY:
            self.tell(Change(ChangeKind.COVERAGE, operation.coverage_id, by=by))


def _moved(operation: Operation, only_from: Iterable[OperationState], state: OperationState, reason: str) -> Operation:
    if operation.state not in only_from:
        message = tr("An operation that is {state} cannot be {next}.").format(state=operation.state, next=state)
        raise InvalidValue(message)
    return replace(operation, state=state, not_before=None, reason=reason)


def _ranked(writing: Writing, operation: Operation, *, is_first: bool) -> Operation:
    if operation.state not in _UNSENT:
        message = tr("An operation that is {state} cannot be moved.").format(state=operation.state)
        raise InvalidValue(message)
    left = writing.operations(endpoint_id=operation.endpoint_id, states=WAITING | PARKED)
    ranks = [each.rank for each in left if each.id != operation.id]
    rank = (min(ranks, default=1) - 1) if is_first else (max(ranks, default=-1) + 1)
    return replace(operation, rank=rank)
