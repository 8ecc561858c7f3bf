"""A page that may show what it is served and nothing more."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineFileSystemAccessRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineSettings,
)

from ui.sealed.scheme import SCHEME

# Where a reader's click may lead: outside, in the system's own browser or mail program.
OUTSIDE: Final = frozenset({"http", "https", "mailto"})

_ON = QWebEngineSettings.WebAttribute
_SETTINGS: Final = {
    _ON.PluginsEnabled: False,
    _ON.PdfViewerEnabled: False,
    _ON.LocalContentCanAccessFileUrls: False,
    _ON.LocalContentCanAccessRemoteUrls: False,
    _ON.AllowRunningInsecureContent: False,
    _ON.JavascriptCanOpenWindows: False,
    _ON.JavascriptCanAccessClipboard: False,
    _ON.JavascriptCanPaste: False,
    _ON.FullScreenSupportEnabled: False,
    _ON.ScreenCaptureEnabled: False,
    _ON.DnsPrefetchEnabled: False,
    _ON.WebRTCPublicInterfacesOnly: True,
    _ON.PlaybackRequiresUserGesture: True,
    _ON.NavigateOnDropEnabled: False,
    # A page that finishes loading must not take the caret out of the editor.
    _ON.FocusOnNavigationEnabled: False,
    # What went wrong is said by the pane, in our words.
    _ON.ErrorPageEnabled: False,
}


class SealedPage(QWebEnginePage):
    """Denies every permission, dialog, window and file; a click that leads outside is told by `outside_requested`.

    `clicked_lately` tells whether the person just used mouse or keyboard in the view: a page's own script can follow
    a link too, and must not open the system's browser.
    """

    outside_requested = Signal(QUrl)

    def __init__(self, profile: QWebEngineProfile, parent: QObject | None = None, *, javascript: bool = True) -> None:
        super().__init__(profile, parent)
        self.clicked_lately: Callable[[], bool] = lambda: False
        for attribute, is_on in _SETTINGS.items():
            self.settings().setAttribute(attribute, is_on)
        self.settings().setAttribute(_ON.JavascriptEnabled, javascript)
        self.permissionRequested.connect(self._on_permission_requested)
        self.fileSystemAccessRequested.connect(self._on_file_system_access_requested)
        self.registerProtocolHandlerRequested.connect(self._on_register_protocol_handler_requested)
        self.newWindowRequested.connect(self._on_new_window_requested)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,  # noqa: A002 - Qt's own name
        isMainFrame: bool,  # noqa: FBT001
    ) -> bool:
        """Stay on the sealed page; frames may go where the interceptor lets them."""
        asked = QUrl(url)
        if not isMainFrame or asked.scheme() in {SCHEME, "about"}:
            return True
        if type is QWebEnginePage.NavigationType.NavigationTypeLinkClicked and self.clicked_lately():
            self._lead_outside(asked)
        return False

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Keep the page's console out of the console's own output."""

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        """Show no dialog a page asks for."""

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        """Show no dialog; the answer is no."""
        return False

    def chooseFiles(
        self,
        mode: QWebEnginePage.FileSelectionMode,
        oldFiles: Sequence[str],
        acceptedMimeTypes: Sequence[str],
    ) -> list[str]:
        """Give a page no file."""
        return []

    def _lead_outside(self, url: QUrl) -> None:
        if url.scheme() in OUTSIDE:
            self.outside_requested.emit(url)

    def _on_new_window_requested(self, request: QWebEngineNewWindowRequest) -> None:
        # Not opening it here is what refuses the window.
        if request.isUserInitiated():
            self._lead_outside(request.requestedUrl())

    def _on_permission_requested(self, permission: QWebEnginePermission) -> None:
        permission.deny()

    def _on_file_system_access_requested(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()

    def _on_register_protocol_handler_requested(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()
