"""The timeline with its heading and filters."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.actions import Actions
from ui.icons import icon
from ui.shared import states, times
from ui.shared.choice import Choice
from ui.shared.empty import EmptyState
from ui.shared.label import ElidedLabel, Kind, Size, heading
from ui.theme import tokens
from ui.timeline.difference import Rows
from ui.timeline.model import TimelineModel
from ui.timeline.view import TimelineView

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

Asked = TypeVar("Asked")

_PAUSE = 150  # milliseconds of silence before typed words are looked for
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
        self.words = QLineEdit()
        self.states = Choice("Show entries in state")
        self.day = ElidedLabel(kind=Kind.SOFT, size=Size.SMALL)
        self._nothing = EmptyState(
            "file-text", "No entry yet", "The newest entry will stand on top.", (actions["new_entry"],)
        )
        self._no_match = EmptyState("search", "Nothing matches", "Change the words or the state above.")
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
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
        self.words.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._on_words)
        self.states.currentIndexChanged.connect(self._filter)
        self._filter()

    def _lay_out(self) -> None:
        look = tokens()
        self.words.setPlaceholderText("Find in the timeline")
        self.words.setAccessibleName("Find in the timeline")
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.states.addItem("All states", None)
        for status in Status:
            shown = states.look(status)
            self.states.addItem(icon(shown.icon, shown.colour), shown.word, status.value)
        title = QHBoxLayout()
        title.addWidget(heading("Timeline"))
        title.addSpacing(look.space_s)
        title.addWidget(self.day, 1)
        self.day.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        filters = QHBoxLayout()
        filters.setSpacing(look.space_s)
        filters.addWidget(self.words, 3)
        filters.addWidget(self.states, 2)
        top = QVBoxLayout()
        top.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_s)
        top.setSpacing(look.space_s)
        top.addLayout(title)
        top.addLayout(filters)
        for page in (self.view, self._nothing, self._no_match):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.setAccessibleName("Timeline")
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
            self.words.clear()
            self.states.setCurrentIndex(0)
            self._found = None
        self._coverage_id = coverage_id
        self._endpoint_id = endpoint_id
        if coverage_id is None or self._workspace is None:
            self._turn += 1
            self._changed.clear()
            self._take(())
            return
        self.model.set_zone(moment.zone(self._workspace.coverage(coverage_id).zone))
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
        self._typing.stop()

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
        return self.states.currentData() is None and self._found is None

    def _on_changed(self, change: Change) -> None:
        if self._workspace is None or self._coverage_id is None:
            return
        if change.kind is ChangeKind.COVERAGES or change.coverage_id not in {None, self._coverage_id}:
            return
        if change.kind is ChangeKind.ENDPOINTS:
            return
        if change.kind is ChangeKind.COVERAGE:
            zone = moment.zone(self._workspace.coverage(self._coverage_id).zone)
            if zone != self.model.zone:
                self.model.set_zone(zone)
        self._changed.update(dict.fromkeys(change.entry_ids))
        self._taking.start()

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
            self._all = self.model.update(stay)
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
        self._filter()

    def _filter(self) -> None:
        wanted = self.states.currentData()
        shown = tuple(
            row
            for row in self._all
            if (wanted is None or row.status == wanted) and (self._found is None or row.id in self._found)
        )
        self.view.follow(on=True)
        self.model.show_rows(shown)
        self.view.follow(on=False)
        if self.view.chosen != self._chosen:
            self.view.choose(self._chosen)
        page: QWidget = self.view if shown else self._no_match if self._all else self._nothing
        self._stack.setCurrentWidget(page)
        if page is self.view and self._stack.hasFocus():
            self.view.setFocus()
        self._show_day()

    def _on_words(self) -> None:
        words = self.words.text().strip()
        if not words or self._workspace is None or self._tasks is None or self._coverage_id is None:
            self._found = None
            self._filter()
            return
        read = partial(self._workspace.timeline, self._coverage_id, self._endpoint_id, words=words)
        self._tasks.run_in_thread(_read_for, words, read, done=self._on_found)

    def _on_found(self, found: tuple[str, Rows]) -> None:
        words, rows = found
        if words == self.words.text().strip():
            self._found = frozenset(row.id for row in rows)
            self._filter()

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


def _read_for(asked: Asked, read: Callable[[], Rows]) -> tuple[Asked, Rows]:
    """Read in a thread, and say what was asked: the answer may be out of date when it arrives."""
    return asked, read()
