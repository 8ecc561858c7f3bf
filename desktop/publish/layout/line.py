"""A line to a place that keeps a page as objects: each operation is one commit of head.json, and no more."""

import asyncio
from typing import Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.members import Json
from desktop.domain.outbox import Operation
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.publish.answer import (
    Answer,
    Conflict,
    Done,
    NotArrived,
    Refused,
    RetryLater,
    Unauthorised,
    Unknown,
    WrongPlace,
)
from desktop.publish.books import Books
from desktop.publish.layout.claim import Claim, claim, describe
from desktop.publish.layout.copy import PageCopy, Unclear
from desktop.publish.layout.pictures import Pictures
from desktop.publish.layout.place import Clash, Failure, Place, Stored
from desktop.publish.layout.state import Record, record_of
from desktop.publish.line import Changes, EndpointUnreachable, RemoteChange
from desktop.publish.service import Service
from desktop.publish.upload import Upload

_ROUNDS: Final = 8
_PAUSE: Final = 0.05


class LayoutLine:
    """One place over one kept-alive connection. Belongs to one event loop, ends with `close()`."""

    def __init__(self, endpoint: Endpoint, place: Place, books: Books) -> None:
        self.endpoint = endpoint
        self.host = place.host
        self._place = place
        self._books = books
        self._pictures = Pictures(place, books)
        self._pages: dict[UUID, PageCopy] = {}
        self._claim: Claim | None = None
        self._lock = asyncio.Lock()

    @property
    def skew(self) -> float | None:
        """How many seconds the server's clock is ahead of ours, None while that is not known."""
        return self._place.skew

    def use(self, secret: str | None) -> None:
        """Use this secret from now on; the place is looked at anew."""
        self._place.use(secret)
        self._claim = None

    async def close(self) -> None:
        """Hang up."""
        await self._place.close()

    async def describe(self) -> Service:
        """Ask the place what it is; raises EndpointUnreachable, NotALivePage or GuardRefused."""
        return await describe(self._place, self.endpoint)

    async def reserve(self, operation: Operation) -> str:  # noqa: ARG002 - nothing is held
        """Hold nothing: a change says itself what it replaces."""
        return ""

    async def has_media(self, sha256: str) -> bool | Answer:  # noqa: ARG002 - see `put`
        """Ask for no file yet: pictures lie in the folder of their page, and go out right before what shows them."""
        return True

    async def put_media(self, upload: Upload, data: bytes) -> Answer | None:  # noqa: ARG002 - see `put`
        """Send nothing, as `has_media` asks for nothing."""
        return None

    async def put(self, operation: Operation, etag: str | None) -> Answer:
        """Commit an operation: its pictures, its objects, then the head, and the documents after it."""
        async with self._lock:
            page = await self._page(operation.coverage_id)
            if not isinstance(page, PageCopy):
                return _nothing_done(page)
            shown = await self._pictures.send(page.path, operation)
            if not isinstance(shown, tuple):
                return _nothing_done(shown)
            return await self._commit(page, record_of(operation, shown), etag)

    async def read_back(self, operation: Operation, etag: str | None) -> Answer:
        """Read what stands after an operation that may have arrived; `etag` as it was sent."""
        async with self._lock:
            page = await self._page(operation.coverage_id)
            failure = await page.refresh() if isinstance(page, PageCopy) else page
            if failure is not None or not isinstance(page, PageCopy):
                return _unread(failure) if failure is not None else Unknown("")
            found = _stands(page.standing(record_of(operation, ())), operation.id, etag, self.host)
            return await self._settled(page, found) if isinstance(found, Done) else found or NotArrived()

    async def changes(self, coverage_id: UUID, after: str) -> Changes:
        """Read what was put there after a cursor, "" for all that stands; raises EndpointUnreachable."""
        async with self._lock:
            page = await self._page(coverage_id)
            failure = await page.refresh() if isinstance(page, PageCopy) else page
            if failure is not None or not isinstance(page, PageCopy):
                raise EndpointUnreachable(getattr(failure, "reason", ""))
            records = await page.since(after)
            told = sorted(records, key=lambda record: record.at)
            return Changes(tuple(map(_told, told)), page.root)

    async def _page(self, coverage_id: UUID) -> PageCopy | Failure:
        """Return what is known of a page; a place that was not yet looked at is, before anything is done there."""
        if self._claim is None:
            claimed = await claim(self._place, self.endpoint)
            if not isinstance(claimed, Claim):
                return claimed
            self._claim = claimed
        if coverage_id not in self._pages:
            self._pages[coverage_id] = PageCopy(self._place, self.endpoint, coverage_id)
        page = self._pages[coverage_id]
        page.keeps_conditions = self._claim.keeps_conditions
        return page

    async def _commit(self, page: PageCopy, record: Record, etag: str | None) -> Answer:
        may_be_there = ""
        for number in range(_ROUNDS):
            failure = await page.make_current()
            if failure is not None:
                return Unknown(may_be_there) if may_be_there else _nothing_done(failure)
            found = _stands(page.standing(record), record.op, etag, self.host)
            if found is not None:
                return await self._settled(page, found) if isinstance(found, Done) else found
            try:
                written = await page.write(record)
            except InvalidValue as error:
                return Refused(tr("This cannot be shown on the page: {error}").format(error=error))
            match written:
                case Stored():
                    return await self._settled(page, Done(record.etag, moment.now()))
                case Clash():
                    continue
                case Unclear(reason=reason):
                    may_be_there = reason
                    await asyncio.sleep(_PAUSE * number)
                case _:
                    return Unknown(may_be_there) if may_be_there else _nothing_done(written)
        return (
            Unknown(may_be_there)
            if may_be_there
            else RetryLater(tr("Others write to {host} all the time.").format(host=self.host))
        )

    async def _settled(self, page: PageCopy, done: Done) -> Answer:
        """Answer that a change is done, once the documents that need no script show it too."""
        failure = await page.settle()
        if failure is None:
            return done
        return Unknown(
            tr("Open pages have it, the page itself is not yet rewritten: {reason}").format(reason=failure.reason)
        )


def _stands(standing: Record | None, op: UUID, etag: str | None, host: str) -> Done | Conflict | None:
    """Judge what stands for a target: ours already, somebody else's, or what the operation is based on (None)."""
    if standing is not None and op in {standing.op, *standing.before}:
        return Done(str(op), moment.now(), was_already_there=True)
    if (standing.etag if standing else None) == etag:
        return None
    if standing is None:
        return Conflict(tr("{host} no longer holds what was published there.").format(host=host), None, "")
    return Conflict(
        tr("{host} holds a version that was not made here.").format(host=host),
        _body(standing),
        standing.etag,
        standing.by,
    )


def _body(record: Record) -> Json:
    return {**record.body, "op": record.etag}


def _told(record: Record) -> RemoteChange:
    return RemoteChange(
        kind=record.kind,
        target_id=record.target_id,
        etag=record.etag,
        body=_body(record),
        op=record.op,
        by=record.by,
        at=record.at,
    )


def _nothing_done(failure: Failure) -> Answer:
    """Judge a failure before the head was written: whatever was left lying there, readers see none of it."""
    return RetryLater(failure.reason, failure.after) if isinstance(failure, Unknown) else failure


def _unread(failure: Failure) -> Answer:
    """Judge a failure to read: what cannot be read is not refused, the change may be there all the same."""
    is_patient = isinstance(failure, Unauthorised | RetryLater | WrongPlace)
    return failure if is_patient else Unknown(failure.reason)
