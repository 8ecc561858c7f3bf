"""The editor of one entry: its text and cards, what readers have of it, what to fix, and the way out to readers."""

from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.checks.findings import Finding
from desktop.domain import moment
from desktop.domain.blocks import Block
from desktop.domain.change import Change, ChangeKind
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Entry, Stage
from desktop.domain.problem import Problem
from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.editor.autosave import Autosave
from ui.editor.dressing import dress
from ui.editor.footer import deed
from ui.editor.history import Histories
from ui.editor.live_version import LiveVersionSheet
from ui.editor.lookout import Looked, Lookout
from ui.editor.page import Page
from ui.editor.pictures import Pictures
from ui.editor.slash import Offer
from ui.editor.snippet_sheet import INSERT_SNIPPET, SnippetSheet
from ui.editor.spelling import Spelling
from ui.editor.state import State, count_in, counts, entry_of, state_of
from ui.shared.empty import EmptyState
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.domain.revision import Revision
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

_LOOK_AGAIN: Final = 250  # milliseconds until length and looks follow what is typed


class EditorPane(QWidget):
    """Shows and edits one entry, and saves it as it is typed.

    `publish_requested(entry id)` and `ready_requested(entry id)` come when everything typed is saved; `saved(datetime)`
    tells a save, `problem_raised(Problem)` what went wrong, `told(sentence)` what was done to what was pasted.
    """

    publish_requested = Signal(object)
    ready_requested = Signal(object)
    saved = Signal(object)
    problem_raised = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._entry: Entry | None = None
        self._theirs: Entry | None = None
        self._endpoint_id: UUID | None = None
        self._environment: Environment | None = None
        self._zone = ZoneInfo("UTC")
        self._row: TimelineRow | None = None
        self._findings: tuple[Finding, ...] = ()
        self._is_connected = True
        self._pictures = Pictures(self)
        self._histories = Histories(self)
        self._autosave = Autosave(self, self)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_LOOK_AGAIN)
        self._lookout = Lookout(self._autosave.stamp, self)
        self.spelling = Spelling(self)
        self._page = Page(self._pictures, self.spelling)
        self.manuscript = self._page.manuscript
        self.notice = self._page.notice
        self.footer = self._page.footer
        self.link_field = self._page.link_field
        self.slash = self._page.slash
        self.slash.more = self._snippet_offers
        self.find_bar = self._page.find_bar
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("square-pen", tr("Select an entry, or press Ctrl+N to start one.")))
        self._stack.addWidget(self._page)
        self._connect()

    def attach(self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        """Edit entries of a workspace."""
        self._workspace, self._tasks = workspace, tasks
        self._pictures.attach(workspace, tasks)
        self._autosave.attach(workspace, tasks)
        self._lookout.attach(workspace, tasks)
        self.spelling.attach(workspace, changes, tasks)
        changes.changed.connect(self._on_changed)

    def show_entry(self, entry_id: UUID | None, endpoint_id: UUID | None) -> None:
        """Show an entry as one endpoint has it, None for none; what was typed before is saved first."""
        self.flush()
        workspace = self._workspace
        is_same = self._entry is not None and self._entry.id == entry_id
        if self._entry is not None and not is_same:
            self._histories.leave(self._entry.id, self.manuscript.state)
        self._endpoint_id = endpoint_id
        self.footer.publish.disarm()
        if workspace is None or entry_id is None:
            self._entry = None
            self._stack.setCurrentIndex(0)
            return
        try:
            entry = workspace.entry(entry_id)
            self._environment = workspace.endpoint(endpoint_id).environment if endpoint_id else None
            self._zone = ZoneInfo(workspace.coverage(entry.coverage_id).zone)
            self.manuscript.author = workspace.producer
        except Problem as problem:
            self._entry = None
            self._stack.setCurrentIndex(0)
            self.problem_raised.emit(problem)
            return
        self._entry, self._theirs = entry, None
        self.spelling.show_coverage(entry.coverage_id)
        if not is_same:
            self._page.begin()
            self._row, self._findings = None, ()
            state = state_of(entry)
            self._autosave.know(entry.id, state)
            self.manuscript.show_state(state, self._histories.take(entry.id, state), self._zone.key)
        self._stack.setCurrentIndex(1)
        self._show_all()
        self._look()

    def entry_id(self) -> UUID | None:
        """Return which entry is shown."""
        return self._entry.id if self._entry else None

    def flush(self) -> bool:
        """Save what is typed, now; False when it could not be saved."""
        return self._autosave.flush()

    def go_to_block(self, index: int) -> None:
        """Put the caret at the entry's block of an index."""
        if self._entry is not None:
            self.manuscript.go_to(index)

    def insert_block(self, block: Block) -> None:
        """Put a block below the caret."""
        if self._entry is not None:
            self.manuscript.insert(block)

    def bring_back(self, version: Entry, name: str) -> bool:
        """Put what another version of the entry shown says in its place, as a step; False when it is not shown."""
        if self._entry is None or self._entry.id != version.id:
            return False
        self.manuscript.replace_state(state_of(version), name)
        return True

    def focus_text(self) -> None:
        """Put the caret where writing goes on."""
        if self._entry is not None:
            self.manuscript.focus_end()

    def set_connected(self, connected: bool) -> None:  # noqa: FBT001 - a setter of one flag
        """Say whether the endpoint answers; the publish button's words follow."""
        self._is_connected = connected
        self._show_deed()

    def next_misspelling(self) -> None:
        """Select the next word that may be misspelt, and say so when there is none."""
        if self._entry is not None and not self.manuscript.next_misspelling():
            self.told.emit(tr("No misspelling found"))

    def show_snippets(self) -> None:
        """Show what is kept for using again, to put it in or to keep what is selected."""
        if self._workspace is not None and self._entry is not None:
            SnippetSheet(self._workspace, self.manuscript, self.window()).open()

    def _snippet_offers(self) -> tuple[Offer, ...]:
        kept = self._workspace.snippets() if self._workspace is not None else ()
        return tuple(Offer(each.name, "text-cursor", INSERT_SNIPPET, blocks=each.blocks) for each in kept)

    def dress(self) -> None:
        """Take on the colours and text sizes now in use, in everything typed and shown here."""
        dress(self)
        self._show_all()

    def press_publish(self) -> None:
        """Do what a press of the publish button does: arm it, or publish when it is armed."""
        if self._entry is not None:
            self.footer.publish.press()

    def _connect(self) -> None:
        self.manuscript.changed.connect(self._on_edited)
        self.manuscript.refused.connect(self.problem_raised)
        self.manuscript.told.connect(self.told)
        self.manuscript.caret_moved.connect(self._follow.start)
        self.notice.shown.connect(self._on_show_theirs)
        self.notice.kept.connect(self._on_keep_mine)
        self._page.status.compare_requested.connect(self._on_compare)
        self._page.status.revert_requested.connect(self._on_revert)
        self.footer.fix_requested.connect(self._on_fix)
        self.footer.ready_requested.connect(self._on_ready)
        self.footer.publish_confirmed.connect(self._on_publish)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.failed.connect(self.problem_raised)
        self._autosave.overwrote.connect(self._on_overwrote)
        self._lookout.looked.connect(self._on_looked)
        self._lookout.failed.connect(self.problem_raised)
        self._follow.timeout.connect(self._show_following)

    # --- what a person does -------------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        if self._entry is not None:
            self.footer.publish.disarm()
            self._autosave.put(self._entry.id, self.manuscript.state)
            self._follow.start()
            self._show_deed()

    def _on_fix(self, block: int | None) -> None:
        if block is None:
            self.manuscript.heading.focus("headline", 0, 0)
        else:
            self.manuscript.go_to(block)

    def _on_ready(self) -> None:
        if self._entry is not None and self.flush():
            self.ready_requested.emit(self._entry.id)

    def _on_publish(self) -> None:
        if self._entry is not None and self.flush():
            self.publish_requested.emit(self._entry.id)

    def _live(self) -> "Revision | None":
        if self._workspace is None or self._entry is None or self._endpoint_id is None:
            return None
        live = self._workspace.live_version(self._entry.id, self._endpoint_id)
        if live is None:
            problem = Problem(tr("The version readers have is not kept on this computer."))
            self.problem_raised.emit(problem)
        return live

    def _on_compare(self) -> None:
        live = self._live()
        if live is not None and self._entry is not None and self._row is not None:
            since, desk = self._row.live_at or live.made_at, entry_of(self._entry, self.manuscript.state)
            sheet = LiveVersionSheet(live.entry, since, desk, self._zone, self)
            sheet.confirmed.connect(self._on_revert)
            sheet.open()

    def _on_revert(self) -> None:
        if (live := self._live()) is not None:
            self.bring_back(live.entry, tr("Revert to what readers see"))

    # --- what others do -----------------------------------------------------------------------------------------

    def _on_saved(self, at: datetime) -> None:
        self.saved.emit(at)
        self._look()

    def _on_changed(self, change: Change) -> None:
        entry = self._entry
        if entry is None:
            return
        match change.kind:
            case ChangeKind.ENTRIES | ChangeKind.OUTBOX if not change.entry_ids or entry.id in change.entry_ids:
                self._look()
            case ChangeKind.ENDPOINTS | ChangeKind.COVERAGE | ChangeKind.COVERAGES:
                self._look()
            case _:
                pass

    def _look(self) -> None:
        if self._entry is not None:
            self._lookout.look(self._entry.id, self._endpoint_id)

    def _on_looked(self, looked: Looked) -> None:
        if self._entry is None or self._entry.id != looked.entry.id:
            return
        if looked.stamp % 2 or looked.stamp != self._autosave.stamp():
            # Something was written here during the look: what it saw may be from before.
            self._look()
            return
        self._row, self._findings = looked.row, looked.findings
        self._entry = theirs = looked.entry
        if self._autosave.is_news(theirs):
            if self._autosave.is_dirty() or self.manuscript.is_composing():
                self._on_overwrote(theirs)
            else:
                self.manuscript.adopt(state_of(theirs))
            self._autosave.know(theirs.id, state_of(theirs))
        self._show_all()

    def _on_overwrote(self, theirs: Entry) -> None:
        if self._entry is None or self._entry.id != theirs.id:
            return
        self._theirs = theirs
        self.notice.sentence.setText(tr("This entry was changed elsewhere while you were typing. Your text stands."))
        self.notice.show()

    def _on_show_theirs(self) -> None:
        self.notice.hide()
        if self._theirs is not None:
            theirs, self._theirs = self._theirs, None
            self.manuscript.replace_state(state_of(theirs), tr("Show theirs"))

    def _on_keep_mine(self) -> None:
        self.notice.hide()
        self._theirs = None

    # --- showing ------------------------------------------------------------------------------------------------

    def _show_all(self) -> None:
        is_rehearsal = self._environment is not Environment.PRODUCTION
        self._page.status.show_row(self._row, moment.now(), self._zone, is_rehearsal=is_rehearsal)
        self.footer.show_findings(self._findings, self._environment)
        self._show_following()
        self._show_deed()
        self._page.show_looks()

    def _show_following(self) -> None:
        state: State = self.manuscript.state
        surface = self.manuscript.focused_surface()
        selected = count_in(surface.said(*surface.caret())) if surface is not None else (0, 0)
        self._page.toolbar.show_length(*counts(state.headline, state.blocks), selected)

    def _show_deed(self) -> None:
        status = self._row.status if self._row else Status.DRAFT
        shown = deed(
            self._environment,
            status,
            self._findings,
            is_connected=self._is_connected,
            is_edited=self._autosave.is_dirty(),
        )
        self.footer.show_deed(shown, self._entry.stage if self._entry else Stage.DRAFT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take an arming back when nobody can see it."""
        self.footer.publish.disarm()
        super().hideEvent(event)
