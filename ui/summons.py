"""A second start of the console: it hands its files to the window that has the folder open, and that one comes forward.

Who is first is told by the workspace's lock alone. The local socket only carries the message, so a stale one left by
a process that was killed locks nobody out.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MILLISECONDS: Final = 2_000
_LARGEST: Final = 64_000
_COME: Final = b"coming\n"


class Summons(QObject):
    """Listens for second starts on a folder this process has open. `came` carries the files they were given."""

    came = Signal(tuple)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Nobody else on this computer may call.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._heard: dict[QLocalSocket, bytes] = {}
        name = _name(folder)
        QLocalServer.removeServer(name)
        self._server.listen(name)

    @property
    def address(self) -> str:
        """Where it listens."""
        return self._server.fullServerName()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_connection(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            self._heard[caller] = b""
            caller.readyRead.connect(self._on_words)
            caller.disconnected.connect(self._on_gone)

    def _on_words(self) -> None:
        caller = self.sender()
        if not isinstance(caller, QLocalSocket):
            return
        self._heard[caller] = self._heard.get(caller, b"") + bytes(caller.readAll().data())
        if not self._heard[caller].endswith(b"\n") and len(self._heard[caller]) < _LARGEST:
            return
        files = _files(self._heard.pop(caller))
        if files is not None:
            caller.write(_COME)
            caller.flush()
            self.came.emit(files)
        caller.disconnectFromServer()

    def _on_gone(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._heard.pop(caller, None)
            caller.deleteLater()


def hand_over(folder: Path, files: Sequence[Path]) -> bool:
    """Hand files to the window that has a folder open; False when none answers."""
    caller = QLocalSocket()
    caller.connectToServer(_name(folder))
    if not caller.waitForConnected(_PATIENCE_MILLISECONDS):
        return False
    _let_it_come_forward()
    caller.write(json.dumps([str(each.absolute()) for each in files]).encode() + b"\n")
    caller.flush()
    while not caller.canReadLine():
        if not caller.waitForReadyRead(_PATIENCE_MILLISECONDS):
            return False
    return bytes(caller.readLine().data()) == _COME


def _name(folder: Path) -> str:
    """Name the socket of a folder: short, because some systems allow only about 100 characters."""
    return f"newsroom-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


def _files(words: bytes) -> tuple[Path, ...] | None:
    try:
        named = json.loads(words)
    except ValueError:
        return None
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        return None
    return tuple(Path(each) for each in named)


def _let_it_come_forward() -> None:
    """Allow the other process to take the foreground, which Windows gives only to the process that is started."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows has it to ask

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
