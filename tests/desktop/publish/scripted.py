"""An endpoint on a real socket that does what a test's script says: loses, delays, repeats and garbles answers.

It honours preconditions and nothing else: it does not recognise a repeated operation, so that whatever is done once
here is done once because the publisher asked carefully.
"""

import hashlib
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum, auto
from typing import Any
from uuid import UUID

from desktop.domain.identity import new_id


class Fault(Enum):
    """What happens to one request."""

    NONE = auto()
    RESET_BEFORE = auto()
    RESET_AFTER = auto()
    ERROR_BEFORE = auto()
    ERROR_AFTER = auto()
    UNAVAILABLE = auto()
    HANG_BEFORE = auto()
    HANG_AFTER = auto()
    LATE = auto()
    TWICE = auto()
    HTML = auto()
    OTHER_OP = auto()
    NO_ETAG = auto()
    TRUNCATED = auto()
    BUSY = auto()
    BUSY_UNTIL = auto()
    HUGE = auto()
    DRIP = auto()
    GZIPPED = auto()
    REDIRECT = auto()
    UNKNOWN_SECRET = auto()
    FORBIDDEN = auto()
    UNPROCESSABLE = auto()
    OTHER_ENVIRONMENT = auto()


HARMLESS = (
    Fault.NONE,
    Fault.RESET_BEFORE,
    Fault.RESET_AFTER,
    Fault.ERROR_BEFORE,
    Fault.ERROR_AFTER,
    Fault.LATE,
    Fault.TWICE,
    Fault.HTML,
    Fault.OTHER_OP,
    Fault.TRUNCATED,
    Fault.BUSY,
)


Answer = tuple[int, bytes, dict[str, str]]

CANNED: dict[Fault, Answer] = {
    Fault.RESET_BEFORE: (0, b"", {}),
    Fault.HANG_BEFORE: (0, b"", {}),
    Fault.ERROR_BEFORE: (500, b"oops", {}),
    Fault.UNAVAILABLE: (503, b"", {"Retry-After": "0"}),
    Fault.HTML: (200, b"<html><body>Please accept our terms to use this network</body></html>", {}),
    Fault.OTHER_OP: (200, b'{"op": "00000000-0000-7000-8000-000000000000"}', {"ETag": '"other"'}),
    Fault.BUSY: (429, b"", {"Retry-After": "0"}),
    Fault.BUSY_UNTIL: (
        429,
        b"",
        {"Retry-After": "Sun, 22 Nov 2026 12:00:07 GMT", "Date": "Sun, 22 Nov 2026 12:00:00 GMT"},
    ),
    Fault.HUGE: (200, b" " * 3_000_000, {}),
    Fault.GZIPPED: (200, b"\x1f\x8b\x08" + bytes(2000), {"Content-Encoding": "gzip"}),
    Fault.REDIRECT: (307, b"", {"Location": "http://elsewhere.example/pages"}),
    Fault.UNKNOWN_SECRET: (401, b"", {}),
    Fault.FORBIDDEN: (403, b'{"type": "/problems/no", "title": "Not your page"}', {}),
    Fault.UNPROCESSABLE: (
        422,
        b'{"type": "/problems/words", "title": "Too many words", "detail": "Use fewer."}',
        {},
    ),
    Fault.OTHER_ENVIRONMENT: (
        409,
        b'{"type": "/problems/environment-mismatch", "title": "This is a test endpoint"}',
        {},
    ),
}


@dataclass
class Request:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_change(self) -> bool:
        return self.method == "PUT" and self.path.startswith("/pages/")


