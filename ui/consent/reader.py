"""The page as one reader meets it, and everything that reader's browser asked for."""

import asyncio
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.domain.change import Change, ChangeKind
from desktop.domain.problem import Problem
from ui.changes import ChangeBridge
from ui.consent import visit
from ui.consent.findings import Findings
from ui.consent.observation import Expected, Observation, ReaderState, conclude, expected
from ui.consent.states import StateBar
from ui.sealed.scripts import go_to
from ui.tasks import Tasks
from ui.words import tr

if TYPE_CHECKING:
    # WebEngine and the renderer are imported when the first page is observed, not when the window is made.
    from desktop.workspace import Workspace
    from ui.sealed.browser import SealedBrowser
    from ui.sealed.session import Session
    from ui.sealed.site_pages import SitePages

_SHARES: Final = (550, 450)  # of the height, for the page and the findings
_QUIET: Final = 0.4
_PATIENCE: Final = 6.0
_PAUSE_MS: Final = 250
_STEP: Final = 0.02
_SCREENS: Final = 300
_NEWS: Final = frozenset({ChangeKind.ENTRIES, ChangeKind.COVERAGE})

_CHOOSE: Final = "Choose a coverage to see what its page asks of a reader's browser."
_RENDERING: Final = "Rendering the page …"
_FAILED: Final = "The page could not be observed."


