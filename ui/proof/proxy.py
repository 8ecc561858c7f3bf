"""The proxy that every connection of the sealed browser goes through: it writes each down and reaches no network."""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

_MAX_HEAD: Final = 65_536
_MAX_BODY: Final = 10_000_000
_PLAIN: Final = 80
# Where this computer answers itself, without TLS.
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the browser; header names are in lower case, `path` holds the query."""

    method: str
    scheme: str
    host: str
    port: int
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a rehearsed server answers."""

    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())


# Answers a request; None hangs up without a word.
Server = Callable[[Request], Awaitable[Reply | None]]
# Gives the server at a host and port, None where nobody may be reached.
Route = Callable[[str, int], Server | None]


@dataclass(frozen=True, slots=True)
class Passed:
    """A connection or a plain request that came by; `is_let` tells whether a rehearsed server took it."""

    what: str
    address: str
    host: str
    is_let: bool


class Proxy:
    """An HTTP proxy on a port of this computer. `route` decides, `passed` is told."""

    def __init__(self, context: ssl.SSLContext, passed: Callable[[Passed], None]) -> None:
        self.route: Route = _nobody
        self.port = 0
        self._context = context
        self._passed = passed
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen on a free port of the loopback address."""
        self._server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0, limit=_MAX_HEAD)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def hang_up(self) -> None:
        """End every connection there is, so that nothing of one visit is counted with the next."""
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
        await self.hang_up()

    def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # However a browser ends a connection, and whenever, is nothing to tell.
        with contextlib.suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            try:
                await self._converse(reader, writer)
            finally:
                writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, headers = await _head(reader)
        if method != "CONNECT":
            await self._plain(reader, writer, method, target, headers)
            return
        host, port = _authority(target)
        server = self.route(host, port)
        self._passed(Passed("CONNECT", f"{host}:{port}", host, server is not None))
        if server is None:
            await _write(writer, Reply(status=HTTPStatus.BAD_GATEWAY))
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        is_plain = port == _PLAIN or host in LOOPBACK
        if not is_plain:
            await writer.start_tls(self._context)
        scheme = "http" if is_plain else "https"
        while True:
            method, path, headers = await _head(reader)
            body = await _body(reader, headers)
            reply = await server(Request(method, scheme, host, port, path, headers, body))
            if reply is None:
                return
            await _write(writer, reply, has_body=method != "HEAD")

    async def _plain(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        method: str,
        target: str,
        headers: Mapping[str, str],
    ) -> None:
        while True:
            parts = urlsplit(target)
            host, port = parts.hostname or "", parts.port or _PLAIN
            server = self.route(host, port)
            self._passed(Passed(method, target, host, server is not None))
            body = await _body(reader, headers)
            path = parts._replace(scheme="", netloc="").geturl() or "/"
            request = Request(method, "http", host, port, path, headers, body)
            reply = await server(request) if server else Reply(status=HTTPStatus.BAD_GATEWAY)
            if reply is None:
                return
            await _write(writer, reply, has_body=method != "HEAD")
            method, target, headers = await _head(reader)


def _nobody(_host: str, _port: int) -> None:
    return None


def _authority(target: str) -> tuple[str, int]:
    host, _, port = target.rpartition(":")
    return host.strip("[]").lower(), int(port) if port.isdigit() else 0


async def _head(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, _, rest = lines[0].partition(" ")
    headers = {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(":") for line in lines[1:])
        if colon
    }
    return method, rest.rpartition(" ")[0], headers


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > _MAX_BODY:
        message = "A body of no length, or of too much."
        raise ConnectionError(message)
    return await reader.readexactly(int(length))


async def _write(writer: asyncio.StreamWriter, reply: Reply, *, has_body: bool = True) -> None:
    reason = HTTPStatus(reply.status).phrase if reply.status in set(HTTPStatus) else ""
    lines = [f"HTTP/1.1 {reply.status} {reason}", f"Content-Type: {reply.media_type}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    lines += [f"Content-Length: {len(reply.body)}", "Cache-Control: no-store", "", ""]
    writer.write("\r\n".join(lines).encode("latin-1") + (reply.body if has_body else b""))
    await writer.drain()
