"""Putting a page, its summary and entries into the outbox, inside the transaction that keeps what is published."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Entry, for_readers, media_of
from desktop.domain.identity import new_id
from desktop.domain.members import Json, canonical
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationKind, OperationState
from desktop.domain.revision import Reason, digest
from desktop.domain.wire import entry_to_wire, page_to_wire, summary_to_wire
from desktop.domain.words import tr
from desktop.publish import guard
from desktop.publish.review import is_stale
from desktop.store.store import Writing


def enqueue(
    writing: Writing,
    coverage: Coverage,
    entries: Sequence[Entry],
    endpoint: Endpoint,
    house: Json,
    *,
    by: str,
    now: datetime,
    is_forced: bool = False,
) -> tuple[Operation, ...]:
    """Add what an endpoint lacks: the page, the summary, then entries, oldest first; returns what was added.

    What is live there as it stands, or on its way, is passed over unless `is_forced`. An entry that is withdrawn
    before anything of it was sent only leaves the outbox. `house` is the resolved house profile. The caller has
    asked the guard, and holds the transaction.
    """
    targets = [coverage.id, *(entry.id for entry in entries)]
    desk = _Desk(writing, coverage, endpoint, by, now, targets, is_forced=is_forced)
    page = desk.add(OperationKind.PAGE, coverage.id, page_to_wire(coverage, house, _NO_OP))
    summary = None
    if coverage.summary or desk.has_sent(OperationKind.SUMMARY, coverage.id):
        summary = desk.add(OperationKind.SUMMARY, coverage.id, summary_to_wire(coverage, _NO_OP))
    sent = [desk.add_entry(entry) for entry in sorted(entries, key=lambda each: (each.at, each.id))]
    return tuple(operation for operation in (page, summary, *sent) if operation is not None)


def check_change(writing: Writing, endpoint: Endpoint) -> None:
    """Raise GuardRefused when an endpoint's environment would change under what waits or is parked for it."""
    before = next((each for each in writing.endpoints() if each.id == endpoint.id), None)
    if before is not None:
        left = writing.operations(endpoint_id=endpoint.id, states=WAITING | PARKED)
        guard.allow_change(before, endpoint, is_waited_for=bool(left))


def said_digest(body: Json) -> str:
    """Return the SHA-256, in hex, of what a page or a summary says, whichever operation says it."""
    said = {name: member for name, member in body.items() if name != "op"}
    return hashlib.sha256(canonical(said)).hexdigest()


_NO_OP = UUID(int=0)
_FEW = 100


class _Desk:
    """One act of publishing: what is waiting for the endpoint, and what it holds."""

    def __init__(
        self,
        writing: Writing,
        coverage: Coverage,
        endpoint: Endpoint,
        by: str,
        now: datetime,
        targets: Collection[UUID],
        *,
        is_forced: bool,
    ) -> None:
        self._writing = writing
        self._coverage = coverage
        self._endpoint = endpoint
        self._by = by
        self._now = now
        self._is_forced = is_forced
        self._pending: dict[tuple[OperationKind, UUID], list[Operation]] = {}
        # One entry costs the same among twenty and among ten thousand; for many, all at once is quicker.
        of = targets if len(targets) <= _FEW else None
        unsent = WAITING | PARKED
        for each in writing.operations(endpoint_id=endpoint.id, coverage_id=coverage.id, states=unsent, target_ids=of):
            self._pending.setdefault((each.kind, each.target_id), []).append(each)
        held = writing.publications(endpoint.id, coverage.id, of)
        self._held = {(each.kind, each.target_id): each for each in held}

    def has_sent(self, kind: OperationKind, target_id: UUID) -> bool:
        """Tell whether the endpoint has something of a target, or is about to."""
        return (kind, target_id) in self._held or (kind, target_id) in self._pending

    def add(self, kind: OperationKind, target_id: UUID, body: Json) -> Operation | None:
        """Add the page or the summary unless it is there as it stands."""
        return self._add(kind, target_id, said_digest(body), body)

    def add_entry(self, entry: Entry) -> Operation | None:
        """Add an entry with the revision that says what it says now."""
        if entry.withdrawal is not None and self._forget_unsent(entry.id):
            return None
        said = digest(entry)
        revision = self._writing.newest_revision(entry.id)
        if revision is None or revision.digest != said:
            reason = Reason.PUBLISHED if entry.withdrawal is None else Reason.WITHDRAWN
            revision = self._writing.add_revision(entry, reason, self._by)
        body = entry_to_wire(entry, _NO_OP)
        return self._add(OperationKind.ENTRY, entry.id, said, body, revision.number, media_of(for_readers(entry)))

    def _add(
        self,
        kind: OperationKind,
        target_id: UUID,
        said: str,
        body: Json,
        revision: int = 0,
        media: tuple[str, ...] = (),
    ) -> Operation | None:
        if not self._is_forced and self._is_there((kind, target_id), said):
            return None
        op = new_id()
        return self._writing.add_operation(
            Operation(
                id=op,
                sequence=0,
                endpoint_id=self._endpoint.id,
                instance=self._endpoint.instance,
                coverage_id=self._coverage.id,
                kind=kind,
                target_id=target_id,
                revision=revision,
                digest=said,
                payload=canonical(body | {"op": str(op)}),
                media=media,
                by=self._by,
                made_at=self._now,
            )
        )

    def _is_there(self, target: tuple[OperationKind, UUID], said: str) -> bool:
        """Tell whether a target is live as it says now or on its way; what is parked has to be sent anew."""
        pending = self._pending.get(target)
        if pending:
            # One that is stale would be held at the next start: who publishes it again means it now.
            is_going = pending[-1].state in WAITING and not is_stale(pending[-1], self._now)
            return is_going and pending[-1].digest == said
        held = self._held.get(target)
        return held is not None and held.digest == said

    def _forget_unsent(self, entry_id: UUID) -> bool:
        """Cancel what waits of an entry when nothing of it was ever sent; False when there is nothing to cancel."""
        target = (OperationKind.ENTRY, entry_id)
        pending = self._pending.get(target, [])
        if not pending or target in self._held or not all(_is_unsent(each) for each in pending):
            return False
        for each in pending:
            reason = tr("Withdrawn before it was sent.")
            self._writing.set_operation(replace(each, state=OperationState.CANCELLED, reason=reason))
        return True


def _is_unsent(operation: Operation) -> bool:
    """Tell whether an operation surely changed nothing: it was refused, or no attempt ever left."""
    match operation.state:
        case OperationState.QUEUED | OperationState.HELD:
            return operation.attempts == 0
        case state:
            return state is OperationState.REFUSED
