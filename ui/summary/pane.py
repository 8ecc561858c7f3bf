"""The summary bullets: written in place, ordered by keyboard or drag, bound to the entries they rest on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidgetItem, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.domain import moment
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.domain.summary import LONGEST_SUMMARY, count_words
from desktop.domain.text import clean
from ui.actions import Actions
from ui.icons import icon
from ui.shared.arming import ArmedButton
from ui.shared.fold import Fold
from ui.shared.label import ElidedLabel, Kind, Label, Size, heading
from ui.summary.binding import BindSheet
from ui.summary.bonds import Bonds
from ui.summary.bullets import BulletList, bullet, point_of
from ui.summary.figures import Figures
from ui.summary.points import Points
from ui.summary.standing import compared, deed, standing
from ui.summary.versions import VersionsSheet
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.tasks import Tasks

RECOMMENDED: Final = 5
_MOST: Final = 12
_LONGEST: Final = 300


class SummaryPane(QFrame):
    """The bullets of one coverage. Every edit is one call of the workspace, and the last one can be taken back.

    `publish_confirmed()` tells the second press of the armed button, `entry_chosen(id)` an entry a bullet rests on.
    """

    problem_raised = Signal(object)
    publish_confirmed = Signal()
    entry_chosen = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._entry_id: UUID | None = None
        self._zone = ZoneInfo("UTC")
        self._endpoint: Endpoint | None = None
        self._is_connected = True
        self._is_filling = False
        # A row must not go while the editor in it is still handing over its words.
        self._refill = QTimer(self, singleShot=True, interval=0)
        self._refill.timeout.connect(self._fill)
        self._points = Points(self)
        self._figures = Figures(self)
        self.list = BulletList()
        self.bonds = Bonds()
        self.count = ElidedLabel(kind=Kind.SOFT, size=Size.SMALL)
        self.readers = ElidedLabel(kind=Kind.SOFT, size=Size.SMALL)
        self.warning = Label(kind=Kind.WARNING, size=Size.SMALL, wraps=True)
        self.add = _button("circle-plus", tr("Add a bullet"))
        self.up = _button("arrow-up", tr("Move the bullet up (Alt+Up)"))
        self.down = _button("arrow-down", tr("Move the bullet down (Alt+Down)"))
        self.bind = _button("link", tr("Say that the bullet rests on the selected entry, or no longer does"))
        self.delete = _button("trash-2", tr("Delete the bullet (Delete)"))
        self.undo = _button("undo-2", tr("Take back the last change of the summary"))
        self.more = _button("ellipsis", tr("More about the summary"))
        self.publish = ArmedButton()
        self.publish.setToolTip(actions.row("publish_summary").tooltip)
        self._lay_out()
        self._fill_menu(actions)
        self._join(actions)
        self.show_endpoint(None)
        self.show_coverage(None)

    def _lay_out(self) -> None:
        look = tokens()
        self.setAccessibleName(tr("Summary"))
        title = QHBoxLayout()
        title.setSpacing(look.space_s)
        title.addWidget(heading(tr("Summary bullets")))
        title.addWidget(self.count, 1)
        self.count.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.add, self.up, self.down, self.bind, self.delete, self.undo, self.more):
            row.addWidget(button)
        row.addStretch(1)
        self._foot = Fold(tools, self.publish, spacing=look.space_s)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_l, look.space_m, look.space_l, look.space_m)
        column.setSpacing(look.space_s)
        column.addLayout(title)
        column.addWidget(self.list, 1)
        for part in (self.bonds, self.warning, self.readers, self._foot):
            column.addWidget(part)

    def _fill_menu(self, actions: Actions) -> None:
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        for action_id in ("add_point", "point_from_entry", "bind_point"):
            menu.addAction(actions[action_id])
        self._search = QAction(icon("search"), tr("Bind by &search…"), menu)
        self._search.setToolTip(tr("Find the entries the chosen bullet rests on by their words"))
        self._search.triggered.connect(self.search_entries)
        self._versions = QAction(icon("history"), tr("&Versions, and what readers see…"), menu)
        self._versions.setToolTip(tr("Compare the bullets with what readers see and with every kept version"))
        self._versions.triggered.connect(self.show_versions)
        for own in (self._search, self._versions):
            own.setMenuRole(QAction.MenuRole.NoRole)
            menu.addAction(own)
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _join(self, actions: Actions) -> None:
        for button, slot in (
            (self.add, self.add_point),
            (self.up, self._on_up),
            (self.down, self._on_down),
            (self.bind, self.bind_point),
            (self.delete, self.delete_point),
            (self.undo, self._points.take_back),
        ):
            button.clicked.connect(slot)
        actions.connect_to("add_point", self.add_point)
        actions.connect_to("bind_point", self.bind_point)
        actions.connect_to("publish_summary", self.publish.press)
        self.publish.confirmed.connect(self.publish_confirmed)
        self.list.moved.connect(self._on_moved)
        self.list.dropped.connect(self._on_dropped)
        self.list.delete_pressed.connect(self.delete_point)
        self.list.itemChanged.connect(self._on_edited)
        self.list.itemDelegate().closeEditor.connect(self._on_editor_closed)
        self.list.currentRowChanged.connect(self._on_current)
        self.bonds.entry_chosen.connect(self.entry_chosen)
        self.bonds.confirmed.connect(self._on_still_true)
        self._points.changed.connect(self._fill)
        self._points.grounds_changed.connect(self._say_anew)
        self._points.problem_raised.connect(self.problem_raised)
        self._figures.found.connect(self._on_found)

    def attach(self, workspace: "Workspace", changes: "ChangeBridge", tasks: "Tasks") -> None:
        """Read from a workspace from now on."""
        self._workspace, self._tasks = workspace, tasks
        self._points.attach(workspace, changes)
        self._figures.attach(workspace, tasks)

    def detach(self) -> None:
        """Read nothing any more."""
        self._workspace = None
        self._points.detach()
        self._figures.detach()

    def show_coverage(self, coverage: Coverage | None) -> None:
        """Show a coverage's bullets."""
        self.publish.disarm()
        self._zone = moment.zone(coverage.zone if coverage else "UTC")
        self._points.show_coverage(coverage)

    def show_endpoint(self, endpoint: Endpoint | None) -> None:
        """Know where the bullets would be published to, and what readers have there."""
        self._endpoint = endpoint
        self._say_deed()
        self._points.show_endpoint(endpoint.id if endpoint else None)

    def set_connected(self, is_connected: bool) -> None:  # noqa: FBT001 - a state, as the editor has it
        """Say whether the endpoint can be reached: if not, publishing waits in the outbox."""
        self._is_connected = is_connected
        self._say_deed()

    def _say_deed(self) -> None:
        said = deed(
            self._endpoint.environment if self._endpoint else Environment.REHEARSAL, is_connected=self._is_connected
        )
        room = self.width() - 2 * tokens().space_l
        needed = self.publish.fontMetrics().horizontalAdvance(max(said.words, said.again, key=len)) * 1.1
        if needed + 2 * tokens().icon + tokens().space_xl <= room:
            self.publish.set_words(said.words, said.again, said.kind)
        else:
            self.publish.set_words(said.short, tr("Press again"), said.kind)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out of the button's words what there is no room for."""
        super().resizeEvent(event)
        self._say_deed()

    def show_entry(self, entry_id: UUID | None) -> None:
        """Know which entry a bullet would be bound to."""
        self._entry_id = entry_id
        self._enable()

    def dress(self) -> None:
        """Take on the text sizes now in use."""
        self._say_deed()
        self._foot.fold()
        self.bonds.dress()
        self.list.scheduleDelayedItemsLayout()

    @property
    def points(self) -> tuple[SummaryPoint, ...]:
        """The bullets shown."""
        return self._points.all

    @property
    def _chosen(self) -> SummaryPoint | None:
        at = self.list.currentRow()
        return self.points[at] if 0 <= at < len(self.points) else None

    # Deeds

    def add_point(self) -> None:
        """Put in an empty bullet at the end, and edit it; it is kept once it says something."""
        self._add("")

    def add_from(self, words: str) -> None:
        """Put in a bullet that says words of the selected entry and rests on it, and edit it."""
        self._add(" ".join(clean(words).split())[:_LONGEST])

    def _add(self, words: str) -> None:
        if not self._points.is_open or self.list.count() >= _MOST:
            return
        point = SummaryPoint(new_id(), words, (self._entry_id,) if self._entry_id else ())
        if words:
            self._points.save((*self.points, point))
        else:
            self._is_filling = True
            self.list.addItem(bullet(point))
            self._is_filling = False
        item = self.list.item(self.list.count() - 1)
        self.list.setCurrentItem(item)
        self.list.editItem(item)

    def delete_point(self) -> None:
        """Delete the bullet the selection is on."""
        at = self.list.currentRow()
        if 0 <= at < len(self.points):
            self._save((*self.points[:at], *self.points[at + 1 :]))

    def bind_point(self) -> None:
        """Bind the bullet to the selected entry, or loose it from there."""
        point, entry_id = self._chosen, self._entry_id
        if point is not None and entry_id is not None:
            others = tuple(each for each in point.rests_on if each != entry_id)
            self._rest(point, others if entry_id in point.rests_on else (*point.rests_on, entry_id))

    def search_entries(self) -> None:
        """Ask for the entries the chosen bullet rests on."""
        point, coverage_id = self._chosen, self._points.coverage_id
        if point is None or coverage_id is None or self._workspace is None or self._tasks is None:
            return
        self._asked_for = point.id
        sheet = BindSheet(point, self._workspace, coverage_id, self._zone, self._tasks, self.window())
        sheet.bound.connect(self._on_bound)
        sheet.open()

    def show_versions(self) -> None:
        """Compare the bullets with what readers see and with what was kept."""
        points = self._points
        sheet = VersionsSheet(self.points, points.versions(), points.live, self._zone, moment.now(), self.window())
        sheet.restore_requested.connect(points.restore)
        sheet.open()

    def _on_bound(self, entry_ids: tuple[UUID, ...]) -> None:
        point = next((each for each in self.points if each.id == self._asked_for), None)
        if point is not None:
            self._rest(point, entry_ids)

    def _rest(self, point: SummaryPoint, entry_ids: tuple[UUID, ...]) -> None:
        self._save([replace(each, rests_on=entry_ids) if each.id == point.id else each for each in self.points])

    def _on_still_true(self) -> None:
        if self._chosen is not None:
            at = self.list.currentRow()
            self._points.confirm(self._chosen)
            self.list.setCurrentRow(at)

    def _on_up(self) -> None:
        self._on_moved(-1)

    def _on_down(self) -> None:
        self._on_moved(1)

    def _on_moved(self, rows: int) -> None:
        at = self.list.currentRow()
        to = at + rows
        if 0 <= at < len(self.points) and 0 <= to < len(self.points):
            moved = [*self.points[:at], *self.points[at + 1 :]]
            moved.insert(to, self.points[at])
            self._save(moved, current=to)

    def _on_dropped(self) -> None:
        self._save([point for point in self.list.points() if point.text], current=self.list.currentRow())

    def _on_edited(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        written = clean(item.text()).replace("\n", " ").strip()[:_LONGEST]
        at, points = self.list.row(item), list(self.points)
        if at >= len(points):
            points += [replace(point_of(item), text=written)] if written else []
        elif written:
            points[at] = replace(points[at], text=written)
        else:
            del points[at]
        self._is_filling = True
        self._points.save(points)
        self._is_filling = False
        self._refill.start()

    def _on_editor_closed(self) -> None:
        if self.list.count() != len(self.points):
            self._refill.start()

    def _save(self, points: Sequence[SummaryPoint], *, current: int | None = None) -> None:
        at = self.list.currentRow() if current is None else current
        self._points.save(points)
        self._fill()
        self.list.setCurrentRow(min(at, self.list.count() - 1))

    # What is shown

    def _fill(self) -> None:
        if self._is_filling:
            return
        self._is_filling = True
        self.list.show_points(self.points, {})
        self._is_filling = False
        words = sum(count_words(point.text) for point in self.points)
        is_long = len(self.points) > RECOMMENDED or words > LONGEST_SUMMARY
        said = tr("{count} of {most} · {words} words").format(count=len(self.points), most=RECOMMENDED, words=words)
        self.count.setText(tr("{counted}, shorten").format(counted=said) if is_long else said)
        self._say_anew()
        self._figures.look_at(self._points.coverage_id)
        self._enable()

    def _say_anew(self) -> None:
        now, grounds = moment.now(), self._points.grounds
        self._is_filling = True
        self.list.say_anew({each.id: standing(each, grounds, now, self._zone) for each in self.points})
        self._is_filling = False
        self.readers.setText(compared(self.points, self._points.live, now, self._zone))
        self.readers.setVisible(bool(self.readers.text()))
        self._on_current()

    def _on_current(self) -> None:
        self.bonds.show_point(self._chosen, self._points.grounds, moment.now(), self._zone)
        self._enable()

    def _on_found(self, sentences: tuple[str, ...]) -> None:
        self.warning.setText("\n".join(sentences))
        self.warning.setVisible(bool(sentences))

    def _enable(self) -> None:
        at, count = self.list.currentRow(), len(self.points)
        is_on = 0 <= at < count
        self.add.setEnabled(self._points.is_open and count < _MOST)
        self.up.setEnabled(is_on and at > 0)
        self.down.setEnabled(is_on and at < count - 1)
        self.bind.setEnabled(is_on and self._entry_id is not None)
        self._search.setEnabled(is_on)
        self._versions.setEnabled(self._points.is_open)
        self.delete.setEnabled(is_on)
        self.undo.setEnabled(self._points.can_take_back)
        self.publish.setEnabled(self._points.is_open and (count > 0 or self._points.live is not None))


def _button(name: str, text: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("kind", "small")
    made.setIcon(icon(name))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(text)
    made.setToolTip(text)
    return made
