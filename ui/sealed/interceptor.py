"""Every request of a sealed page passes here: translated from Qt, decided in `requests`, told."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

from desktop.domain import moment
from ui.sealed.requests import Kind, Logged, Policy, Request, Verdict, log

_TYPE = QWebEngineUrlRequestInfo.ResourceType
_KINDS: Final[Mapping[QWebEngineUrlRequestInfo.ResourceType, Kind]] = defaultdict(
    lambda: Kind.OTHER,
    {
        _TYPE.ResourceTypeMainFrame: Kind.PAGE,
        _TYPE.ResourceTypeNavigationPreloadMainFrame: Kind.PAGE,
        _TYPE.ResourceTypeSubFrame: Kind.FRAME,
        _TYPE.ResourceTypeNavigationPreloadSubFrame: Kind.FRAME,
        _TYPE.ResourceTypeObject: Kind.FRAME,
        _TYPE.ResourceTypeScript: Kind.SCRIPT,
        _TYPE.ResourceTypeStylesheet: Kind.STYLE,
        _TYPE.ResourceTypeImage: Kind.PICTURE,
        _TYPE.ResourceTypeFavicon: Kind.PICTURE,
        _TYPE.ResourceTypeFontResource: Kind.FONT,
        _TYPE.ResourceTypeMedia: Kind.MEDIA,
        _TYPE.ResourceTypeXhr: Kind.DATA,
        _TYPE.ResourceTypeJson: Kind.DATA,
        _TYPE.ResourceTypeWebSocket: Kind.DATA,
        _TYPE.ResourceTypePing: Kind.PING,
        _TYPE.ResourceTypeCspReport: Kind.PING,
        _TYPE.ResourceTypeWorker: Kind.WORKER,
        _TYPE.ResourceTypeSharedWorker: Kind.WORKER,
        _TYPE.ResourceTypeServiceWorker: Kind.WORKER,
    },
)


def kind_of(resource: QWebEngineUrlRequestInfo.ResourceType) -> Kind:
    """Return what a request is for, in our words."""
    return _KINDS[resource]


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Denies every request but those of the page's own origin, and keeps a log of all.

    Whoever installs it must keep it: an interceptor nobody refers to silently does nothing.
    """

    requested = Signal(object)

    def __init__(self, policy: Policy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.policy = policy
        self.log: list[Logged] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Decide on one request."""
        # Blocked first and freed last: an exception in between would otherwise let the request through.
        info.block(True)  # noqa: FBT003 - Qt's own signature
        request = Request(
            info.requestUrl().toString(QUrl.ComponentFormattingOption.FullyEncoded), kind_of(info.resourceType())
        )
        logged = log(request, self.policy, moment.now())
        self.log.append(logged)
        self.requested.emit(logged)
        if logged.verdict is Verdict.LOADED:
            info.block(False)  # noqa: FBT003
