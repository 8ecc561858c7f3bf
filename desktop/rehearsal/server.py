"""The endpoint's server: uvicorn on loopback, in a thread and an event loop of its own."""

import asyncio
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from desktop.domain.endpoint import Environment
from desktop.domain.problem import Problem
from desktop.rehearsal import app
from desktop.rehearsal.hints import Hints
from desktop.rehearsal.storage import Storage

HOST: Final = "127.0.0.1"
_STARTING_SECONDS: Final = 0.005
_STOP_SECONDS: Final = 5


class PortTaken(Problem):
    """The endpoint cannot listen where it was told to."""


class RehearsalEndpoint:
    """An endpoint on this computer alone. `port` 0 takes any free one; `token` None keeps one in the folder."""

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        token: str | None = None,
        environment: Environment = Environment.REHEARSAL,
        name: str = "Rehearsal",
    ) -> None:
        self._folder = folder
        self._asked_port = port
        self._given_token = token
        self._environment = environment
        self._name = name
        self._running: _Running | None = None

    def start(self) -> None:
        """Serve, and return once it answers; raises PortTaken or StorageUnusable."""
        if self._running is not None:
            return
        storage = Storage.open(self._folder, self._environment)
        listening: socket.socket | None = None
        try:
            token = self._given_token or keep_token(self._folder / "token")
            listening = _listen(self._asked_port)
            self._running = _Running(storage, listening, token, self._environment, self._name)
        finally:
            if self._running is None:
                storage.close()
                if listening is not None:
                    listening.close()

    def stop(self) -> None:
        """Finish what is being answered, close everything and wait for it; harmless when it does not run."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    def serve_forever(self, ready: Callable[[], object] = lambda: None) -> None:
        """Serve until the process is told to end (SIGINT, SIGTERM), then stop; for the main thread.

        `ready` is called once it serves and can be told.
        """
        self.start()
        told = threading.Event()

        def end(_: int, __: FrameType | None) -> None:
            told.set()

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            ready()
            # In short waits: on Windows a wait without end never lets a signal through.
            while not told.wait(0.5) and self._now.is_alive:
                pass
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self.stop()

    @property
    def url(self) -> str:
        """The endpoint's address."""
        return f"http://{HOST}:{self._now.port}"

    @property
    def reader_url(self) -> str:
        """Where readers find the pages."""
        return f"{self.url}/live/"

    @property
    def token(self) -> str:
        """What a writer must know."""
        return self._now.token

    @property
    def storage(self) -> Storage:
        """What was published, with its history."""
        return self._now.storage

    @property
    def _now(self) -> "_Running":
        if self._running is None:
            message = "The rehearsal endpoint is not running."
            raise RuntimeError(message)
        return self._running


class _Running:
    """A server that listens, from its first moment to its last."""

    def __init__(
        self, storage: Storage, listening: socket.socket, token: str, environment: Environment, name: str
    ) -> None:
        self.storage = storage
        self.token = token
        self.port = int(listening.getsockname()[1])
        self._listening = listening
        built = app.build(storage, environment=environment, token=token, name=name)
        self._hints: Hints = built.state.hints
        config = uvicorn.Config(
            built,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="rehearsal endpoint", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(_STARTING_SECONDS)

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        # A loop made here, whatever loops and policies the rest of the process uses.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._server.serve(sockets=[self._listening]))

    def stop(self) -> None:
        self._hints.close()
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()
        self.storage.close()


def keep_token(path: Path) -> str:
    """Return the token kept in a file, readable by this user alone; makes both when there is none."""
    try:
        kept = path.read_text("ascii").strip()
    except FileNotFoundError:
        kept = ""
    if kept:
        path.chmod(0o600)
        return kept
    token = secrets.token_urlsafe(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(token + "\n")
    return token


def _listen(port: int) -> socket.socket:
    # The protocol by name: asyncio switches Nagle's delay off (40 ms an answer) only where it reads TCP there.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        message = f"The rehearsal endpoint cannot listen on port {port}."
        raise PortTaken(message, detail=f"{error}.", next_action="Choose another port, or leave it out.") from error
    return listening
