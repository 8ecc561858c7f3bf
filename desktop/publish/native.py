"""The native adapter: what is asked of an endpoint that speaks the live page API, and what its replies mean."""

import base64
from typing import Final
from urllib.parse import quote
from uuid import UUID

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.publish import verdict
from desktop.publish.answer import Answer, Conflict, NotArrived, NotSent, RetryLater, Unknown
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.line import Changes, EndpointUnreachable, NotALivePage
from desktop.publish.native_changes import read_changes
from desktop.publish.service import Service, read_service
from desktop.publish.transport import DEADLINE, LARGEST, Broken, Reply, Transport
from desktop.publish.upload import Upload

SLOWEST_UPLOAD: Final = 50_000


class NativeEndpoint:
    """One endpoint over one kept-alive connection. Belongs to one event loop, ends with `close()`.

    `skew` is how many seconds the server's clock is ahead of ours, as its last reply told, None before.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        secret: str | None = None,
        *,
        watch: DeadlineWatch | None = None,
        deadline: float = DEADLINE,
        largest: int = LARGEST,
    ) -> None:
        self.endpoint = endpoint
        self.skew: float | None = None
        self._own_watch = watch is None
        self._watch = watch or DeadlineWatch()
        self._transport = Transport(endpoint.url, self._watch, largest=largest)
        self._deadline = deadline
        self._secret = secret
        self.host = self._transport.host

    def use(self, secret: str | None) -> None:
        """Send this secret from now on. `describe` never sends one: the place is checked first."""
        self._secret = secret

    async def close(self) -> None:
        """Hang up."""
        await self._transport.close()
        if self._own_watch:
            self._watch.close()

    async def describe(self) -> Service:
        """Ask the server what it is; raises EndpointUnreachable or NotALivePage."""
        reply = await self._ask("GET", "/", is_known=False)
        if isinstance(reply, Broken):
            raise EndpointUnreachable(reply.reason)
        if 300 <= reply.status < 400:  # noqa: PLR2004 - the range of redirects
            message = tr("{host} sends us on to {redirect_target}; nothing was sent there.").format(
                host=self.host, redirect_target=verdict.redirect_target(reply)
            )
            raise NotALivePage(message, next_action=tr("Check the endpoint's address."))
        if reply.status >= 500 or reply.status == 429:  # noqa: PLR2004
            raise EndpointUnreachable(verdict.sentence(reply, self.host))
        if reply.status != 200:  # noqa: PLR2004
            detail = tr("It answered {status}.").format(status=reply.status)
            raise self._not_ours(detail)
        try:
            return read_service(reply.body)
        except InvalidValue as error:
            raise self._not_ours(str(error)) from error

    async def reserve(self, operation: Operation) -> str:  # noqa: ARG002 - nothing is held
        """Hold nothing: a change says itself what it replaces."""
        return ""

    async def put(self, operation: Operation, etag: str | None) -> Answer:
        """Send an operation. `etag` is what it replaces, None when the endpoint should hold nothing yet."""
        precondition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(operation.id),
            "Live-Environment": self.endpoint.environment.value,
            **precondition,
        }
        if operation.by:
            headers["Live-By"] = quote(operation.by, safe="")
        reply = await self._ask("PUT", _path(operation), headers=headers, content=operation.payload)
        if isinstance(reply, Broken):
            return Unknown(reply.reason) if reply.was_sent else NotSent(reply.reason)
        answer = verdict.of_put(reply, operation, self.host)
        return await self._resolve(reply, operation, etag) if answer is None else answer

    async def read_back(self, operation: Operation, etag: str | None) -> Answer:
        """Read what is stored after an operation that may have arrived; `etag` as it was sent."""
        reply = await self._ask("GET", _path(operation))
        if isinstance(reply, Broken):
            return Unknown(reply.reason)
        return verdict.of_read(reply, operation, etag, self.host)

    async def has_media(self, sha256: str) -> bool | Answer:
        """Tell whether the endpoint holds a file."""
        reply = await self._ask("HEAD", f"/media/{sha256}")
        if isinstance(reply, Broken):
            return NotSent(reply.reason)
        if reply.status == 404:  # noqa: PLR2004
            return False
        answer = verdict.of_media(reply, self.host)
        return True if answer is None else answer

    async def put_media(self, upload: Upload, data: bytes) -> Answer | None:
        """Send a file, which is harmless to send twice; None when the endpoint has it."""
        digest = base64.b64encode(bytes.fromhex(upload.sha256)).decode()
        headers = {
            "Content-Type": upload.media_type,
            "Content-Digest": f"sha-256=:{digest}:",
            "Live-Environment": self.endpoint.environment.value,
        }
        within = self._deadline + len(data) / SLOWEST_UPLOAD
        reply = await self._ask("PUT", f"/media/{upload.sha256}", headers=headers, content=data, within=within)
        return NotSent(reply.reason) if isinstance(reply, Broken) else verdict.of_media(reply, self.host)

    async def changes(self, coverage_id: UUID, after: str) -> Changes:
        """Read what was put there after a cursor, "" for all; raises EndpointUnreachable or NotALivePage."""
        query = f"?after={quote(after, safe='')}" if after else ""
        reply = await self._ask("GET", f"/pages/{coverage_id}/changes{query}")
        if isinstance(reply, Broken):
            raise EndpointUnreachable(reply.reason)
        if reply.status == 404:  # noqa: PLR2004
            return Changes((), after)
        if reply.status != 200:  # noqa: PLR2004
            raise EndpointUnreachable(verdict.sentence(reply, self.host))
        try:
            return read_changes(reply.body)
        except InvalidValue as error:
            raise self._not_ours(str(error)) from error

    async def knock(self, path: str) -> Reply | Broken:
        """Send a change that no endpoint may take (nothing in it, based on nothing), to see whether we may come in."""
        headers = {"Content-Type": "application/json", "Live-Environment": self.endpoint.environment.value}
        return await self._ask("PUT", path, headers=headers, content=b"{}")

    async def _resolve(self, reply: Reply, operation: Operation, etag: str | None) -> Answer:
        """Look at what is stored: a 412 is also what a retry of our own success gets."""
        stored = await self.read_back(operation, etag)
        match stored:
            case Conflict():
                by = (verdict.document(reply) or {}).get("by", "")
                return Conflict(stored.reason, stored.current, stored.etag, by if isinstance(by, str) else "")
            case NotArrived():
                return RetryLater(tr("{host} is not sure yet what it holds.").format(host=self.host))
            case _:
                return stored

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        content: bytes | None = None,
        within: float | None = None,
        is_known: bool = True,
    ) -> Reply | Broken:
        sent = dict(headers or {})
        if is_known and self._secret:
            sent["Authorization"] = f"Bearer {self._secret}"
        reply = await self._transport.ask(method, path, sent, content=content, within=within or self._deadline)
        if isinstance(reply, Reply):
            self._note_clock(reply)
        return reply

    def _note_clock(self, reply: Reply) -> None:
        told = verdict.date_of(reply)
        if told is not None:
            self.skew = (told - moment.now()).total_seconds() + reply.took / 2

    def _not_ours(self, detail: str) -> NotALivePage:
        message = tr("What answers at {host} is not a live page endpoint.").format(host=self.host)
        return NotALivePage(message, detail=detail, next_action=tr("Check the endpoint's address."))


def _path(operation: Operation) -> str:
    page = f"/pages/{operation.coverage_id}"
    match operation.kind:
        case OperationKind.PAGE:
            return page
        case OperationKind.SUMMARY:
            return f"{page}/summary"
        case OperationKind.ENTRY:
            return f"{page}/entries/{operation.target_id}"
