"""An endpoint's acknowledgement, written down as the outbox runner would."""

from dataclasses import replace
from uuid import UUID

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import OperationKind, OperationState, Publication
from desktop.workspace import Workspace


def acknowledge(workspace: Workspace, entry_id: UUID, endpoint: Endpoint, *, is_withdrawn: bool = False) -> None:
    """Write down that the endpoint took what waits of an entry."""
    with workspace.store.write() as writing:
        waiting = writing.operations(endpoint_id=endpoint.id, states={OperationState.QUEUED})
        operation = next(each for each in waiting if each.target_id == entry_id)
        for state in (OperationState.SENDING, OperationState.DONE):
            writing.set_operation(replace(operation, state=state))
        writing.put_publication(
            Publication(
                endpoint_id=endpoint.id,
                target_id=entry_id,
                coverage_id=operation.coverage_id,
                kind=OperationKind.ENTRY,
                operation_id=operation.id,
                revision=operation.revision,
                digest=operation.digest,
                etag='"1"',
                acknowledged_at=moment.now(),
                is_withdrawn=is_withdrawn,
            )
        )
