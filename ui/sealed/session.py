"""One sealed visit: a profile of its own that remembers nothing, its page, and the log of what it asked for."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
)

from desktop.domain.problem import Problem
from ui.sealed.interceptor import Interceptor
from ui.sealed.page import SealedPage
from ui.sealed.requests import Logged, Policy, Verdict
from ui.sealed.scheme import SCHEME, SchemeHandler, Source, register
from ui.tasks import Tasks

# Scripts of ours run in a world of their own: the page cannot see them, and they run with the page's scripts off.
_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
# The reader who is rehearsed is online, whatever this computer is: a page that is not asks nobody.
_ONLINE: Final = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true });"
_BLANK: Final = QUrl("about:blank")

_FAILED: Final = "The page could not be loaded."
_CRASHED: Final = "The browser that shows the page stopped working."
_HUNG: Final = "The page did not finish loading in time."
_CLOSED: Final = "The page was left before it was looked at."


class PageNotShown(Problem):
    """A page could not be shown, or was left meanwhile."""


class Session(QObject):
    """A visit to a source's pages at one host of the sealed scheme.

    `loaded`, `failed(reason)` and `crashed` end a load; `requested(Logged)` tells each request as it is decided and
    `missed(Logged)` one of ours that had nothing to serve. Close it when the visit is over.
    """

    loaded = Signal()
    failed = Signal(str)
    crashed = Signal()
    closed = Signal()
    requested = Signal(object)
    missed = Signal(object)
    outside_requested = Signal(QUrl)

    def __init__(
        self,
        source: Source,
        tasks: Tasks,
        host: str,
        *,
        own_hosts: frozenset[str] = frozenset(),
        javascript: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        register()
        self.host = host
        # Made before the page and, as a child, destroyed after it: a profile must outlive its pages.
        profile = QWebEngineProfile()
        self.page = SealedPage(profile, self, javascript=javascript)
        profile.setParent(self)
        self._profile = profile
        self._handler = SchemeHandler(source, tasks, profile)
        self._interceptor = Interceptor(Policy(SCHEME, host, own_hosts), profile)
        profile.installUrlSchemeHandler(SCHEME.encode(), self._handler)
        profile.setUrlRequestInterceptor(self._interceptor)
        profile.downloadRequested.connect(self._on_download_requested)
        self._handler.missed.connect(self._on_missed)
        self._interceptor.requested.connect(self.requested)
        self.page.scripts().insert(_online())
        self.page.loadingChanged.connect(self._on_loading_changed)
        self.page.renderProcessTerminated.connect(self._on_render_process_terminated)
        self.page.outside_requested.connect(self.outside_requested)

    @property
    def requests(self) -> tuple[Logged, ...]:
        """Everything the page asked for, oldest first."""
        return tuple(self._interceptor.log)

    def serve(self, source: Source) -> None:
        """Serve another source's files from now on."""
        self._handler.source = source

    def open(self, path: str = "") -> None:
        """Load a page of the source."""
        url = QUrl()
        url.setScheme(SCHEME)
        url.setHost(self.host)
        url.setPath(f"/{path}")
        self.page.load(url)

    def run(self, script: str, then: Callable[[Any], None] | None = None) -> None:
        """Run a script of ours in the page; `then` gets the text, number or truth its last statement gives, else "".

        Lists and objects do not come through (Qt 6.11.3 gives ""): scripts give them as JSON.
        """
        if then is None:
            self.page.runJavaScript(script, _WORLD)
        else:
            self.page.runJavaScript(script, _WORLD, then)

    async def result(self, script: str) -> Any:
        """Run a script of ours and wait for what `run` would give; raises PageNotShown when the page goes away."""
        answer = _Answer(self)
        self.run(script, answer.give)
        return await answer.wait()

    async def load(self, path: str = "", seconds: float = 30.0) -> None:
        """Load a page and wait until it stands; raises PageNotShown when it does not within that time."""
        answer = _Answer(self)
        self.loaded.connect(answer.on_loaded)
        self.failed.connect(answer.on_failed)
        self.open(path)
        try:
            await asyncio.wait_for(answer.wait(), seconds)
        except TimeoutError:
            raise PageNotShown(_HUNG) from None
        finally:
            if shiboken6.isValid(self):
                self.loaded.disconnect(answer.on_loaded)
                self.failed.disconnect(answer.on_failed)

    def close(self) -> None:
        """End the visit: the page goes first, then its profile and all it remembered."""
        self.closed.emit()
        self._handler.cancel()
        shiboken6.delete(self.page)
        shiboken6.delete(self._profile)
        self.deleteLater()

    def _on_loading_changed(self, info: QWebEngineLoadingInfo) -> None:
        status = QWebEngineLoadingInfo.LoadStatus
        if info.url() == _BLANK:
            return
        # LoadStopped is no failure: a link that was refused or led outside, or a load overtaken by the next.
        if info.status() is status.LoadSucceededStatus:
            self.loaded.emit()
        elif info.status() is status.LoadFailedStatus:
            self.failed.emit(info.errorString())

    def _on_render_process_terminated(self, how: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        if how is not QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.crashed.emit()

    def _on_download_requested(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()

    def _on_missed(self, address: str) -> None:
        log = self._interceptor.log
        for index in reversed(range(len(log))):
            if log[index].address == address and log[index].verdict is Verdict.LOADED:
                log[index] = replace(log[index], verdict=Verdict.FAILED)
                self.missed.emit(log[index])
                return


def _online() -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName("online")
    script.setSourceCode(_ONLINE)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
    script.setRunsOnSubFrames(True)
    return script


class _Answer(QObject):
    """What a page answers, once, or that it went away instead."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        session.crashed.connect(self.on_crashed)
        session.closed.connect(self.on_closed)

    async def wait(self) -> Any:
        try:
            return await self._future
        finally:
            if shiboken6.isValid(self._session):
                self._session.crashed.disconnect(self.on_crashed)
                self._session.closed.disconnect(self.on_closed)

    def give(self, value: Any) -> None:
        if not self._future.done():
            self._future.set_result(value)

    def on_loaded(self) -> None:
        self.give(None)

    def on_failed(self, reason: str) -> None:
        self._refuse(_FAILED, f"The browser says: {reason}." if reason else "")

    def on_crashed(self) -> None:
        self._refuse(_CRASHED)

    def on_closed(self) -> None:
        self._refuse(_CLOSED)

    def _refuse(self, title: str, detail: str = "") -> None:
        if not self._future.done():
            self._future.set_exception(PageNotShown(title, detail=detail))
