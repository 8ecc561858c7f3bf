"""What every adapter is: a line to one endpoint, over which operations go out and what others did comes in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from desktop.domain.endpoint import Endpoint
from desktop.domain.members import Json
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.problem import Problem
from desktop.publish.answer import Answer
from desktop.publish.service import Service
from desktop.publish.upload import Upload


class EndpointUnreachable(Problem):
    """No reply came from the endpoint, or not now; trying later may help."""


class NotALivePage(Problem):
    """What answers at the endpoint's address does not speak the live page API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteChange:
    """What stands at an endpoint for a target. `body` is its wire form, None when it was taken down there.

    `op` is the operation that made it, None when no console did; `by` is who, and `at` when, as far as it tells.
    """

    kind: OperationKind
    target_id: UUID
    etag: str
    body: Json | None
    op: UUID | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes oldest first, the last of a target counting; `cursor` is what to ask after next, at once if `is_more`.

    `pace` is how many seconds the endpoint asks to wait before the next question, None when it does not say.
    """

    changes: tuple[RemoteChange, ...]
    cursor: str
    is_more: bool = False
    pace: float | None = None


class Line(Protocol):
    """One endpoint over one kept-alive connection. Belongs to one event loop, ends with `close()`.

    An `etag` is whatever names a stored version there: an adapter writes it, and nobody else reads it.
    """

    endpoint: Endpoint
    host: str

    @property
    def skew(self) -> float | None:
        """How many seconds the server's clock is ahead of ours, None while that is not known."""

    def use(self, secret: str | None) -> None:
        """Send this secret from now on. `describe` never sends one: the place is checked first."""

    async def describe(self) -> Service:
        """Ask the server what it is; raises EndpointUnreachable or NotALivePage."""

    async def reserve(self, operation: Operation) -> str | Answer:
        """Hold a place, unseen by readers, for what the endpoint holds nothing of yet; "" where none is needed.

        What is returned is committed as the operation's `reserved` before `put` is called. It may be asked again, and
        then finds what an earlier attempt held. An answer in its place means that nothing was published.
        """

    async def put(self, operation: Operation, etag: str | None) -> Answer:
        """Send an operation. `etag` is what it replaces, None when the endpoint should hold nothing yet."""

    async def read_back(self, operation: Operation, etag: str | None) -> Answer:
        """Read what is stored after an operation that may have arrived; `etag` as it was sent."""

    async def has_media(self, sha256: str) -> bool | Answer:
        """Tell whether the endpoint holds a file."""

    async def put_media(self, upload: Upload, data: bytes) -> Answer | None:
        """Send a file, which is harmless to send twice; None when the endpoint has it."""

    async def changes(self, coverage_id: UUID, after: str) -> Changes:
        """Read what was put there after a cursor, "" for all that stands, whoever put it.

        Raises EndpointUnreachable when it cannot be read now. An endpoint that cannot tell has no changes.
        """

    async def close(self) -> None:
        """Hang up."""
