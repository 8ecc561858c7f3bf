"""Sending one operation: who is there, the pictures, the commit, the change itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from desktop.domain.change import Change, ChangeKind
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import Operation, OperationState
from desktop.domain.problem import InvalidValue
from desktop.publish.answer import Answer, NotSent, Refused, Unauthorised, WrongPlace
from desktop.publish.credentials import Credentials, SecretUnavailable
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.lane import Lane
from desktop.publish.ledger import Ledger, touched
from desktop.publish.native import EndpointUnreachable, NativeEndpoint, NotALivePage
from desktop.publish.outcome import Outcome

Result = TypeVar("Result")


class Aside(Protocol):
    """Does blocking work without blocking the event loop."""

    def __call__(self, work: Callable[[], Result], /) -> Awaitable[Result]:
        """Run the work and return its result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Takes the operations of lanes through. `stored` runs work on the store, `asked` waits for the keyring."""

    ledger: Ledger
    credentials: Credentials
    stored: Aside
    asked: Aside
    watch: DeadlineWatch
    deadline: float
    tell: Callable[[Change], None]
    now: Callable[[], datetime]

    async def advance(self, lane: Lane, endpoint: Endpoint, operation: Operation) -> Answer | None:
        """Take one operation as far as it goes and return the answer; None when the desk changed it meanwhile.

        The operation is in the lane as it stands: `sending` once it is claimed.
        """
        try:
            line = await self._line(lane, endpoint)
        except (EndpointUnreachable, NotALivePage) as problem:
            return NotSent(str(problem))
        except (GuardRefused, InvalidValue) as problem:
            return WrongPlace(str(problem))
        except SecretUnavailable as problem:
            return Unauthorised(str(problem))
        if operation.instance not in {None, line.endpoint.instance}:
            return Refused(f"This was made for another server than the one {endpoint.name} is now connected to.")
        if operation.state is OperationState.UNKNOWN:
            return await line.read_back(operation, await self.stored(partial(self.ledger.based_on, operation)))
        return await self._media(lane, line, operation) or await self._send(lane, line, operation)

    async def hang_up(self, lane: Lane) -> None:
        """Close a lane's line; the next operation opens one anew."""
        line, lane.line, lane.is_known = lane.line, None, False
        if line is not None:
            await line.close()

    async def _line(self, lane: Lane, endpoint: Endpoint) -> NativeEndpoint:
        """Return the line to the right server. Its secret is not read, let alone sent, before the guard has agreed.

        An operation in the outbox is itself the agreement to go on air: none gets there without.
        """
        allow(endpoint, on_air=True)
        if lane.line is None:
            lane.line = NativeEndpoint(endpoint, watch=self.watch, deadline=self.deadline)
        if lane.is_known:
            return lane.line
        service = await lane.line.describe()
        allow(endpoint, on_air=True, service=service)
        if endpoint.instance is None:
            endpoint = await self.stored(partial(self.ledger.pin, endpoint.id, service.instance))
            allow(endpoint, on_air=True, service=service)
            self.tell(Change(ChangeKind.ENDPOINTS))
        lane.endpoint = lane.line.endpoint = endpoint
        lane.line.use(await self.asked(partial(self.credentials.require, endpoint)))
        lane.is_known = True
        return lane.line

    async def _media(self, lane: Lane, line: NativeEndpoint, operation: Operation) -> Answer | None:
        """Send the pictures the endpoint lacks; None when it has them all."""
        for number, sha256 in enumerate(operation.media):
            if sha256 in lane.media:
                continue
            has = await line.has_media(sha256)
            if has is False:
                words = f"{number} of {len(operation.media)} pictures sent."
                await self._say(lane, operation, words)
                upload = await self.stored(partial(self.ledger.upload, sha256))
                if upload is None:
                    return Refused("A picture of this entry is no longer in the workspace.")
                answer = await line.put_media(*upload)
            else:
                answer = None if has is True else has
            if answer is not None:
                return answer
            lane.media.add(sha256)
        return None

    async def _send(self, lane: Lane, line: NativeEndpoint, operation: Operation) -> Answer | None:
        claim = await self.stored(partial(self.ledger.claim, operation))
        if claim is None:
            lane.is_stale = True
            return None
        lane.keep(claim.operation)
        self.announce(claim.operation)
        return await line.put(claim.operation, claim.etag)

    async def _say(self, lane: Lane, operation: Operation, words: str) -> None:
        said = Outcome(replace(operation, reason=words), None, None)
        if await self.stored(partial(self.ledger.settle, operation, said)):
            lane.keep(said.operation)
            self.announce(said.operation)

    def announce(self, operation: Operation) -> None:
        """Tell that an operation moved on."""
        entries = touched(operation)
        if entries:
            self.tell(Change(ChangeKind.ENTRIES, operation.coverage_id, entries))
        self.tell(Change(ChangeKind.OUTBOX, operation.coverage_id, entries))
