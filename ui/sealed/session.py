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

from ui.sealed.interceptor import Interceptor
from ui.sealed.page import SealedPage
from ui.sealed.requests import Logged, Policy, Verdict
from ui.sealed.scheme import SCHEME, SchemeHandler, Source, register
from ui.tasks import Tasks

# Scripts of ours run in a world of their own: the page cannot see them, and they run with the page's scripts off.
_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_BLANK: Final = QUrl("about:blank")


class Session(QObject):
    """A visit to a source's pages at one host of the sealed scheme.

    `loaded`, `failed(reason)` and `crashed` end a load; `requested(Logged)` tells each request as it is decided and
    `missed(Logged)` one of ours that had nothing to serve. Close it when the visit is over.
    """

    loaded = Signal()
    failed = Signal(str)
    crashed = Signal()
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

    def open(self, path: str = "", fragment: str = "") -> None:
        """Load a page of the source, at an anchor when `fragment` names one."""
        url = QUrl()
        url.setScheme(SCHEME)
        url.setHost(self.host)
        url.setPath(f"/{path}")
        if fragment:
            url.setFragment(fragment)
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
        """Run a script of ours and wait for what `run` would give; None when the page crashed meanwhile."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def _settle(value: Any) -> None:
            if not answer.done():
                answer.set_result(value)

        def _give_up() -> None:
            _settle(None)

        self.crashed.connect(_give_up)
        self.run(script, _settle)
        try:
            return await answer
        finally:
            if shiboken6.isValid(self):
                self.crashed.disconnect(_give_up)

    def close(self) -> None:
        """End the visit: the page goes first, then its profile and all it remembered."""
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
