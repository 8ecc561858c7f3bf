"""A bad line to any HTTP server: a seeded share of requests and answers is lost, or cut in flight."""

import random
import socket
import threading
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from tests.desktop.publish.scripted import Request, read_request


class LossyLine:
    """Passes requests on to a server until stopped; loses and cuts the given shares of them."""

    def __init__(self, url: str, *, requests: float, answers: float, cut: float, seed: int) -> None:
        self._target = urlsplit(url)
        self._shares = (requests, answers, cut)
        self._random = random.Random(seed)  # noqa: S311 - the same bad luck each run
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.passed = self.spoiled = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as incoming:
            while (request := read_request(incoming)) is not None:
                try:
                    if not self._pass(connection, request):
                        return
                except (OSError, HTTPException):
                    return

    def _pass(self, connection: socket.socket, request: Request) -> bool:
        """Pass one request on; False when the connection is to be dropped."""
        lost, unanswered, cut = self._shares
        drawn = self._random.random()
        self.passed += 1
        self.spoiled += drawn < lost + unanswered + cut
        if drawn < lost:
            return False
        if lost + unanswered <= drawn < lost + unanswered + cut / 2 and request.body:
            self._send_half(request)
            return False
        answer = self._ask(request)
        if drawn < lost + unanswered:
            return False
        is_cut = drawn < lost + unanswered + cut
        connection.sendall(answer[: len(answer) // 2] if is_cut else answer)
        return not is_cut

    def _ask(self, request: Request) -> bytes:
        line = HTTPConnection(self._target.netloc, timeout=30)
        try:
            line.request(request.method, request.path, request.body, {**request.headers, "host": self._target.netloc})
            answer = line.getresponse()
            body = answer.read()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() in _KEPT]
            head = "".join(f"{name}: {value}\r\n" for name, value in [*kept, ("Content-Length", str(len(body)))])
            return f"HTTP/1.1 {answer.status} Said\r\n{head}\r\n".encode() + body
        finally:
            line.close()

    def _send_half(self, request: Request) -> None:
        """Let the server begin to read, and never finish."""
        headers = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items() if name != "host")
        head = f"{request.method} {request.path} HTTP/1.1\r\nHost: {self._target.netloc}\r\n{headers}\r\n".encode()
        with socket.create_connection((self._target.hostname or "", self._target.port or 80), timeout=10) as line:
            line.sendall(head + request.body[: len(request.body) // 2])


_KEPT = {"content-type", "etag", "date", "retry-after", "location"}
