"""What somebody else put at an endpoint, over what this desk knows of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.domain.outbox import OperationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteVersion:
    """A version that stands at an endpoint and that the desk has not taken over yet.

    `body` is its wire form, b"" when it was taken down there; `op` the operation that made it, None when no console
    did; `by` who, "" when the endpoint does not tell.
    """

    endpoint_id: UUID
    coverage_id: UUID
    kind: OperationKind
    target_id: UUID
    etag: str
    body: bytes
    op: UUID | None
    by: str
    at: datetime
