"""What others publish: kept as it is seen, and taken over where nothing of the desk's own stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.blocks import InternalNote
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.members import Json, canonical, parse
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationKind, OperationState, Publication
from desktop.domain.problem import InvalidValue
from desktop.domain.remote import RemoteVersion
from desktop.domain.revision import Reason, digest
from desktop.domain.summary import Keeping, settled
from desktop.domain.wire import entry_from_wire, page_from_wire, page_to_wire, summary_from_wire, summary_to_wire
from desktop.publish.enqueue import said_digest
from desktop.publish.line import RemoteChange
from desktop.store.problems import NotFound
from desktop.store.reading import Reading
from desktop.store.writing import Writing

SOMEBODY: Final = "another desk"
_NO_OP: Final = UUID(int=0)
_ENTRY: Final = OperationKind.ENTRY


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of changes: entries that stand otherwise now or have a version over them, and whether the page does."""

    entries: tuple[UUID, ...]
    has_page: bool


NOTHING: Final = TakenIn((), has_page=False)


def take_in(
    writing: Writing, endpoint_id: UUID, coverage_id: UUID, changes: Iterable[RemoteChange], open_entry: UUID | None
) -> TakenIn:
    """Keep what others put at an endpoint, and take over what stands against nothing of ours.

    The entry that is open in an editor is left as it is: text is never replaced under the caret.
    """
    seen = _keep(writing, endpoint_id, coverage_id, changes)
    # Entries first: bullets rest on them.
    for version in sorted(writing.remotes(endpoint_id, coverage_id), key=lambda each: each.kind is not _ENTRY):
        target = (version.kind, version.target_id)
        if version.target_id != open_entry and _stands_alone(writing, version):
            seen.add(target)
            take_over(writing, version)
    entries = tuple(target_id for kind, target_id in seen if kind is OperationKind.ENTRY)
    return TakenIn(entries, has_page=any(kind is not OperationKind.ENTRY for kind, _ in seen))


def take_over(writing: Writing, version: RemoteVersion) -> None:
    """Make what somebody else published the desk's own: the entry, page or summary, and what the endpoint holds.

    Raises InvalidValue for what is not as the contract has it, and then nothing is written.
    """
    revision, said, is_withdrawn = _taken(writing, version)
    writing.drop_remote(version.endpoint_id, version.kind, version.target_id)
    operation = _as_operation(writing, version, revision, said)
    writing.add_operation(operation)
    writing.put_publication(
        Publication(
            endpoint_id=version.endpoint_id,
            target_id=version.target_id,
            coverage_id=version.coverage_id,
            kind=version.kind,
            operation_id=operation.id,
            revision=revision,
            digest=said,
            etag=version.etag,
            acknowledged_at=version.at,
            is_withdrawn=is_withdrawn,
        )
    )


def entry_of(body: bytes, coverage_id: UUID) -> Entry:
    """Read the entry a wire body holds; raises InvalidValue."""
    return entry_from_wire(parse(body), coverage_id)[0]


