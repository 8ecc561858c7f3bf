"""One kept-alive connection to one server: whole replies within a deadline and a size, or the reason why not."""

import logging
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from desktop.domain.words import tr
from desktop.publish.address import host_of
from desktop.publish.deadline import DeadlineWatch

DEADLINE: Final = 8.0
LARGEST: Final = 2_000_000
USER_AGENT: Final = "newsroom-console"

# The client logs whole addresses at INFO and headers at DEBUG; what is asked of an endpoint is nobody's log.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. Header names are lower case; `took` is the seconds from asking to the last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took: float = 0.0


@dataclass(frozen=True, slots=True)
class Broken:
    """No whole reply. `was_sent` tells whether any byte of the request may have left; `reason` is a sentence."""

    reason: str
    was_sent: bool


class Transport:
    """Asks one server. Follows no redirect, takes no proxy from the environment, decodes nothing.

    Belongs to one event loop, ends with `close()`.
    """

    def __init__(self, url: str, watch: DeadlineWatch, *, largest: int = LARGEST) -> None:
        self.host = host_of(url)
        self._url = url
        self._watch = watch
        self._largest = largest
        self._client = httpx.AsyncClient(
            verify=_trust() if url.startswith("https:") else _no_tls(),
            trust_env=False,
            follow_redirects=False,
            timeout=None,  # noqa: S113 - the watch keeps one deadline over the whole request
            headers={"Accept-Encoding": "identity", "User-Agent": USER_AGENT},
            limits=httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=30),
        )

    async def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        *,
        content: bytes | None = None,
        within: float = DEADLINE,
    ) -> Reply | Broken:
        """Send one request and read the whole reply, `within` seconds."""
        progress = _Progress()
        clock = time.monotonic()
        try:
            async with self._watch.limit(within):
                request = self._client.build_request(
                    method,
                    self._url + path,
                    headers=dict(headers),
                    content=content,
                    extensions={"trace": progress.note},
                )
                reply = await self._whole(request)
        except TimeoutError:
            return Broken(
                tr("{host} did not answer within {within:g} seconds.").format(host=self.host, within=within),
                progress.was_sent,
            )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, OSError) as error:
            return Broken(self._words(error, was_sent=progress.was_sent), progress.was_sent)
        if isinstance(reply, Broken):
            return reply
        status, received, body = reply
        return Reply(status, received, body, time.monotonic() - clock)

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def _whole(self, request: httpx.Request) -> tuple[int, Mapping[str, str], bytes] | Broken:
        response = await self._client.send(request, stream=True)
        body = bytearray()
        try:
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > self._largest:
                    return Broken(
                        tr("The answer of {host} was far too large to be ours.").format(host=self.host), was_sent=True
                    )
        finally:
            await response.aclose()
        return response.status_code, {name.lower(): value for name, value in response.headers.items()}, bytes(body)

    def _words(self, error: BaseException, *, was_sent: bool) -> str:
        if was_sent:
            return tr("The connection to {host} broke before a whole answer came.").format(host=self.host)
        causes = _causes(error)
        certificate = next((each for each in causes if isinstance(each, ssl.SSLCertVerificationError)), None)
        if certificate is not None:
            return tr("The certificate of {host} is not trusted: {verify_message}.").format(
                host=self.host, verify_message=certificate.verify_message
            )
        if any(isinstance(each, ssl.SSLError) for each in causes):
            return tr("No secure connection to {host} could be made.").format(host=self.host)
        if any(isinstance(each, socket.gaierror) for each in causes):
            return tr("The name {host} could not be looked up.").format(host=self.host)
        return tr("Nothing answers at {host}.").format(host=self.host)


class _Progress:
    """Notes the moment from which bytes of a request may have left."""

    def __init__(self) -> None:
        self.was_sent = False

    async def note(self, event: str, _info: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self.was_sent = True


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        if isinstance(following, BaseExceptionGroup):
            found.extend(following.exceptions)
        following = following.__cause__ or following.__context__
    return found


def _trust() -> ssl.SSLContext:
    """Trust the well-known authorities and those the system's owner added, as a newsroom's own."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _no_tls() -> ssl.SSLContext:
    """A context that trusts nobody, for plain addresses: reading the well-known authorities costs tens of ms."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
