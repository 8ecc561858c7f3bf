"""The summary bullets: written in place, ordered by keyboard or drag, bound to the entries they rest on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.identity import new_id
from desktop.domain.problem import Problem
from desktop.domain.text import clean
from ui.actions import Actions
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import Kind, Label, heading
from ui.summary.bullets import BulletList, bullet, point_of
from ui.summary.figures import Figures
from ui.theme import tokens

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

RECOMMENDED: Final = 5
_MOST: Final = 12
_LONGEST: Final = 300


class SummaryPane(QFrame):
    """The bullets of one coverage. Every edit is one call of the workspace, and the last one can be taken back."""

    problem_raised = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._coverage_id: UUID | None = None
        self._entry_id: UUID | None = None
        self._points: tuple[SummaryPoint, ...] = ()
        self._before: tuple[SummaryPoint, ...] | None = None
        self._is_filling = False
        # A row must not go while the editor in it is still handing over its words.
        self._refill = QTimer(self, singleShot=True, interval=0)
        self._refill.timeout.connect(self._on_refill)
        self._figures = Figures(self)
        self._figures.found.connect(self._on_found)
        self.list = BulletList()
        self.count = Label(kind=Kind.SOFT)
        self.warning = Label(kind=Kind.WARNING, wraps=True)
        self.add = _button("circle-plus", "Add a bullet")
        self.up = _button("arrow-up", "Move the bullet up (Alt+Up)")
        self.down = _button("arrow-down", "Move the bullet down (Alt+Down)")
        self.bind = _button("link", "Say that the bullet rests on the selected entry, or no longer does")
        self.delete = _button("trash-2", "Delete the bullet (Delete)")
        self.undo = _button("undo-2", "Take back the last change of the summary")
        self.publish = Button("Publish", icon("send"), tip=actions.row("publish_summary").tooltip)
        self.publish.setAccessibleName("Publish summary")
        self._lay_out()
        self.add.clicked.connect(self.add_point)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.bind.clicked.connect(self.bind_point)
        self.delete.clicked.connect(self.delete_point)
        self.undo.clicked.connect(self.take_back)
        self.publish.clicked.connect(actions["publish_summary"].trigger)
        actions.connect_to("add_point", self.add_point)
        actions.connect_to("bind_point", self.bind_point)
        self.list.moved.connect(self._on_moved)
        self.list.dropped.connect(self._on_dropped)
        self.list.delete_pressed.connect(self.delete_point)
        self.list.itemChanged.connect(self._on_edited)
        self.list.itemDelegate().closeEditor.connect(self._on_editor_closed)
        self.list.currentRowChanged.connect(self._enable)
        self.show_coverage(None)

    def _lay_out(self) -> None:
        look = tokens()
        self.setAccessibleName("Summary")
        title = QHBoxLayout()
        title.addWidget(heading("Summary bullets"))
        title.addStretch(1)
        title.addWidget(self.count)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        self._tools = (self.add, self.up, self.down, self.bind, self.delete, self.undo)
        for button in self._tools:
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self.publish)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_m)
        column.setSpacing(look.space_s)
        column.addLayout(title)
        column.addWidget(self.list, 1)
        column.addWidget(self.warning)
        column.addLayout(tools)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the word of the button out where there is no room for it: its icon and name stay."""
        super().resizeEvent(event)
        self.publish.say("Publish")
        self.publish.setAccessibleName("Publish summary")
        needed = sum(each.sizeHint().width() for each in (*self._tools, self.publish))
        if needed + 2 * tokens().space_l > self.width():
            self.publish.setText("")

    def attach(self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        """Read from a workspace from now on."""
        self._workspace = workspace
        self._figures.attach(workspace, tasks)
        changes.changed.connect(self._on_changed)

    def detach(self) -> None:
        """Read nothing any more."""
        self._workspace = None
        self._figures.detach()

    def show_coverage(self, coverage: Coverage | None) -> None:
        """Show a coverage's bullets."""
        self._coverage_id = coverage.id if coverage else None
        self._before = None
        self._fill(coverage.summary if coverage else ())

    def show_entry(self, entry_id: UUID | None) -> None:
        """Know which entry a bullet would be bound to."""
        self._entry_id = entry_id
        self._enable()

    @property
    def points(self) -> tuple[SummaryPoint, ...]:
        """The bullets shown."""
        return self._points

    def add_point(self) -> None:
        """Put in an empty bullet at the end, and edit it; it is kept once it says something."""
        if self._coverage_id is None or self.list.count() >= _MOST:
            return
        bound = (self._entry_id,) if self._entry_id else ()
        self._is_filling = True
        item = bullet(SummaryPoint(new_id(), "", bound))
        self.list.addItem(item)
        self._is_filling = False
        self.list.setCurrentItem(item)
        self.list.editItem(item)

    def delete_point(self) -> None:
        """Delete the bullet the selection is on."""
        at = self.list.currentRow()
        if 0 <= at < len(self._points):
            self._save((*self._points[:at], *self._points[at + 1 :]))

    def bind_point(self) -> None:
        """Bind the bullet to the selected entry, or loose it from there."""
        at = self.list.currentRow()
        if not 0 <= at < len(self._points) or self._entry_id is None:
            return
        point, entry_id = self._points[at], self._entry_id
        others = tuple(each for each in point.rests_on if each != entry_id)
        bound = replace(point, rests_on=others if entry_id in point.rests_on else (*point.rests_on, entry_id))
        self._save((*self._points[:at], bound, *self._points[at + 1 :]))

    def take_back(self) -> None:
        """Take back the last change; pressed again, do it again."""
        if self._before is not None:
            self._save(self._before)

    def _on_up(self) -> None:
        self._on_moved(-1)

    def _on_down(self) -> None:
        self._on_moved(1)

    def _on_moved(self, rows: int) -> None:
        at = self.list.currentRow()
        to = at + rows
        if 0 <= at < len(self._points) and 0 <= to < len(self._points):
            moved = [*self._points[:at], *self._points[at + 1 :]]
            moved.insert(to, self._points[at])
            self._save(moved, current=to)

    def _on_dropped(self) -> None:
        self._save([point for point in self.list.points() if point.text], current=self.list.currentRow())

    def _on_edited(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        written = clean(item.text()).replace("\n", " ").strip()[:_LONGEST]
        edited = point_of(item)
        at = self.list.row(item)
        points = list(self._points)
        if at >= len(points):
            points += [replace(edited, text=written)] if written else []
        elif written:
            points[at] = replace(points[at], text=written)
        else:
            del points[at]
        self._keep(tuple(points))
        self._refill.start()

    def _on_editor_closed(self) -> None:
        if self.list.count() != len(self._points):
            self._refill.start()

    def _on_refill(self) -> None:
        self._fill(self._points)

    def _save(self, points: Sequence[SummaryPoint], *, current: int | None = None) -> None:
        at = self.list.currentRow() if current is None else current
        self._keep(tuple(points))
        self._fill(self._points)
        self.list.setCurrentRow(min(at, self.list.count() - 1))

    def _keep(self, points: tuple[SummaryPoint, ...]) -> None:
        if self._workspace is None or self._coverage_id is None or points == self._points:
            return
        try:
            self._workspace.save_summary(self._coverage_id, points, by=self)
        except Problem as problem:
            self.problem_raised.emit(problem)
            return
        self._before, self._points = self._points, points

    def _fill(self, points: tuple[SummaryPoint, ...]) -> None:
        self._points = points
        self._is_filling = True
        self.list.show_points(points)
        self._is_filling = False
        count = f"{len(points)} of {RECOMMENDED}"
        self.count.setText(f"{count} · shorten" if len(points) > RECOMMENDED else count)
        self.count.setAccessibleName(f"{len(points)} bullets, {RECOMMENDED} are recommended")
        self._figures.look_at(self._coverage_id)
        self._enable()

    def _on_found(self, sentences: tuple[str, ...]) -> None:
        self.warning.setText("\n".join(sentences))
        self.warning.setVisible(bool(sentences))

    def _enable(self) -> None:
        at, count = self.list.currentRow(), len(self._points)
        is_on = 0 <= at < count
        has_page = self._coverage_id is not None and self._workspace is not None
        self.add.setEnabled(has_page and count < _MOST)
        self.up.setEnabled(is_on and at > 0)
        self.down.setEnabled(is_on and at < count - 1)
        self.bind.setEnabled(is_on and self._entry_id is not None)
        self.delete.setEnabled(is_on)
        self.undo.setEnabled(self._before is not None)
        self.publish.setEnabled(has_page and count > 0)

    def _on_changed(self, change: Change) -> None:
        if self._workspace is None or self._coverage_id is None or change.coverage_id != self._coverage_id:
            return
        if change.kind is ChangeKind.COVERAGE and change.by is not self:
            points = self._workspace.coverage(self._coverage_id).summary
            if points != self._points:
                self._before = None
                self._fill(points)
        elif change.kind is ChangeKind.OUTBOX:
            self._figures.look_at(self._coverage_id)


def _button(name: str, text: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("kind", "small")
    made.setIcon(icon(name))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(text)
    made.setToolTip(text)
    return made
