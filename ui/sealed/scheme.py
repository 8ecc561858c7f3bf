"""The scheme sealed pages live at, and the handler that serves them.

Measured with Qt 6.11.3: a scheme may be registered long after the application object and the first paint, but must be
before the first QWebEngineProfile of the process. Later it is refused ("Too late to register scheme"), pages still
load, and their policy's 'self' then refuses the page's own scripts and frames. Hence `register` is called by the one
place that makes profiles, and no other module may make one.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QBuffer, QFile, QIODevice, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

from ui.tasks import Tasks

SCHEME: Final = "coverage"
INDEX: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Served:
    """A file of a page: its bytes, or the file on disk that holds them."""

    media_type: str
    data: bytes | Path


# Gives the file at a path without a leading slash, None where there is none. Called in threads, several at a time.
Source = Callable[[str], Served | None]


def register() -> None:
    """Make the scheme known to WebEngine, once a process."""
    name = SCHEME.encode()
    if QWebEngineUrlScheme.schemeByName(name).name() == name:
        return
    scheme = QWebEngineUrlScheme(name)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flags = QWebEngineUrlScheme.Flag
    # No LocalScheme: that could read files. No CSP-ignoring flag: the page's own policy holds here as it does online.
    scheme.setFlags(flags.SecureScheme | flags.CorsEnabled | flags.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Serves a source's files; they are made in a thread, so that rendering never holds up the window.

    `missed(address)` tells of a file that was not there.
    """

    missed = Signal(str)

    def __init__(self, source: Source, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._tasks = tasks
        self._running: set[asyncio.Task[None]] = set()

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request; Qt deletes the job when its page goes away, also before it is answered."""
        if bytes(job.requestMethod().data()) not in {b"GET", b"HEAD"}:
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        path = job.requestUrl().path().removeprefix("/") or INDEX
        task = self._tasks.start(self._answer(job, path), f"serve {path}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def cancel(self) -> None:
        """Give up on everything not answered yet."""
        for task in tuple(self._running):
            task.cancel()

    async def _answer(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        served: Served | None = None
        try:
            served = await self._tasks.in_thread(self.source, path)
        finally:
            # Whatever happened above, the page is told: a job that is never answered keeps it loading for ever.
            if shiboken6.isValid(job):
                address = job.requestUrl().toString(QUrl.ComponentFormattingOption.FullyEncoded)
                if not _reply(job, served):
                    self.missed.emit(address)


def _reply(job: QWebEngineUrlRequestJob, served: Served | None) -> bool:
    if served is not None:
        # The device is the job's child: it lives exactly as long as WebEngine reads from it.
        device: QFile | QBuffer
        if isinstance(served.data, Path):
            device = QFile(str(served.data), job)
        else:
            device = QBuffer(job)
            device.setData(served.data)
        if device.open(QIODevice.OpenModeFlag.ReadOnly):
            job.reply(served.media_type.encode(), device)
            return True
    job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
    return False
