"""A place behind HTTP: conditional PUT and GET over one kept-alive connection, tried again while that is harmless."""

import asyncio
import random
import re
import time
from datetime import UTC, datetime
from typing import Final

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.words import tr
from desktop.publish import verdict
from desktop.publish.answer import NotSent, Refused, RetryLater, Unauthorised, Unknown
from desktop.publish.backoff import retry_after
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.layout.place import ABSENT, Clash, Failure, Held, Item, Missing, Stored
from desktop.publish.transport import Broken, Reply, Transport

LARGEST: Final = 16_000_000
TRIES: Final = 6
SLOWEST: Final = 50_000
"""The slowest upload that is waited for, in bytes a second."""

_FIRST_PAUSE: Final = 0.02
_ELEMENT: Final = re.compile(rb"<(Code|Message)>([^<]{1,300})<")


class WebPlace:
    """What S3-compatible storage and web folders have in common; who asks is added by `_known`."""

    def __init__(self, endpoint: Endpoint, watch: DeadlineWatch, deadline: float) -> None:
        self.endpoint = endpoint
        self.skew: float | None = None
        self._transport = Transport(endpoint.url, watch, largest=LARGEST)
        self._deadline = deadline
        self._secret: str | None = None
        self.host = self._transport.host

    def use(self, secret: str | None) -> None:
        """Use this secret from now on."""
        self._secret = secret

    async def close(self) -> None:
        """Hang up."""
        await self._transport.close()

    async def read(self, path: str, *, openly: bool = False) -> Held | Missing | Failure:
        """Read an object; `openly` as anybody may, without any secret."""
        # A store in between must not answer with what it kept.
        reply = await self._patiently("GET", path, {"Cache-Control": "no-cache"}, openly=openly)
        if isinstance(reply, Broken):
            return _unanswered(reply)
        if reply.status == 200:  # noqa: PLR2004 - a status is its own name here and below
            return Held(reply.body, _strong(reply.headers.get("etag", "")))
        return Missing() if reply.status in {404, 410} else self._failure(reply)

    async def look(self, path: str) -> str | Missing | Failure:
        """Return an object's ETag without reading it."""
        reply = await self._patiently("HEAD", path, {})
        if isinstance(reply, Broken):
            return _unanswered(reply)
        if reply.status == 200:  # noqa: PLR2004
            return _strong(reply.headers.get("etag", ""))
        return Missing() if reply.status in {404, 410} else self._failure(reply)

    async def write(self, item: Item, expected: str | None = None) -> Stored | Clash | Failure:
        """Write an object onto the version `expected`, ABSENT for none, None for whatever is there."""
        headers = {"Content-Type": item.media_type} | ({"Cache-Control": item.cache} if item.cache else {})
        if expected is None:
            reply = await self._patiently("PUT", item.path, headers, item.data)
        else:
            condition = {"If-None-Match": "*"} if expected == ABSENT else {"If-Match": f'"{expected}"'}
            reply = await self._ask("PUT", item.path, headers | condition, item.data)
        if isinstance(reply, Broken):
            return _unanswered(reply)
        return self._written(reply, is_conditional=expected is not None)

    async def _patiently(
        self, method: str, path: str, headers: dict[str, str], content: bytes = b"", *, openly: bool = False
    ) -> Reply | Broken:
        """Ask again for as long as one answer may take: nothing that is asked so does harm when it is done twice."""
        began = time.monotonic()
        pause = _FIRST_PAUSE
        reply = await self._ask(method, path, headers, content, openly=openly)
        for _ in range(TRIES - 1):
            if not _is_passing(reply) or time.monotonic() - began + pause > self._deadline:
                break
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, keeps no secret
            pause *= 2
            reply = await self._ask(method, path, headers, content, openly=openly)
        return reply

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], content: bytes = b"", *, openly: bool = False
    ) -> Reply | Broken:
        known = {} if openly else self._known(method, f"{self.endpoint.url}/{path}", headers, content)
        reply = await self._transport.ask(
            method,
            f"/{path}",
            headers | known,
            content=content if method == "PUT" else None,
            within=self._deadline + len(content) / SLOWEST,
        )
        if isinstance(reply, Reply):
            told = verdict.date_of(reply)
            self.skew = self.skew if told is None else (told - moment.now()).total_seconds() + reply.took / 2
        return reply

    def _known(self, method: str, url: str, headers: dict[str, str], content: bytes) -> dict[str, str]:
        """Return the headers that say who asks."""
        raise NotImplementedError

    def _written(self, reply: Reply, *, is_conditional: bool) -> Stored | Clash | Failure:
        match reply.status:
            case 200 | 201 | 204:
                return Stored(_strong(reply.headers.get("etag", "")))
            case 412:
                return Clash()
            case 404 | 409 if is_conditional:
                # What was expected is gone, or somebody else writes at this very moment: look again.
                return Clash()
            case 501 if is_conditional:
                return Refused(said(reply, self.host), 501, "condition")
            case _:
                return self._failure(reply)

    def _failure(self, reply: Reply) -> Failure:
        match reply.status:
            case 401:
                return Unauthorised(tr("{host} does not know the secret of this endpoint.").format(host=self.host))
            case 425 | 429 | 503:
                return RetryLater(tr("{host} asks for patience.").format(host=self.host), _asked(reply))
            case status if 300 <= status < 400:  # noqa: PLR2004
                reason = tr("{host} sends us on to {redirect_target}; nothing was sent there.").format(
                    host=self.host, redirect_target=verdict.redirect_target(reply)
                )
                return Refused(reason, status, "redirect")
            case status if status >= 500 or status in {408, 409}:  # noqa: PLR2004
                return Unknown(said(reply, self.host), _asked(reply))
            case status:
                return Refused(said(reply, self.host), status, code_of(reply))


def code_of(reply: Reply) -> str:
    """Return the code of an error of S3-compatible storage, "" when it tells none."""
    return _told(reply).get("Code", "")


def said(reply: Reply, host: str) -> str:
    """Say in one sentence why a reply is not a yes, in the server's own words when it gave any."""
    told = _told(reply)
    words = told.get("Message") or told.get("Code")
    return (
        tr("{host} answered {status}: {words}").format(host=host, status=reply.status, words=words)
        if words
        else tr("{host} answered {status} without a reason.").format(host=host, status=reply.status)
    )


def _told(reply: Reply) -> dict[str, str]:
    found = _ELEMENT.findall(reply.body[:4_000])
    return {name.decode(): value.decode(errors="replace").strip() for name, value in reversed(found)}


def _strong(etag: str) -> str:
    """Return an ETag without its quotes; a weak one names the same version in the servers this speaks to."""
    return etag.removeprefix("W/").strip('"')


def _is_passing(reply: Reply | Broken) -> bool:
    return isinstance(reply, Broken) or reply.status in {408, 409, 500, 502, 503, 504}


def _unanswered(broken: Broken) -> Failure:
    return Unknown(broken.reason) if broken.was_sent else NotSent(broken.reason)


def _asked(reply: Reply) -> float | None:
    written = reply.headers.get("retry-after")
    return None if written is None else retry_after(written, verdict.date_of(reply) or datetime.now(UTC))
