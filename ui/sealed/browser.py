"""The sealed browser as a widget: a page, or words where no page can be shown."""

from collections.abc import Callable
from typing import Final

import shiboken6
from PySide6.QtCore import QChildEvent, QElapsedTimer, QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from ui.sealed.notice import Notice
from ui.sealed.scheme import Source
from ui.sealed.session import Session
from ui.tasks import Tasks

_CLICK_MS: Final = 1000
_MIN_ZOOM: Final = 0.25
_NARROWEST: Final = 240  # pixels
_INPUT: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.KeyPress})


class SealedView(QWebEngineView):
    """A view that remembers when the person last used mouse or keyboard in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = QElapsedTimer()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName("The page as readers see it")

    def used_lately(self) -> bool:
        """Tell whether the person clicked or pressed a key within the last second."""
        return self._used.isValid() and self._used.elapsed() < _CLICK_MS

    def childEvent(self, event: QChildEvent) -> None:
        """Watch the child that takes the input; WebEngine makes another for each renderer."""
        if event.added() and event.child().isWidgetType():
            event.child().installEventFilter(self)
        super().childEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember real input; scripts make none."""
        if event.type() in _INPUT:
            self._used.start()
        return super().eventFilter(watched, event)


class SealedBrowser(QWidget):
    """Shows one visit at a time.

    `loaded`, `failed(reason)` and `crashed` end a load, `requested(Logged)` and `missed(Logged)` tell its requests.
    """

    loaded = Signal()
    failed = Signal(str)
    crashed = Signal()
    requested = Signal(object)
    missed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._width = 0
        self.session: Session | None = None
        self._view: SealedView | None = None
        self._notice = Notice(self)
        self._frame = QWidget(self)
        self._frame_layout = QHBoxLayout(self._frame)
        self._frame_layout.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._notice)
        self._stack.addWidget(self._frame)

    def visit(
        self,
        source: Source,
        host: str,
        *,
        own_hosts: frozenset[str] = frozenset(),
        javascript: bool = True,
    ) -> Session:
        """Begin a fresh visit that knows nothing of the one before, which ends; nothing is loaded yet."""
        before = self.session
        session = Session(source, self._tasks, host, own_hosts=own_hosts, javascript=javascript, parent=self)
        view = self._ready_view()
        session.page.clicked_lately = view.used_lately
        session.loaded.connect(self._on_loaded)
        session.failed.connect(self.failed)
        session.crashed.connect(self.crashed)
        session.requested.connect(self.requested)
        session.missed.connect(self.missed)
        session.outside_requested.connect(self._on_outside_requested)
        view.setPage(session.page)
        self.session = session
        if before is not None:
            before.close()
        return session

    def say(self, icon: str, words: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Show words in place of the page, with a button when there is something to do."""
        self._notice.say(icon, words, action, then)
        self._stack.setCurrentWidget(self._notice)

    def show_page(self) -> None:
        """Show the page again in place of words."""
        self._stack.setCurrentWidget(self._frame)

    def is_showing_page(self) -> bool:
        """Tell whether the page is shown, not words."""
        return self._stack.currentWidget() is self._frame

    def words(self) -> str:
        """Return the words shown in place of the page, "" when the page is shown."""
        return "" if self.is_showing_page() else self._notice.words()

    def press(self) -> None:
        """Press the button beside the words."""
        self._notice.press()

    def view_for_input(self) -> QWidget | None:
        """Return the widget that takes mouse and keyboard for the page, None before the first visit."""
        return self._view.focusProxy() if self._view else None

    def set_page_width(self, width: int) -> None:
        """Show the page as on a screen this many CSS pixels wide, made smaller to fit; 0 fills the widget."""
        self._width = width
        self._fit()

    def leave(self) -> None:
        """End the visit."""
        session, self.session = self.session, None
        if session is not None and shiboken6.isValid(session):
            session.close()

    def minimumSizeHint(self) -> QSize:
        """Give way: the page is as wide as the widget, which must not hold the widget open."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Fit the page's width again."""
        self._fit()

    def _fit(self) -> None:
        if self._view is None:
            return
        room = max(1, self.width())
        wanted = self._width or room
        self._view.setFixedWidth(min(room, wanted))
        self._view.setZoomFactor(max(_MIN_ZOOM, min(1.0, room / wanted)))

    def _ready_view(self) -> SealedView:
        if self._view is None:
            self._view = SealedView(self._frame)
            self._frame_layout.addWidget(self._view, 0, Qt.AlignmentFlag.AlignHCenter)
        return self._view

    def _on_loaded(self) -> None:
        # A new page starts at 100 %.
        self._fit()
        self.loaded.emit()

    def _on_outside_requested(self, url: QUrl) -> None:
        QDesktopServices.openUrl(url)
