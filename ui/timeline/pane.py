"""The timeline with its heading and filters."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.clock import Clock
from desktop.domain.timeline import TimelineRow, boundaries
from ui.actions import Actions
from ui.shared import times
from ui.shared.empty import EmptyState
from ui.shared.label import ElidedLabel, Kind, Size, heading
from ui.theme import tokens
from ui.timeline.difference import Rows
from ui.timeline.filters import Filters
from ui.timeline.finding import Found, find
from ui.timeline.menu import RowMenu
from ui.timeline.model import TimelineModel
from ui.timeline.view import TimelineView
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.domain.coverage import Coverage
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

Asked = TypeVar("Asked")
Read = TypeVar("Read")

_SEEN = 40  # rows a tall window shows; they are read before all others
_FEW = 100  # rows read at once here; more are read in a thread, with all others


class TimelinePane(QWidget):
    """Lists one coverage's entries. `entry_chosen(id or None)` tells which the producer went to."""

    entry_chosen = Signal(object)
    problem_raised = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._coverage_id: UUID | None = None
        self._endpoint_id: UUID | None = None
        self._all: Rows = ()
        self._found: frozenset[UUID] | None = None
        self._chosen: UUID | None = None
        self._changed: dict[UUID, None] = {}
        self._again: dict[UUID, None] = {}
        self._listed: UUID | None = None
        self._turn = 0
        self._reading: asyncio.Task[object] | None = None
        self.model = TimelineModel(self)
        self.view = TimelineView(self.model)
        self._clock: Clock = ()
        self._menu = RowMenu(actions, self)
        self.filters = Filters()
        self.words, self.states = self.filters.words, self.filters.states
        self.day = ElidedLabel(kind=Kind.SOFT, size=Size.SMALL)
        self._nothing = EmptyState(
            "file-text",
            tr("No entry yet"),
            tr("Press Ctrl+N: the newest entry will stand on top."),
            (actions["new_entry"],),
        )
        self._no_match = EmptyState(
            "search", tr("Nothing matches"), tr("Change the words, the state or the day above.")
        )
        self._stack = QStackedWidget()
        self._lay_out()
        for local in ("next_entry", "previous_entry"):
            self.view.addAction(actions[local])
        actions.connect_to("next_entry", self._on_next)
        actions.connect_to("previous_entry", self._on_previous)
        self.view.entry_chosen.connect(self._on_chosen)
        self.view.verticalScrollBar().valueChanged.connect(self._show_day)
        # Several changes told at once are one reading.
        self._taking = QTimer(self, singleShot=True, interval=0)
        self._taking.timeout.connect(self._on_taking)
        self.filters.words_changed.connect(self._on_words)
        self.filters.changed.connect(self._filter)
        self.view.menu_wanted.connect(self._menu.open_at)
        self._filter()

    def _lay_out(self) -> None:
        look = tokens()
        title = QHBoxLayout()
        title.addWidget(heading(tr("Timeline")))
        title.addSpacing(look.space_s)
        title.addWidget(self.day, 1)
        self.day.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        top = QVBoxLayout()
        top.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_s)
        top.setSpacing(look.space_s)
        top.addLayout(title)
        top.addWidget(self.filters)
        for page in (self.view, self._nothing, self._no_match):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.setAccessibleName(tr("Timeline"))
        # While there is no row to stand on, the keyboard waits here for one.
        self._stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def take_keys(self) -> None:
        """Take the keyboard: to the list, as soon as there is one."""
        (self.view if self.view.isVisibleTo(self) else self._stack).setFocus()

    def show_first(self, rows: Rows, zone: str) -> None:
        """Show rows that were read before the workspace was opened."""
        self.model.set_zone(moment.zone(zone))
        self._take(rows)

    def attach(self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        """Read from a workspace from now on."""
        self._workspace = workspace
        self._tasks = tasks
        changes.changed.connect(self._on_changed)

    def show_coverage(self, coverage_id: UUID | None, endpoint_id: UUID | None) -> None:
        """List a coverage with its statuses at an endpoint."""
        if coverage_id != self._coverage_id:
            self._listed = None
            self.filters.clear()
            self._found = None
        self._coverage_id = coverage_id
        self._endpoint_id = endpoint_id
        if coverage_id is None or self._workspace is None:
            self._turn += 1
            self._changed.clear()
            self._take(())
            return
        self._look_at(self._workspace.coverage(coverage_id))
        if self._listed != coverage_id:
            # What is seen first is read at once, and costs the same in a coverage of any length.
            self._take(self._workspace.timeline(coverage_id, endpoint_id, limit=_SEEN))
        self._read_all()

    def choose(self, entry_id: UUID | None) -> None:
        """Put the selection on an entry, as soon as it is listed."""
        self._chosen = entry_id
        self.view.choose(entry_id)

    def dress(self) -> None:
        """Take on the colours and text sizes now in use: every row may have another height."""
        self.view.scheduleDelayedItemsLayout()
        self.view.viewport().update()

    @property
    def rows(self) -> Rows:
        """Every row of the coverage, also those the filters hide."""
        return self._all

    def detach(self) -> None:
        """Read nothing any more."""
        self._workspace = None
        self._taking.stop()
        self.filters.stop()

    def _read_all(self) -> None:
        if self._workspace is None or self._tasks is None or self._coverage_id is None:
            return
        self._changed.clear()
        self._again.clear()
        self._turn += 1
        read = partial(self._workspace.timeline, self._coverage_id, self._endpoint_id)
        self._reading = self._tasks.run_in_thread(_read_for, self._turn, read, done=self._on_read)

    def _on_read(self, read: tuple[int, Rows]) -> None:
        turn, rows = read
        if turn == self._turn:
            self._reading = None
            self._listed = self._coverage_id
            self._take(rows)
            # What changed while the thread read may be missing from what it read.
            self._changed.update(self._again)
            self._taking.start()

    @property
    def _shows_all(self) -> bool:
        return self.filters.shows_all and self._found is None

    def _on_changed(self, change: Change) -> None:
        if self._workspace is None or self._coverage_id is None:
            return
        if change.kind is ChangeKind.COVERAGES or change.coverage_id not in {None, self._coverage_id}:
            return
        if change.kind is ChangeKind.ENDPOINTS:
            return
        if change.kind is ChangeKind.COVERAGE:
            self._look_at(self._workspace.coverage(self._coverage_id))
        self._changed.update(dict.fromkeys(change.entry_ids))
        self._taking.start()

    def _look_at(self, coverage: "Coverage") -> None:
        """Take on a coverage's zone and the turns of its clock."""
        zone = moment.zone(coverage.zone)
        if zone != self.model.zone:
            self.model.set_zone(zone)
            self.filters.offer_days(self._all, zone)
        if coverage.clock != self._clock:
            self._clock = coverage.clock
            self._draw_boundaries()

    def _draw_boundaries(self) -> None:
        """Pages are counted from the oldest row: they are drawn once all are read, and among all rows alone."""
        is_whole = self._listed == self._coverage_id
        self.model.set_boundaries(boundaries(self._all, self._clock) if is_whole and self._found is None else {})

    def _on_taking(self) -> None:
        """Read only the rows that changed."""
        if self._workspace is None or not self._changed:
            return
        changed, self._changed = tuple(self._changed), {}
        if self._reading is not None and not self._reading.done():
            self._again.update(dict.fromkeys(changed))
            if self._listed != self._coverage_id:
                return
        if len(changed) > _FEW:
            self._read_all()
            return
        found = self._workspace.timeline_rows(changed, self._endpoint_id)
        stay = [row for row in found.values() if self.model.is_in_place(row)]
        if len(stay) == len(changed) and self._shows_all:
            # None came, went or moved: no other row is looked at.
            is_cut_anew = self.model.cuts_anew(stay)
            self._all = self.model.update(stay)
            if is_cut_anew:
                self._draw_boundaries()
            return
        self._merge(changed, found)

    def _merge(self, changed: tuple[UUID, ...], found: dict[UUID, TimelineRow]) -> None:
        rows = {row.id: row for row in self._all}
        was = {entry_id: rows[entry_id].at for entry_id in changed if entry_id in rows}
        for entry_id in changed:
            row = found.get(entry_id)
            if row is None:
                rows.pop(entry_id, None)
            else:
                rows[entry_id] = row
        # A dictionary keeps the places of those that stay: only what came, or was retimed, needs sorting.
        has_moved = any(rows[each].at != was.get(each) for each in changed if each in rows)
        newest_first = sorted(rows.values(), key=_order, reverse=True) if has_moved else rows.values()
        self._take(tuple(newest_first))

    def _take(self, rows: Rows) -> None:
        self._all = rows
        self.filters.offer_days(rows, self.model.zone)
        self._filter()

    def _filter(self) -> None:
        shown = self.filters.kept(self._all, self._found)
        self.view.follow(on=True)
        self.model.show_rows(shown)
        self.view.follow(on=False)
        self._draw_boundaries()
        if self.view.chosen != self._chosen:
            self.view.choose(self._chosen)
        page: QWidget = self.view if shown else self._no_match if self._all else self._nothing
        self._stack.setCurrentWidget(page)
        if page is self.view and self._stack.hasFocus():
            self.view.setFocus()
        self._show_day()

    def _on_words(self) -> None:
        words = self.filters.typed
        if not words or self._workspace is None or self._tasks is None or self._coverage_id is None:
            self._show_found("", None, {})
            return
        read = partial(find, self._workspace, self._coverage_id, words)
        self._tasks.run_in_thread(_read_for, words, read, done=self._on_found)

    def _on_found(self, found: tuple[str, Found]) -> None:
        words, (entry_ids, excerpts) = found
        if words == self.filters.typed:
            self._show_found(words, entry_ids, excerpts)

    def _show_found(self, words: str, entry_ids: frozenset[UUID] | None, excerpts: dict[UUID, str]) -> None:
        self._found = entry_ids
        self._filter()
        self.model.set_found(words, excerpts)

    def _on_chosen(self, entry_id: UUID | None) -> None:
        self._chosen = entry_id
        self.entry_chosen.emit(entry_id)

    def _on_next(self) -> None:
        self.view.step(1)

    def _on_previous(self) -> None:
        self.view.step(-1)

    def _show_day(self) -> None:
        at = self.view.indexAt(self.view.viewport().rect().topLeft())
        rows = self.model.rows
        self.day.setText(times.day(rows[max(at.row(), 0)].at, self.model.zone) if rows else "")


def _order(row: TimelineRow) -> tuple[datetime, UUID]:
    return (row.at, row.id)


def _read_for(asked: Asked, read: Callable[[], Read]) -> tuple[Asked, Read]:
    """Read in a thread, and say what was asked: the answer may be out of date when it arrives."""
    return asked, read()
