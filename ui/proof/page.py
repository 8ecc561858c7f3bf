"""The page of a proof: it goes nowhere but to its own publisher, and tells what it tried."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineNewWindowRequest, QWebEnginePage, QWebEngineProfile, QWebEngineSettings

from ui.proof.interceptor import May
from ui.sealed.page import SealedPage

Tell = Callable[[Mapping[str, Any]], None]


class ProofPage(SealedPage):
    """A sealed page whose recorders speak to us: lines of its console that begin with `mark` are what they saw."""

    def __init__(
        self, profile: QWebEngineProfile, may: May, tell: Tell, mark: str, *, javascript: bool, parent: QObject
    ) -> None:
        super().__init__(profile, parent, javascript=javascript)
        self._may = may
        self._tell = tell
        self._mark = mark
        # A reader's browser shows a frame it could not load as loaded, with an error inside: so does this one.
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.ErrorPageEnabled, True)  # noqa: FBT003
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.DnsPrefetchEnabled, True)  # noqa: FBT003
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.PrintElementBackgrounds, True)  # noqa: FBT003

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,  # noqa: A002 - Qt's own name
        isMainFrame: bool,  # noqa: FBT001
    ) -> bool:
        """Stay with the publisher; what leads away is told and not followed."""
        asked = QUrl(url)
        if not isMainFrame or asked.scheme() == "about":
            return True
        if asked.authority() in self._may.own or asked.host() in self._may.own:
            return True
        # No rehearsal follows a link that leads away: whoever does is a script.
        self._tell({"event": "attempt", "what": "navigation", "address": asked.toString()})
        return False

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, lineNumber: int, sourceID: str
    ) -> None:
        """Hear the recorders."""
        if message.startswith(self._mark):
            self._tell({"event": "attempt", **json.loads(message.removeprefix(self._mark))})

    def _on_new_window_requested(self, request: QWebEngineNewWindowRequest) -> None:
        # Not opening it is what refuses the window; one that a reader asked for is the reader's own doing.
        if not request.isUserInitiated():
            self._tell({"event": "attempt", "what": "window", "address": request.requestedUrl().toString()})
