"""Every request of the proof's browser passes here: written down before it is judged, stopped until it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

from desktop.consent.observed import Answer
from desktop.consent.policy import matches
from desktop.consent.scenario import Blocked
from ui.sealed.interceptor import kind_of
from ui.sealed.requests import Kind, host_of

# What asks nobody.
_LOCAL: Final = frozenset({"data", "about", "blob"})
_KINDS: Final = {Blocked.SCRIPT: Kind.SCRIPT, Blocked.FRAME: Kind.FRAME}


@dataclass(slots=True)
class May:
    """What the browser may ask now: the page's own hosts, third parties' sources, what an ad-blocker stops of them.

    Everything here is told by the parent, and replaced when the reader consents.
    """

    own: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    blocks: Blocked | None = None
    is_offline: bool = False
    headers: Mapping[bytes, bytes] = field(default_factory=dict)


def judge(address: str, kind: Kind, may: May) -> Answer:
    """Judge one request."""
    url = QUrl(address)
    host = host_of(address)
    if url.scheme() in _LOCAL:
        return Answer.LOADED
    if may.is_offline:
        return Answer.REFUSED
    if url.authority() in may.own or host in may.own:
        return Answer.LOADED
    if may.blocks is Blocked.ALL or (may.blocks and _KINDS[may.blocks] is kind):
        return Answer.BLOCKED
    return Answer.LOADED if any(matches(host, source) for source in may.sources) else Answer.REFUSED


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Tells each request twice: when it is asked, and when it is judged. One that is never judged stays stopped."""

    def __init__(self, may: May, tell: Callable[[Mapping[str, Any]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.may = may
        self._tell = tell
        self._count = 0

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Decide on one request."""
        # Blocked first and freed last: an exception in between would otherwise let the request through.
        info.block(True)  # noqa: FBT003 - Qt's own signature
        self._count += 1
        number = self._count
        address = info.requestUrl().toString(QUrl.ComponentFormattingOption.FullyEncoded)
        kind = kind_of(info.resourceType())
        self._tell({"event": "asked", "number": number, "address": address, "what": kind.value})
        answer = judge(address, kind, self.may)
        self._tell({"event": "judged", "number": number, "answer": answer.value})
        if answer is Answer.LOADED:
            for name, value in self.may.headers.items():
                info.setHttpHeader(name, value)
            info.block(False)  # noqa: FBT003
