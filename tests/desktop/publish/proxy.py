"""A line between publisher and endpoint that can be cut at an exact moment of a change."""

import socket
import threading
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.desktop.publish.scripted import Request, read_request, send_reply


class Proxy:
    """Passes requests on to an endpoint; stands still at `step` once `passing` changes have passed.

    "arrived": the change is here, the endpoint has not seen it, and never will. "late": the same, but it reaches the
    endpoint after `cut`. "effect": the endpoint has taken it, the answer is here.
    """

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.step = ""
        self.passing = 0
        self.is_here = threading.Event()
        self._is_cut = threading.Event()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def stand_still_at(self, step: str, passing: int) -> None:
        self.step, self.passing = step, passing
        self.is_here.clear()
        self._is_cut.clear()

    def cut(self) -> None:
        """The publisher is gone: let what stands still run out."""
        self.step = ""
        self._is_cut.set()
        for thread in self._threads[1:]:
            thread.join(10)

    def stop(self) -> None:
        self._is_cut.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _start(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]  # any callable
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as incoming:
            while (request := read_request(incoming)) is not None:
                step = self._step_of(request)
                if step in {"arrived", "late"}:
                    self._stand_still()
                if step == "arrived":
                    return
                status, body, headers = self._pass_on(request)
                if step == "effect":
                    self._stand_still()
                if step:
                    return
                try:
                    send_reply(connection, status, body, headers)
                except OSError:
                    # The publisher was killed while its next change was on its way.
                    return

    def _step_of(self, request: Request) -> str:
        if not request.is_change or not self.step:
            return ""
        self.passing -= 1
        return self.step if self.passing < 0 else ""

    def _stand_still(self) -> None:
        self.is_here.set()
        self._is_cut.wait(60)

    def _pass_on(self, request: Request) -> tuple[int, bytes, dict[str, str]]:
        line = HTTPConnection(self._host, timeout=10)
        try:
            line.request(request.method, request.path, request.body, {**request.headers, "host": self._host})
            answer = line.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name.lower() in {"etag", "content-type"}}
            return answer.status, answer.read(), kept
        finally:
            line.close()
