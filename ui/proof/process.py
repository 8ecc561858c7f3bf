"""The sealed browser seen from outside: started, asked, heard and ended as a process of its own."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from desktop.domain.problem import Problem

_START_SECONDS: Final = 30.0
_ANSWER_SECONDS: Final = 30.0
_END_SECONDS: Final = 5.0
_MAX_LINE: Final = 64 * 1024 * 1024
_KEPT_LINES: Final = 40

Tell = Callable[[Mapping[str, Any]], None]


class BrowserFailed(Problem):
    """The sealed browser could not be started, stopped working, or refused a command."""


def own_command() -> tuple[str, ...]:
    """Return how this program starts its sealed browser: the frozen one as a command, the other as a module."""
    if getattr(sys, "frozen", False):
        # The window's own program has no output to read from; the command beside it has.
        return (str(Path(sys.executable).with_stem("newsroom")), "sealed-browser")
    return (sys.executable, "-m", "ui", "sealed-browser")


class SealedProcess:
    """A sealed browser whose connections all go to one proxy. `heard` gets its events.

    Use it as a context: the process ends with it, and by itself when we end.
    """

    def __init__(self, proxy: int, fingerprint: str, heard: Tell, command: Sequence[str] = ()) -> None:
        self._command = (*(command or own_command()), "--proxy", str(proxy), "--fingerprint", fingerprint)
        self._heard = heard
        self._count = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reading: tuple[asyncio.Task[None], ...] = ()
        self._said: list[str] = []

    async def __aenter__(self) -> Self:
        """Start the process and wait until it listens."""
        pipe = asyncio.subprocess.PIPE
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=pipe, stderr=pipe, limit=_MAX_LINE, env=_environment()
            )
        except OSError as error:
            title = "The sealed browser could not be started."
            raise BrowserFailed(title, detail=f"{error}.") from error
        self._reading = (
            asyncio.create_task(self._read(self._process)),
            asyncio.create_task(self._overhear(self._process)),
        )
        try:
            await asyncio.wait_for(self._ready, _START_SECONDS)
        except TimeoutError:
            await self._end()
            title = "The sealed browser did not start in time."
            raise BrowserFailed(title) from None
        except BrowserFailed:
            await self._end()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the process."""
        await self._end()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid if self._process else 0

    async def do(self, do: str, **members: Any) -> Any:
        """Give a command and wait for its answer; raises BrowserFailed when there is none."""
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            raise BrowserFailed(_GONE, detail=self._last_words())
        self._count += 1
        number = self._count
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        line = json.dumps({"id": number, "do": do, **members}) + "\n"
        try:
            process.stdin.write(line.encode())
            await process.stdin.drain()
            return await asyncio.wait_for(answer, _ANSWER_SECONDS)
        except TimeoutError:
            title = f"The sealed browser did not answer “{do}” in time."
            raise BrowserFailed(title) from None
        except (BrokenPipeError, ConnectionResetError) as error:
            raise BrowserFailed(_GONE, detail=self._last_words()) from error
        finally:
            self._answers.pop(number, None)

    async def devtools(self, method: str, **params: Any) -> Any:
        """Send a command of the Chrome DevTools Protocol and return its result."""
        return await self.do("devtools", method=method, params=params)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        stdout = process.stdout
        while stdout is not None and (line := await stdout.readline()):
            said = json.loads(line)
            if "event" not in said:
                self._take(said)
            elif said["event"] == "ready":
                self._ready.set_result(None)
            else:
                self._heard(said)
        gone = BrowserFailed(_GONE, detail=self._last_words())
        for answer in (self._ready, *self._answers.values()):
            if not answer.done():
                answer.set_exception(gone)

    def _take(self, said: Mapping[str, Any]) -> None:
        answer = self._answers.get(said["id"])
        if answer is None or answer.done():
            return
        if "error" in said:
            answer.set_exception(BrowserFailed("The sealed browser refused a command.", detail=f"{said['error']}"))
        else:
            answer.set_result(said["is"])

    async def _overhear(self, process: asyncio.subprocess.Process) -> None:
        """Read what the browser's libraries say, so that they never wait for a reader; keep the end of it."""
        stderr = process.stderr
        while stderr is not None and (line := await stderr.readline()):
            self._said = [*self._said[-_KEPT_LINES:], line.decode(errors="replace").rstrip()]

    def _last_words(self) -> str:
        return self._said[-1] if self._said else ""

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
        await asyncio.gather(*self._reading)
        if self._ready.done() and not self._ready.cancelled():
            # An exception nobody asks for would be reported as forgotten.
            self._ready.exception()


_GONE: Final = "The sealed browser stopped working."


def _environment() -> dict[str, str]:
    kept = dict(os.environ)
    kept["QT_QPA_PLATFORM"] = "offscreen"
    with contextlib.suppress(KeyError):
        del kept["QTWEBENGINE_REMOTE_DEBUGGING"]
    return kept
