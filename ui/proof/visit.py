"""One visit in the browser's process: a profile that knows nothing yet, its page, and the tools to see into both."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QMarginsF, QObject, QUrl
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

from desktop.consent.scenario import Blocked
from ui.proof.devtools import Devtools
from ui.proof.interceptor import Interceptor, May
from ui.proof.page import ProofPage, Tell
from ui.proof.recorders import in_pages

_MARGIN_MM: Final = 12.0
_RECORDERS: Final = "recorders"
_NORMAL: Final = QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus


class Visit(QObject):
    """A visit; `tell` gets its events as they come. Close it before the next begins."""

    def __init__(self, wanted: Mapping[str, Any], tell: Tell, mark: str, port: int) -> None:
        super().__init__()
        self._tell = tell
        self._mark = mark
        may = May()
        # Made before the page and destroyed after it: a profile must outlive its pages.
        self._profile = QWebEngineProfile()
        self._interceptor = Interceptor(may, tell, self._profile)
        self._profile.setUrlRequestInterceptor(self._interceptor)
        self._profile.downloadRequested.connect(self._on_download_requested)
        self._view = QWebEngineView()
        self._page = ProofPage(
            self._profile, may, tell, mark, javascript=bool(wanted.get("javascript", True)), parent=self._view
        )
        self._view.setPage(self._page)
        self._view.resize(int(wanted.get("width", 1000)), int(wanted.get("height", 800)))
        self._page.loadFinished.connect(self._on_load_finished)
        self._page.renderProcessTerminated.connect(self._on_render_process_terminated)
        self._view.show()
        self._devtools = Devtools(port, self._page.devToolsId(), self)

    def permit(self, wanted: Mapping[str, Any]) -> None:
        """Change what may be asked from now on."""
        may = self._interceptor.may
        may.own = frozenset(wanted.get("own", may.own))
        may.sources = tuple(wanted.get("sources", may.sources))
        may.blocks = Blocked(wanted["blocks"]) if wanted.get("blocks") else None
        may.is_offline = bool(wanted.get("offline"))

    def load(self, wanted: Mapping[str, Any]) -> None:
        """Load a page, with its clock some days ahead, and with whoever speaks for the reader there."""
        gpc = bool(wanted.get("gpc"))
        self._interceptor.may.headers = {b"Sec-GPC": b"1"} if gpc else {}
        self._record(
            in_pages(self._mark, gpc=gpc, platform=bool(wanted.get("platform")), days=int(wanted.get("days", 0)))
        )
        self._page.load(QUrl(wanted["address"]))

    def resize(self, width: int, height: int) -> None:
        """Make the view another size, in CSS pixels."""
        self._view.resize(width, height)

    def zoom(self, factor: float) -> None:
        """Show the page larger or smaller; 1.0 is 100 %."""
        self._page.setZoomFactor(factor)

    def devtools(self, method: str, parameters: Mapping[str, Any], then: Callable[[Mapping[str, Any]], None]) -> None:
        """Send a command to the browser's own tools."""
        self._devtools.send(method, parameters, then)

    def print_to(self, path: str, then: Callable[[bool], None]) -> None:
        """Print the page into a PDF of A4; `then` is told whether that went well."""

        def finished(_path: str, success: bool) -> None:  # noqa: FBT001 - Qt's own signature
            self._page.pdfPrintingFinished.disconnect(finished)
            then(success)

        self._page.pdfPrintingFinished.connect(finished)
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        layout = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
        self._page.printToPdf(path, layout)

    def close(self) -> None:
        """End the visit: the page goes first, then its profile and all it remembered."""
        self._devtools.close()
        shiboken6.delete(self._devtools)
        self._view.hide()
        shiboken6.delete(self._page)
        shiboken6.delete(self._view)
        shiboken6.delete(self._profile)

    def _record(self, source: str) -> None:
        scripts = self._page.scripts()
        for old in scripts.find(_RECORDERS):
            scripts.remove(old)
        script = QWebEngineScript()
        script.setName(_RECORDERS)
        script.setSourceCode(source)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
        script.setRunsOnSubFrames(True)
        scripts.insert(script)

    def _on_load_finished(self, ok: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self._tell({"event": "loaded", "ok": ok})

    def _on_render_process_terminated(self, how: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        if how is not _NORMAL:
            self._tell({"event": "fault", "text": "The browser that shows the page stopped working."})

    def _on_download_requested(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()
        self._tell({"event": "attempt", "what": "download", "address": download.url().toString()})
