"""What every adapter is: a line to one endpoint, over which operations go out and what others did comes in."""

from typing import Protocol

from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import Operation
from desktop.domain.problem import Problem
from desktop.publish.answer import Answer
from desktop.publish.service import Service
from desktop.publish.upload import Upload


class EndpointUnreachable(Problem):
    """No reply came from the endpoint, or not now; trying later may help."""


class NotALivePage(Problem):
    """What answers at the endpoint's address does not speak the live page API."""


class Line(Protocol):
    """One endpoint over one kept-alive connection. Belongs to one event loop, ends with `close()`.

    An `etag` is whatever names a stored version there: an adapter writes it, and nobody else reads it. `skew` is how
    many seconds the server's clock is ahead of ours, None while that is not known.
    """

    endpoint: Endpoint
    skew: float | None
    host: str

    def use(self, secret: str | None) -> None:
        """Send this secret from now on. `describe` never sends one: the place is checked first."""

    async def describe(self) -> Service:
        """Ask the server what it is; raises EndpointUnreachable or NotALivePage."""

    async def put(self, operation: Operation, etag: str | None) -> Answer:
        """Send an operation. `etag` is what it replaces, None when the endpoint should hold nothing yet."""

    async def read_back(self, operation: Operation, etag: str | None) -> Answer:
        """Read what is stored after an operation that may have arrived; `etag` as it was sent."""

    async def has_media(self, sha256: str) -> bool | Answer:
        """Tell whether the endpoint holds a file."""

    async def put_media(self, upload: Upload, data: bytes) -> Answer | None:
        """Send a file, which is harmless to send twice; None when the endpoint has it."""

    async def close(self) -> None:
        """Hang up."""