def base_of(reading: Reading, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> bytes | None:
    """Read the wire body an endpoint acknowledged last of a target, None when it acknowledged nothing."""
    held = reading.publication(endpoint_id, kind, target_id)
    operation = reading.operation(held.operation_id) if held else None
    return operation.payload if operation and operation.state is OperationState.DONE else None


def _keep(
    writing: Writing, endpoint_id: UUID, coverage_id: UUID, changes: Iterable[RemoteChange]
) -> set[tuple[OperationKind, UUID]]:
    newest = {(change.kind, change.target_id): change for change in changes}
    seen = set()
    for (kind, target_id), change in newest.items():
        held = writing.publication(endpoint_id, kind, target_id)
        is_ours = _is_known(writing, change.op) or (held is not None and change.body and held.etag == change.etag)
        if is_ours:
            writing.drop_remote(endpoint_id, kind, target_id)
            continue
        version = RemoteVersion(
            endpoint_id=endpoint_id,
            coverage_id=coverage_id,
            kind=kind,
            target_id=target_id,
            etag=change.etag,
            body=canonical(change.body) if change.body else b"",
            op=change.op,
            by=change.by,
            at=change.at or moment.now(),
        )
        if version != writing.remote(endpoint_id, kind, target_id):
            writing.put_remote(version)
            seen.add((kind, target_id))
    return seen


def _stands_alone(writing: Writing, version: RemoteVersion) -> bool:
    """Tell whether nothing of the desk's own would be lost if a version took its place."""
    left = writing.operations(endpoint_id=version.endpoint_id, coverage_id=version.coverage_id, states=WAITING | PARKED)
    if any((each.kind, each.target_id) == (version.kind, version.target_id) for each in left):
        return False
    try:
        return _is_untouched(writing, version)
    except InvalidValue:
        return False


def _is_untouched(writing: Writing, version: RemoteVersion) -> bool:
    base = base_of(writing, version.endpoint_id, version.kind, version.target_id)
    if not version.body:
        return True
    coverage = writing.coverage(version.coverage_id)
    match version.kind:
        case OperationKind.ENTRY:
            theirs = entry_of(version.body, version.coverage_id)
            mine = _standing(writing, version.target_id)
            held = writing.publication(version.endpoint_id, version.kind, version.target_id)
            known = {digest(theirs), held.digest if held else ""}
            is_binned = any(each.id == version.target_id for each in writing.binned(version.coverage_id))
            return mine is None or (not is_binned and digest(mine) in known)
        case OperationKind.PAGE:
            house = parse(base or version.body).get("house", {})
            mine_said = page_to_wire(coverage, house if isinstance(house, dict) else {}, _NO_OP)
            return _is_same(mine_said, base or version.body) or (base is None and not coverage.clock)
        case OperationKind.SUMMARY:
            mine_said = summary_to_wire(coverage, _NO_OP)
            return _is_same(mine_said, base or version.body) or (base is None and not coverage.summary)


def _is_same(mine: Json, body: bytes) -> bool:
    return said_digest(mine) == said_digest(parse(body))


def _taken(writing: Writing, version: RemoteVersion) -> tuple[int, str, bool]:
    """Write a version into the desk; returns its revision, its digest, and whether readers no longer have it."""
    if not version.body:
        return 0, "", True
    coverage = writing.coverage(version.coverage_id)
    match version.kind:
        case OperationKind.ENTRY:
            entry = entry_of(version.body, version.coverage_id)
            standing = _standing(writing, entry.id)
            notes = [block for block in (standing.blocks if standing else ()) if isinstance(block, InternalNote)]
            entry = replace(entry, blocks=(*entry.blocks, *notes))
            revision = writing.add_revision(entry, Reason.PUBLISHED, version.by or SOMEBODY)
            return revision.number, revision.digest, entry.withdrawal is not None
        case OperationKind.PAGE:
            page, _, _ = page_from_wire(parse(version.body))
            taken = replace(
                coverage,
                headline=page.headline,
                description=page.description,
                zone=page.zone,
                clock=page.clock,
                pinned=page.pinned,
            )
            writing.put_coverage(taken)
        case OperationKind.SUMMARY:
            points, _ = summary_from_wire(parse(version.body))
            kept = settled(coverage.summary, points, writing.grounds(points), version.at)
            writing.put_coverage(replace(coverage, summary=kept))
            writing.keep_summary(version.coverage_id, kept, Keeping.PUBLISHED, version.by or SOMEBODY)
    return 0, said_digest(parse(version.body)), False


def _as_operation(writing: Writing, version: RemoteVersion, revision: int, said: str) -> Operation:
    """Write down what another desk did as an operation that is done and that this desk never attempted."""
    is_free = version.op is not None and not _is_known(writing, version.op)
    return Operation(
        id=version.op if version.op is not None and is_free else new_id(),
        sequence=0,
        endpoint_id=version.endpoint_id,
        instance=writing.endpoint(version.endpoint_id).instance,
        coverage_id=version.coverage_id,
        kind=version.kind,
        target_id=version.target_id,
        revision=revision,
        digest=said,
        payload=version.body or b"{}",
        state=OperationState.DONE,
        by=version.by or SOMEBODY,
        made_at=version.at,
    )


def _standing(reading: Reading, entry_id: UUID) -> Entry | None:
    try:
        return reading.entry(entry_id)
    except NotFound:
        return None


def _is_known(reading: Reading, op: UUID | None) -> bool:
    if op is None:
        return False
    try:
        reading.operation(op)
    except NotFound:
        return False
    return True
