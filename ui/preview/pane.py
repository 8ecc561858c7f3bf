"""The preview: the page exactly as readers will have it, following the entry being edited."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.change import Change, ChangeKind
from desktop.domain.entry import Stage
from desktop.domain.problem import Problem
from ui import icons
from ui.changes import ChangeBridge
from ui.preview.patch import Document, difference, script, take_apart
from ui.sealed.scripts import go_to, scroll_to
from ui.shared.label import Kind, Label
from ui.tasks import Tasks
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:
    # WebEngine and the renderer are imported when the first page is shown, not when the window is made.
    from desktop.workspace import Workspace
    from ui.sealed.browser import SealedBrowser
    from ui.sealed.site_pages import SitePages

# What a page is shown as wide as, in CSS pixels; 0 is all the room there is.
WIDTHS: Final = {"Phone": 390, "Tablet": 820, "Desktop": 1280}
_RELOADS: Final = frozenset({ChangeKind.ENTRIES, ChangeKind.COVERAGE})

_CHOOSE: Final = "Choose a coverage, and its page stands here as readers will have it."
_RENDERING: Final = "Rendering the page …"
_DRAFT: Final = "With your draft"
_FAILED: Final = "The page could not be shown. Your text is not touched by this."
_CRASHED: Final = "The browser that shows the page stopped working. Your text is not touched by this."


@dataclass(frozen=True, slots=True)
class _Rendering:
    """A site as it was read, the page of it to show, that page taken apart, and whether a draft stands among it."""

    pages: "SitePages"
    path: str
    document: Document
    has_draft: bool


class PreviewPane(QWidget):
    """Shows ready and live entries, and the one being edited as it stands on the desk.

    Nothing is rendered while the pane is hidden. `mark` is "rehearsal" or "", as for the page itself.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self.browser: SealedBrowser | None = None
        self._coverage_id: UUID | None = None
        self._entry_id: UUID | None = None
        self._mark = "rehearsal"
        self._width = next(iter(WIDTHS))
        self._shown: _Rendering | None = None
        self._is_stale = False
        self._is_rendering = False
        self._follow = False
        self._scroll = ""
        self._build()

    def attach(self, workspace: "Workspace", changes: ChangeBridge, tasks: Tasks) -> None:
        """Read from a workspace and follow its changes."""
        self._workspace, self._tasks = workspace, tasks
        changes.changed.connect(self._on_changed)

    def show_coverage(self, coverage_id: UUID | None) -> None:
        """Show a coverage's page, None for none."""
        if coverage_id != self._coverage_id:
            self._coverage_id, self._entry_id, self._shown = coverage_id, None, None
            self._renew()

    def show_entry(self, entry_id: UUID | None) -> None:
        """Bring an entry into view, drafts too; None shows the page without anybody's draft."""
        if entry_id != self._entry_id:
            self._entry_id, self._follow = entry_id, entry_id is not None
            self._renew()

    @property
    def mark(self) -> str:
        """What the page is marked with: "rehearsal", or "" as on air."""
        return self._mark

    def set_mark(self, mark: str) -> None:
        """Show the page with the rehearsal mark, or without as on air."""
        if mark != self._mark:
            self._mark = mark
            self._renew()

    def set_width(self, name: str) -> None:
        """Show the page as wide as one of WIDTHS."""
        self._width = name
        for button in self._widths.buttons():
            button.setChecked(button.text() == name)
        if self.browser is not None:
            self.browser.set_page_width(WIDTHS[name])
            if self.browser.session is not None and self._entry_id is not None:
                self.browser.session.run(go_to(self._entry_id))

    def words(self) -> str:
        """Return what is said in place of the page, "" while the page is shown."""
        return self.browser.words() if self.browser else self._empty.text() if self._empty.isVisibleTo(self) else ""

    def shows_draft(self) -> bool:
        """Tell whether the page shown holds a draft, which readers do not have."""
        return self._draft.isVisibleTo(self)

    def reload(self) -> None:
        """Render and load the page from the start."""
        self._shown = None
        self._renew()

    def close_page(self) -> None:
        """Leave the page; the pane can be shown again."""
        self._shown = None
        if self.browser is not None:
            self.browser.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the pane was hidden."""
        super().showEvent(event)
        if self._is_stale or self._shown is None:
            self._renew()

    def _build(self) -> None:
        look = tokens()
        bar = QHBoxLayout()
        bar.setContentsMargins(look.space_m, look.space_s, look.space_m, look.space_s)
        bar.setSpacing(look.space_s)
        self._widths = QButtonGroup(self)
        for name, width in WIDTHS.items():
            button = QPushButton(name, self)
            button.setCheckable(True)
            button.setToolTip(tr("As on a screen {width} pixels wide").format(width=width))
            button.setAccessibleName(tr("Show the page as on a {lower}").format(lower=name.lower()))
            self._widths.addButton(button)
            bar.addWidget(button)
            button.setChecked(name == self._width)
        self._widths.buttonClicked.connect(self._on_width_clicked)
        self._draft = Label(_DRAFT, kind=Kind.SOFT, parent=self)
        self._draft.setToolTip(tr("Readers get the entry you are editing only once it is published"))
        self._draft.hide()
        bar.addWidget(self._draft)
        bar.addStretch(1)
        again = QPushButton(self)
        again.setIcon(icons.icon("refresh-cw"))
        again.setToolTip(tr("Load the page again"))
        again.setAccessibleName(tr("Load the page again"))
        again.clicked.connect(self._on_reload_clicked)
        bar.addWidget(again)
        self._empty = Label(_CHOOSE, kind=Kind.SOFT, wraps=True, parent=self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(look.space_xl)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addLayout(bar)
        self._body.addWidget(self._empty, 1)

    def _ready_browser(self, tasks: Tasks) -> "SealedBrowser":
        if self.browser is None:
            from ui.sealed.browser import SealedBrowser  # noqa: PLC0415 - not before the first page is shown

            self.browser = SealedBrowser(tasks, self)
            self.browser.set_page_width(WIDTHS[self._width])
            self.browser.loaded.connect(self._on_loaded)
            self.browser.failed.connect(self._on_failed)
            self.browser.crashed.connect(self._on_crashed)
            self._body.addWidget(self.browser, 1)
            self._empty.hide()
        return self.browser

    def _renew(self) -> None:
        self._is_stale = True
        if self._tasks is None or not self.isVisible() or self._is_rendering:
            return
        if self._coverage_id is None:
            self._is_stale = False
            if self.browser is not None:
                self.browser.leave()
                self.browser.say("newspaper", _CHOOSE)
            return
        browser = self._ready_browser(self._tasks)
        if self._shown is None:
            browser.say("loader", _RENDERING)
        self._is_rendering = True
        self._tasks.start(self._render(browser, self._tasks), "render the preview")

    async def _render(self, browser: "SealedBrowser", tasks: Tasks) -> None:
        went_well = False
        try:
            while self._is_stale and self._coverage_id is not None:
                self._is_stale = False
                asked = (self._coverage_id, self._entry_id, self._mark)
                staying = None if self._follow or self._shown is None else self._path_shown(browser)
                made = await tasks.in_thread(self._make, *asked, staying)
                if asked == (self._coverage_id, self._entry_id, self._mark):
                    self._put(browser, made)
                else:
                    self._is_stale = True
            went_well = True
        except Problem as problem:
            went_well = True
            self._shown = None
            browser.say("circle-alert", f"{_FAILED}\n{problem}", tr("Try again"), self.reload)
        finally:
            self._is_rendering = False
            if not went_well:
                self._shown = None
                browser.say("circle-alert", _FAILED, tr("Try again"), self.reload)
            elif self._is_stale:
                self._renew()

    def _make(self, coverage_id: UUID, entry_id: UUID | None, mark: str, path: str | None) -> _Rendering:
        from ui.sealed.site_pages import SitePages  # noqa: PLC0415 - imports the renderer, here in a thread

        workspace = self._workspace
        if workspace is None:
            message = "No folder of coverages is open."
            raise Problem(message)
        pages = SitePages(workspace.site(coverage_id, mark=mark, also=entry_id), workspace.media_path)
        is_shown = any(entry.id == entry_id for entry in pages.site.entries)
        has_draft = is_shown and entry_id is not None and workspace.entry(entry_id).stage is Stage.DRAFT
        for wanted in (path, pages.page_of(entry_id)):
            served = pages(wanted) if wanted else None
            if wanted and served and isinstance(served.data, bytes):
                return _Rendering(pages, wanted, take_apart(served.data.decode()), has_draft)
        message = "The page has no front page."
        raise Problem(message)

    def _put(self, browser: "SealedBrowser", made: _Rendering) -> None:
        before, self._shown = self._shown, made
        self._draft.setVisible(made.has_draft)
        follows, self._follow = self._follow, False
        scroll = go_to(self._entry_id) if follows else ""
        session = browser.session
        if before is None or session is None or before.pages.site.coverage.id != made.pages.site.coverage.id:
            session = browser.visit(made.pages, str(made.pages.site.coverage.id))
            self._scroll = scroll
            session.open(made.path)
            return
        session.serve(made.pages)
        is_there = self._path_shown(browser) == made.path == before.path
        replaced = difference(before.document, made.document) if is_there else None
        if replaced is not None:
            session.run(script(replaced) + scroll)
        elif follows or not is_there:
            self._scroll = scroll
            session.open(made.path)
        else:
            session.run("scrollY", self._load_and_stay)

    def _load_and_stay(self, top: object) -> None:
        if self.browser is not None and self.browser.session is not None and self._shown is not None:
            self._scroll = scroll_to(top) if isinstance(top, int | float) else ""
            self.browser.session.open(self._shown.path)

    def _path_shown(self, browser: "SealedBrowser") -> str | None:
        return browser.session.page.url().path().removeprefix("/") if browser.session else None

    def _on_loaded(self) -> None:
        if self.browser is None or self.browser.session is None:
            return
        self.browser.show_page()
        if self._scroll:
            self.browser.session.run(self._scroll)
            self._scroll = ""

    def _on_failed(self, reason: str) -> None:
        self._shown = None
        if self.browser is not None:
            self.browser.say(
                "circle-alert",
                "\n".join((tr(_FAILED), tr("The browser says: {reason}.").format(reason=reason))),
                tr("Try again"),
                self.reload,
            )

    def _on_crashed(self) -> None:
        self._shown = None
        if self.browser is not None:
            self.browser.say("circle-alert", _CRASHED, tr("Load the page again"), self.reload)

    def _on_changed(self, change: Change) -> None:
        if change.kind in _RELOADS and change.coverage_id == self._coverage_id:
            self._renew()

    def _on_width_clicked(self, button: QPushButton) -> None:
        self.set_width(button.text())

    def _on_reload_clicked(self) -> None:
        self.reload()