class ReaderView(QWidget):
    """Shows the page before consent, after it, and with JavaScript off, each in a browser that remembers nothing.

    `observed(Observation)` tells the outcome of each run. Nothing runs while it is hidden, unless asked to.
    """

    observed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self.browser: SealedBrowser | None = None
        self._coverage_id: UUID | None = None
        self._entry_id: UUID | None = None
        self._turn = 0
        self._is_stale = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_over)
        self.states = StateBar(self)
        self.findings = Findings(self)
        self.states.chosen.connect(self._on_state_chosen)
        self.findings.again_requested.connect(self._on_again_requested)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._place = QWidget(self._split)
        self._place_layout = QVBoxLayout(self._place)
        self._place_layout.setContentsMargins(0, 0, 0, 0)
        self._split.addWidget(self._place)
        self._split.addWidget(self.findings)
        self._split.setSizes(list(_SHARES))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.states)
        layout.addWidget(self._split, 1)

    def attach(self, workspace: "Workspace", changes: ChangeBridge, tasks: Tasks) -> None:
        """Read from a workspace and follow its changes."""
        self._workspace, self._tasks = workspace, tasks
        changes.changed.connect(self._on_changed)

    def show_coverage(self, coverage_id: UUID | None) -> None:
        """Observe a coverage's page, None for none."""
        if coverage_id != self._coverage_id:
            self._coverage_id, self._entry_id = coverage_id, None
            self._renew()

    def show_entry(self, entry_id: UUID | None) -> None:
        """Choose whose embeds are accepted: one entry's, or for None all of the front page."""
        if entry_id != self._entry_id:
            self._entry_id = entry_id
            self._is_stale = True
            # Going through the timeline by keyboard must not begin a visit at every entry passed.
            self._pause.start()

    async def run(self, state: ReaderState) -> Observation:
        """Visit the page as one reader and return what was asked; raises a Problem when the page cannot be shown.

        A run that is overtaken by the next raises PageNotShown.
        """
        if self._workspace is None or self._tasks is None or self._coverage_id is None:
            raise Problem(_CHOOSE)
        self._pause.stop()
        self._turn += 1
        turn, self._is_stale = self._turn, False
        self.states.show_state(state)
        self.findings.begin(state)
        browser = self._ready_browser(self._tasks)
        browser.say("loader", _RENDERING)
        try:
            observation = await self._observe(browser, self._coverage_id, turn, state)
        except Problem as problem:
            if turn == self._turn:
                self.findings.fail()
                browser.say("circle-alert", f"{_FAILED}\n{problem}", tr("Try again"), self._on_again_requested)
            raise
        self.findings.conclude(observation)
        self.observed.emit(observation)
        return observation

    def close_page(self) -> None:
        """Leave the page; the pane can be shown again."""
        self._turn += 1
        self._is_stale = True
        if self.browser is not None:
            self.browser.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Observe what was chosen while the pane was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    async def _observe(self, browser: "SealedBrowser", coverage_id: UUID, turn: int, state: ReaderState) -> Observation:
        from ui.sealed.session import PageNotShown  # noqa: PLC0415 - not before the first page is shown

        pages, path, may_ask = await asyncio.to_thread(self._read, coverage_id, self._entry_id)
        if turn != self._turn:
            raise PageNotShown(_FAILED)
        self.findings.expect(may_ask if state is ReaderState.AFTER else Expected({}))
        own_hosts = frozenset(pages.site.house.hosts)
        has_script = state is not ReaderState.NO_JAVASCRIPT
        host = str(pages.site.coverage.id)
        session = browser.visit(pages, host, own_hosts=own_hosts, javascript=has_script)
        session.requested.connect(self.findings.add)
        session.missed.connect(self.findings.replace)
        await session.load(path)
        browser.show_page()
        await self._read_to_the_end(session)
        accepted = 0
        if state is ReaderState.AFTER:
            accepted = int(await session.result(visit.accept(self._entry_id)) or 0)
            await _quiet(session)
        session.run(go_to(self._entry_id))
        return conclude(state, session.requests, accepted, may_ask)

    async def _read_to_the_end(self, session: "Session") -> None:
        await _quiet(session)
        for _ in range(_SCREENS):
            if await session.result(visit.READ_ON) is True:
                break
            await asyncio.sleep(_STEP)
        await _quiet(session)

    def _read(self, coverage_id: UUID, entry_id: UUID | None) -> "tuple[SitePages, str, Expected]":
        from ui.sealed.site_pages import SitePages  # noqa: PLC0415 - imports the renderer, here in a thread

        workspace = self._workspace
        if workspace is None:
            raise Problem(_CHOOSE)
        site = workspace.site(coverage_id, mark="rehearsal", also=entry_id)
        chosen = [entry for entry in site.entries if entry_id in {None, entry.id}]
        pages = SitePages(site, workspace.media_path)
        return pages, pages.page_of(entry_id), expected(chosen, next(iter(site.house.hosts), ""))

    def _ready_browser(self, tasks: Tasks) -> "SealedBrowser":
        if self.browser is None:
            from ui.sealed.browser import SealedBrowser  # noqa: PLC0415 - not before the first page is shown

            self.browser = SealedBrowser(tasks, self._place)
            self.browser.crashed.connect(self._on_crashed)
            self._place_layout.addWidget(self.browser)
        return self.browser

    def _renew(self) -> None:
        self._is_stale = True
        if not self.isVisible() or self._tasks is None:
            return
        if self._coverage_id is None:
            self._turn += 1
            browser = self._ready_browser(self._tasks)
            browser.leave()
            browser.say("shield-check", _CHOOSE)
            self.findings.clear()
            return
        self._tasks.start(self._run_shown(self.states.state()), "observe the page")

    async def _run_shown(self, state: ReaderState) -> None:
        try:
            await self.run(state)
        except Problem:
            # Said in the pane already, where it is being looked at.
            return

    def _on_pause_over(self) -> None:
        self._renew()

    def _on_state_chosen(self, _state: ReaderState) -> None:
        self._renew()

    def _on_again_requested(self) -> None:
        self._renew()

    def _on_changed(self, change: Change) -> None:
        if change.kind in _NEWS and change.coverage_id == self._coverage_id and not self._is_stale:
            # Not observed again by itself: that would take the page from under the producer with each word typed.
            self.findings.say_outdated()

    def _on_crashed(self) -> None:
        if self.browser is not None:
            self.browser.say(
                "circle-alert",
                tr("The browser that shows the page stopped working. Your text is not touched by this."),
                tr("Load the page again"),
                self._on_again_requested,
            )


async def _quiet(session: "Session") -> None:
    """Wait until the page has asked for nothing new for a while; raises PageNotShown when it goes away."""
    clock = asyncio.get_running_loop().time
    start = last = clock()
    count = -1
    while clock() - last < _QUIET and clock() - start < _PATIENCE:
        if len(session.requests) != count:
            count, last = len(session.requests), clock()
        await asyncio.sleep(_STEP * 2)
    await session.result("0")
