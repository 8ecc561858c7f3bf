"""The browser's own tools, over a socket of this computer: cookies, the accessibility tree, real keys and clicks."""

import json
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import QNetworkProxy
from PySide6.QtWebSockets import QWebSocket

Then = Callable[[Mapping[str, Any]], None]

_GONE: Final = {"error": {"message": "The page went away."}}


class Devtools(QObject):
    """Commands to one page; what is sent before the socket stands waits for it. Each is answered once."""

    def __init__(self, port: int, page: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._waiting: deque[str] = deque()
        self._answers: dict[int, Then] = {}
        self._socket = QWebSocket("", parent=self)
        # The proxy is for pages; this never leaves the computer.
        self._socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._socket.connected.connect(self._on_connected)
        self._socket.textMessageReceived.connect(self._on_message)
        self._socket.disconnected.connect(self._on_disconnected)
        self._is_open = False
        self._socket.open(QUrl(f"ws://127.0.0.1:{port}/devtools/page/{page}"))

    def send(self, method: str, parameters: Mapping[str, Any], then: Then) -> None:
        """Send a command of the Chrome DevTools Protocol; `then` gets its "result" or its "error"."""
        self._count += 1
        self._answers[self._count] = then
        self._waiting.append(json.dumps({"id": self._count, "method": method, "params": dict(parameters)}))
        self._flush()

    def close(self) -> None:
        """Close the socket; what was not answered is told that the page went away."""
        self._socket.abort()
        self._on_disconnected()

    def _flush(self) -> None:
        while self._is_open and self._waiting:
            self._socket.sendTextMessage(self._waiting.popleft())

    def _on_connected(self) -> None:
        self._is_open = True
        self._flush()

    def _on_disconnected(self) -> None:
        self._is_open = False
        answers, self._answers = self._answers, {}
        for then in answers.values():
            then(_GONE)

    def _on_message(self, message: str) -> None:
        read = json.loads(message)
        then = self._answers.pop(read.get("id", 0), None)
        if then is not None:
            then(read)
