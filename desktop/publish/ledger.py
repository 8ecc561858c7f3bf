"""The outbox in the store, as the runner works it: each step one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationKind, OperationState
from desktop.publish import remote
from desktop.publish.line import Changes
from desktop.publish.outcome import Outcome
from desktop.publish.pause import is_paused
from desktop.publish.review import hold_stale
from desktop.publish.upload import Upload
from desktop.store.store import Store, Writing

_BEFORE = "The program ended before an answer came."


@dataclass(frozen=True, slots=True)
class Claim:
    """An operation that is now `sending`, and the ETag it replaces (None: the endpoint holds nothing of it)."""

    operation: Operation
    etag: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads and writes operations. Called from the runner's one thread for the store, never from an event loop."""

    store: Store

    def recover(self, endpoint_id: UUID | None = None) -> tuple[Operation, ...]:
        """Make every `sending` operation `unknown`. Called when none is being sent: who sent it is gone."""
        with self.store.read() as reading:
            left = reading.operations(endpoint_id=endpoint_id, states={OperationState.SENDING})
        if not left:
            return ()
        recovered = tuple(replace(each, state=OperationState.UNKNOWN, reason=_BEFORE) for each in left)
        with self.store.write() as writing:
            for operation in recovered:
                writing.set_operation(operation)
        return recovered

    def start(self, now: datetime) -> frozenset[UUID]:
        """Begin: what was being sent is unknown, what waited too long is held; returns what is unknown and as old."""
        self.recover()
        with self.store.write() as writing:
            return hold_stale(writing, now)

    def endpoint(self, endpoint_id: UUID) -> Endpoint:
        """Read an endpoint; raises NotFound."""
        with self.store.read() as reading:
            return reading.endpoint(endpoint_id)

    def roll(self) -> dict[UUID, bool]:
        """List the endpoints, and whether publishing there is paused."""
        with self.store.read() as reading:
            return {endpoint.id: is_paused(reading, endpoint.id) for endpoint in reading.endpoints()}

    def unfinished(self, endpoint_id: UUID) -> tuple[Endpoint, tuple[Operation, ...]]:
        """Read an endpoint and what is waiting or parked for it, oldest first."""
        with self.store.read() as reading:
            operations = reading.operations(endpoint_id=endpoint_id, states=WAITING | PARKED)
            if all(operation.state is not OperationState.SENDING for operation in operations):
                return reading.endpoint(endpoint_id), operations
        self.recover(endpoint_id)
        with self.store.read() as reading:
            operations = reading.operations(endpoint_id=endpoint_id, states=WAITING | PARKED)
            return reading.endpoint(endpoint_id), operations

    def pin(self, endpoint_id: UUID, instance: UUID) -> Endpoint:
        """Keep which server answers for an endpoint; one that is pinned stays pinned."""
        with self.store.write() as writing:
            endpoint = writing.endpoint(endpoint_id)
            if endpoint.instance is None:
                endpoint = replace(endpoint, instance=instance)
                writing.put_endpoint(endpoint)
        return endpoint

    def turn(
        self, settling: tuple[Operation, Outcome] | None, following: Operation | None
    ) -> tuple[bool, Claim | None]:
        """Settle one operation and claim another, all of it or nothing.

        False when the desk changed the first meanwhile; None when it changed the second: then it stays untouched.
        """
        with self.store.write() as writing:
            is_settled = settling is None or _settle(writing, *settling)
            claim = None if following is None else _claim(writing, following)
        return is_settled, claim

    def reserve(self, operation: Operation, reserved: str) -> Operation:
        """Keep the place an endpoint holds for an operation that is being sent."""
        held = replace(operation, reserved=reserved)
        with self.store.write() as writing:
            writing.set_operation(held)
        return held

    def cursor(self, endpoint_id: UUID, coverage_id: UUID) -> tuple[Endpoint, str]:
        """Read an endpoint, and up to where a coverage's changes there were read; "" at another server than before."""
        with self.store.read() as reading:
            endpoint = reading.endpoint(endpoint_id)
            return endpoint, reading.setting(_cursor_key(endpoint, coverage_id))

    def take_in(self, endpoint: Endpoint, coverage_id: UUID, found: Changes, open_entry: UUID | None) -> remote.TakenIn:
        """Keep what others did, and up to where it was read."""
        with self.store.read() as reading:
            key = _cursor_key(endpoint, coverage_id)
            if not found.changes and reading.setting(key) == found.cursor:
                left = reading.remotes(endpoint.id, coverage_id)
                if all(each.target_id == open_entry for each in left):
                    return remote.NOTHING
        with self.store.write() as writing:
            writing.put_setting(key, found.cursor)
            return remote.take_in(writing, endpoint.id, coverage_id, found.changes, open_entry)

    def based_on(self, operation: Operation) -> str | None:
        """Return the ETag an operation replaces, None when the endpoint should hold nothing of it."""
        with self.store.read() as reading:
            held = reading.publication(operation.endpoint_id, operation.kind, operation.target_id)
        return (held.etag or None) if held else None

    def upload(self, sha256: str) -> tuple[Upload, bytes] | None:
        """Read a media file to send, None when it is not in the workspace."""
        file = self.store.media_file(sha256)
        if file is None:
            return None
        try:
            return Upload(sha256, file.media_type, file.path), file.path.read_bytes()
        except OSError:
            return None


def _settle(writing: Writing, before: Operation, outcome: Outcome) -> bool:
    if writing.operation(before.id).state is not before.state:
        return False
    writing.set_operation(outcome.operation)
    if outcome.publication is not None:
        writing.put_publication(outcome.publication)
        writing.drop_remote(before.endpoint_id, before.kind, before.target_id)
    if outcome.theirs is not None:
        writing.put_remote(outcome.theirs)
    if outcome.receipt is not None:
        writing.add_receipt(outcome.receipt)
    return True


def _claim(writing: Writing, wanted: Operation) -> Claim | None:
    """Say that an operation is being sent, before its first byte."""
    standing = writing.operation(wanted.id)
    if standing.state is not OperationState.QUEUED:
        return None
    held = writing.publication(standing.endpoint_id, standing.kind, standing.target_id)
    claimed = replace(
        standing, state=OperationState.SENDING, attempts=standing.attempts + 1, reason="", not_before=None
    )
    writing.set_operation(claimed)
    return Claim(claimed, (held.etag or None) if held else None)


def _cursor_key(endpoint: Endpoint, coverage_id: UUID) -> str:
    return f"changes:{endpoint.id}:{endpoint.instance}:{coverage_id}"


def touched(operation: Operation) -> tuple[UUID, ...]:
    """Return the entries an operation is about."""
    return (operation.target_id,) if operation.kind is OperationKind.ENTRY else ()