@dataclass
class ScriptedEndpoint:
    """Serves until stopped. `faults` befall the next changes, `everything` all requests but the description."""

    token: str = "let-me-in"
    environment: str = "rehearsal"
    instance: UUID = field(default_factory=new_id)
    faults: deque[Fault] = field(default_factory=deque)
    everything: Fault = Fault.NONE
    description: bytes | None = None
    requests: list[Request] = field(default_factory=list)
    ledger: list[tuple[str, str]] = field(default_factory=list)
    held: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    media: set[str] = field(default_factory=set)
    delay: float = 0.0
    ahead: float = 0.0

    def __post_init__(self) -> None:
        self._late: list[Request] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._connections: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def script(self, faults: Iterable[Fault]) -> None:
        self.faults.extend(faults)

    def ops(self, path: str) -> list[str]:
        """The operations that had an effect on a path, in their order."""
        with self._lock:
            return [op for where, op in self.ledger if where == path]

    @property
    def connections(self) -> int:
        return len(self._connections)

    def changes(self) -> list[Request]:
        return [request for request in self.requests if request.is_change]

    def deliver_late(self) -> None:
        """Let every request that is still on its way arrive."""
        with self._lock:
            for request in self._late:
                self._apply(request)
            self._late.clear()

    def stop(self) -> None:
        if self._ended.is_set():
            return
        self._ended.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in self._connections:
            _close(connection)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as incoming:
            while (request := read_request(incoming)) is not None:
                self.requests.append(request)
                try:
                    if not self._answer(connection, request):
                        _close(connection)
                        return
                except OSError:
                    return

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        """Answer one request; False when the connection is to be dropped."""
        if request.path == "/":
            return send_reply(connection, 200, self.description or self._describe(), ahead=self.ahead)
        fault = self.everything
        if request.is_change:
            self._ended.wait(self.delay)
            fault = self.faults.popleft() if self.faults else fault
        with self._lock:
            status, body, headers = self._befall(request, fault)
        match fault:
            case Fault.RESET_BEFORE | Fault.RESET_AFTER | Fault.LATE:
                return False
            case Fault.HANG_BEFORE | Fault.HANG_AFTER:
                self._ended.wait(20)
                return False
            case Fault.TRUNCATED:
                send_reply(connection, status, body, headers, claimed=len(body) + 100)
                return False
            case Fault.DRIP:
                return self._drip(connection)
            case _:
                return send_reply(connection, status, body, headers, ahead=self.ahead)

    def _befall(self, request: Request, fault: Fault) -> Answer:
        if fault in CANNED:
            return CANNED[fault]
        if fault is Fault.ERROR_AFTER:
            self._apply(request)
            return 500, b'{"title": "The database is tired"}', {}
        if fault is Fault.LATE:
            self._late.append(request)
            return 0, b"", {}
        if request.method != "GET" and request.headers.get("authorization") != f"Bearer {self.token}":
            return 401, b"", {}
        if request.path.startswith("/media/"):
            return self._media(request)
        if request.method == "GET":
            held = self.held.get(request.path)
            return (200, held[0], {"ETag": held[1]}) if held else (404, b"", {})
        answer = self._apply(request)
        for late in self._late:
            self._apply(late)
        self._late.clear()
        if fault is Fault.TWICE:
            self._apply(request)
        if fault is Fault.NO_ETAG:
            return answer[0], answer[1], {}
        return answer

    def _apply(self, request: Request) -> Answer:
        held = self.held.get(request.path)
        match, none = request.headers.get("if-match"), request.headers.get("if-none-match")
        if match is None and none is None:
            return 428, b"{}", {}
        if (none == "*" and held) or (match is not None and (held is None or held[1] != match)):
            current = {"current": json.loads(held[0]), "etag": held[1], "by": "the night desk"} if held else {}
            return 412, json.dumps({"type": "/problems/conflict", "title": "Changed", **current}).encode(), {}
        etag = f'"{hashlib.sha256(request.body).hexdigest()[:16]}-{len(self.ledger)}"'
        self.held[request.path] = (request.body, etag)
        self.ledger.append((request.path, str(json.loads(request.body)["op"])))
        return 200 if held else 201, request.body, {"ETag": etag}

    def write_elsewhere(self, path: str, body: dict[str, Any]) -> None:
        """Let somebody else change what is stored."""
        with self._lock:
            self.held[path] = (json.dumps(body).encode(), f'"{new_id()}"')

    def _media(self, request: Request) -> Answer:
        sha256 = request.path.rpartition("/")[2]
        if request.method == "HEAD":
            return (200 if sha256 in self.media else 404), b"", {}
        if hashlib.sha256(request.body).hexdigest() != sha256:
            return 422, b'{"title": "Cut off"}', {}
        self.media.add(sha256)
        return 201, b"", {}

    def _describe(self) -> bytes:
        service = {"api": "live-page/1", "instance": str(self.instance), "environment": self.environment}
        return json.dumps(service).encode()

    def _drip(self, connection: socket.socket) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(200):
            connection.sendall(b" ")
            if self._ended.wait(0.1):
                break
        return False


def read_request(incoming: Any) -> Request | None:
    try:
        first = incoming.readline()
        if not first:
            return None
        headers: dict[str, str] = {}
        while (line := incoming.readline().strip()) != b"":
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        method, path, _ = first.decode().split()
        length = int(headers.get("content-length", "0"))
        body = incoming.read(length)
        # A sender that dies in the middle of a body has asked for nothing.
        return Request(method, path, headers, body) if len(body) == length else None
    except (OSError, ValueError):
        return None


def send_reply(
    connection: socket.socket,
    status: int,
    body: bytes,
    headers: dict[str, str] | None = None,
    *,
    claimed: int | None = None,
    ahead: float = 0.0,
) -> bool:
    sent = {
        "Date": formatdate(time.time() + ahead, usegmt=True),
        **(headers or {}),
        "Content-Length": str(claimed or len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    connection.sendall(f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body)
    return True


def _close(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
    finally:
        connection.close()
