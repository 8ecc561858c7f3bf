"""Sending operations: who is there, the pictures, and one change after the other while all goes well."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from desktop.domain.change import Change, ChangeKind
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import Operation, OperationState
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.publish.answer import Answer, Done, NotSent, Refused, Unauthorised, WrongPlace
from desktop.publish.books import StoreBooks
from desktop.publish.clerk import Beside, Clerk, Judged
from desktop.publish.credentials import Credentials, SecretUnavailable
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.lane import Lane
from desktop.publish.ledger import Claim, Ledger
from desktop.publish.line import EndpointUnreachable, Line, NotALivePage
from desktop.publish.lines import open_line
from desktop.publish.upload import described


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Takes the operations of lanes through. `stored` runs work on the store, `asked` waits for the keyring.

    `may_go_on` tells whether a lane may begin with another operation.
    """

    ledger: Ledger
    clerk: Clerk
    credentials: Credentials
    stored: Beside
    asked: Beside
    watch: DeadlineWatch
    deadline: float
    tell: Callable[[Change], None]
    may_go_on: Callable[[Lane], bool]

    async def advance(self, lane: Lane, endpoint: Endpoint, operation: Operation) -> None:
        """Take one operation as far as it goes, and those behind it for as long as all goes well."""
        try:
            line = await self.connect(lane, endpoint)
        except (EndpointUnreachable, NotALivePage) as problem:
            return await self._judge(lane, operation, NotSent(str(problem)))
        except (GuardRefused, InvalidValue) as problem:
            return await self._judge(lane, operation, WrongPlace(str(problem)))
        except SecretUnavailable as problem:
            return await self._judge(lane, operation, Unauthorised(str(problem)))
        if not _is_for(operation, line.endpoint):
            reason = tr("This was made for another server than the one {endpoint} is now connected to.").format(
                endpoint=endpoint.name
            )
            return await self._judge(lane, operation, Refused(reason))
        if operation.state is OperationState.UNKNOWN:
            etag = await self.stored(partial(self.ledger.based_on, operation))
            return await self._judge(lane, operation, await line.read_back(operation, etag))
        answer = await self._send_media(lane, line, operation)
        if answer is not None:
            return await self._judge(lane, operation, answer)
        return await self._stream(lane, line, operation)

    async def hang_up(self, lane: Lane) -> None:
        """Close a lane's line; the next operation opens one anew."""
        line, lane.line, lane.is_known = lane.line, None, False
        if line is not None:
            await line.close()

    async def connect(self, lane: Lane, endpoint: Endpoint) -> Line:
        """Return the line to the right server. Its secret is not read, let alone sent, before the guard has agreed.

        An operation in the outbox is itself the agreement to go on air: none gets there without.
        """
        allow(endpoint, on_air=True)
        if lane.line is None:
            lane.line = open_line(
                endpoint, self.watch, self.deadline, StoreBooks(self.ledger.store, self.stored, endpoint.id)
            )
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

    async def _send_media(self, lane: Lane, line: Line, operation: Operation) -> Answer | None:
        """Send the pictures the endpoint lacks; None when it has them all."""
        for number, sha256 in enumerate(operation.media):
            if sha256 in lane.media:
                continue
            has = await line.has_media(sha256)
            if has is False:
                words = tr("{number} of {count} pictures sent.").format(number=number, count=len(operation.media))
                await self.clerk.say(lane, lane.operations[operation.id], words)
                upload = await self.stored(partial(self.ledger.upload, sha256))
                if upload is None:
                    return Refused(tr("A picture of this entry is no longer in the workspace."))
                file, data = upload
                answer = await line.put_media(described(file, operation), data)
            else:
                answer = None if has is True else has
            if answer is not None:
                return answer
            lane.media.add(sha256)
        return None

    async def _stream(self, lane: Lane, line: Line, first: Operation) -> None:
        """Send one operation after the other; while one is on its way, the books are kept for those around it.

        Each is claimed before its first byte, and its first byte leaves after the one before is acknowledged.
        """
        done: Judged | None = None
        claim = await self.clerk.turn(lane, None, first)
        while claim is not None:
            sending = self._send(lane, line, claim)
            books = self.clerk.turn(lane, done, self._following(lane, line))
            judged, ahead = await _both(sending, books)
            if not isinstance(judged.answer, Done):
                if ahead is not None:
                    await self.clerk.turn(lane, Judged(ahead.operation, NotSent("")), None)
                return await self._judge(lane, judged.operation, judged.answer)
            lane.react(judged.operation, judged.answer, asyncio.get_running_loop().time())
            done, claim = judged, ahead
        if done is not None:
            await self.clerk.turn(lane, done, None)
        return None

    async def _send(self, lane: Lane, line: Line, claim: Claim) -> Judged:
        """Send what was claimed; a place held for it is committed before what readers see may change."""
        operation = claim.operation
        if claim.etag is None:
            held = await line.reserve(operation)
            if not isinstance(held, str):
                return Judged(operation, held)
            if held != operation.reserved:
                operation = await self.stored(partial(self.ledger.reserve, operation, held))
                lane.keep(operation)
        return Judged(operation, await line.put(operation, claim.etag))

    def _following(self, lane: Lane, line: Line) -> Operation | None:
        """Pick what can be sent right after what is being sent now, without anything else to do first."""
        if lane.is_stale or not self.may_go_on(lane):
            return None
        picked = lane.next(asyncio.get_running_loop().time())
        if picked is None or picked.state is not OperationState.QUEUED or not lane.media.issuperset(picked.media):
            return None
        return picked if _is_for(picked, line.endpoint) else None

    async def _judge(self, lane: Lane, operation: Operation, answer: Answer) -> None:
        standing = lane.operations[operation.id]
        if isinstance(answer, Unauthorised) and lane.endpoint is not None:
            self.credentials.reread(lane.endpoint)
        wait = lane.react(standing, answer, asyncio.get_running_loop().time())
        await self.clerk.turn(lane, Judged(standing, answer, wait), None)


def _is_for(operation: Operation, endpoint: Endpoint) -> bool:
    return operation.instance in {None, endpoint.instance}


async def _both(sending: Awaitable[Judged], books: Awaitable[Claim | None]) -> tuple[Judged, Claim | None]:
    """Wait for both, also when one of them fails: what is on its way is never left alone."""
    judged, claim = await asyncio.gather(sending, books, return_exceptions=True)
    if isinstance(judged, BaseException):
        raise judged
    if isinstance(claim, BaseException):
        raise claim
    return judged, claim
