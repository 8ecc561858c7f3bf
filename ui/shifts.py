"""The page's clock and its shifts in the window: planning, handing over, what is overdue, recent pages, deleting."""

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.coverage import Coverage
from desktop.domain.status import Status
from ui.confirm import ConfirmSheet
from ui.coverages.handover import HandoverSheet, HandoverStrip
from ui.coverages.plan import PlanSheet
from ui.recent import RecentMenu
from ui.words import tr

if TYPE_CHECKING:
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge
    from ui.window import Window

_LIVE: Final = frozenset({Status.LIVE, Status.LIVE_EDITED})


class Shifts(QObject):
    """Joins what concerns a page as a whole. `strip` shows what the shift before has left."""

    def __init__(self, window: "Window", workspace: "Workspace", changes: "ChangeBridge") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self.strip = HandoverStrip()
        self.recent = RecentMenu(workspace, window)
        window.place_strip(self.strip)
        files = next(each for each in window.menuBar().findChildren(QMenu) if self._opens(each))
        files.insertMenu(window.deeds["import_file"], self.recent)
        for action_id, deed in {
            "plan_clock": self.ask_plan,
            "hand_over": self.ask_handover,
            "delete_coverage": self.ask_delete,
        }.items():
            window.deeds.connect_to(action_id, deed)
        self.recent.coverage_chosen.connect(window.desk.open_coverage)
        self.strip.taken_over.connect(self._on_taken_over)
        window.desk.coverage_shown.connect(self._on_coverage)
        changes.changed.connect(self._on_changed)

    def _opens(self, menu: QMenu) -> bool:
        return self._window.deeds["import_file"] in menu.actions()

    def ask_plan(self) -> None:
        """Ask when coverage is meant to start."""
        coverage = self._window.desk.coverage
        if coverage is not None:
            plan = partial(self._workspace.plan, coverage.id)
            PlanSheet(coverage.planned_for, moment.zone(coverage.zone), plan, self._window).open()

    def ask_handover(self) -> None:
        """Ask for a note to the next shift."""
        coverage = self._window.desk.coverage
        if coverage is not None:
            zone, hand_over = moment.zone(coverage.zone), partial(self._hand_over, coverage.id)
            HandoverSheet(coverage.handovers, zone, hand_over, self._window).open()

    def ask_delete(self) -> None:
        """Ask before a page is deleted, with what would go."""
        coverage, endpoint_id = self._window.desk.coverage, self._window.desk.endpoint_id
        if coverage is None:
            return
        rows = self._workspace.timeline(coverage.id, endpoint_id)
        binned = len(self._workspace.binned(coverage.id))
        live = sum(row.status in _LIVE for row in rows)
        counted = (
            (len(rows), tr("{count} entries")),
            (len(coverage.summary), tr("{count} bullets")),
            (binned, tr("{count} in the bin")),
        )
        counts = [said.format(count=count) for count, said in counted if count]
        words = tr("“{headline}” goes from this computer: {counts}, and every kept version of them.").format(
            headline=coverage.headline, counts=", ".join(counts) or tr("nothing is on it yet")
        )
        stays = tr("{count} live entries stay with readers: withdraw them first if they are to go.").format(count=live)
        title, deed = tr("Delete this page"), tr("Delete page")
        said = f"{words} {stays}" if live else words
        delete = partial(self._delete, coverage.id)
        ConfirmSheet(title, said, deed, delete, self._window).open()

    def _delete(self, coverage_id: UUID) -> None:
        self._window.desk.flush_requested.emit()
        self._workspace.delete_coverage(coverage_id)
        self._window.status.whisper.say(tr("The page was deleted from this computer."))

    def _hand_over(self, coverage_id: UUID, note: str) -> None:
        self._workspace.hand_over(coverage_id, note, by=self)
        self._window.status.whisper.say(tr("Handed over. Whoever opens the page next sees the note."))

    def _on_taken_over(self) -> None:
        desk = self._window.desk
        if (coverage_id := desk.coverage_id) is not None:
            desk.attempt(lambda: self._workspace.take_over(coverage_id))

    def _on_coverage(self, coverage: Coverage | None) -> None:
        self._window.status.show_page(coverage)
        self.strip.show_coverage(coverage, moment.zone(coverage.zone if coverage else "UTC"))

    def _on_changed(self, change: Change) -> None:
        coverage_id = self._window.desk.coverage_id
        if change.kind is not ChangeKind.COVERAGE or coverage_id is None or change.coverage_id != coverage_id:
            return
        coverage = self._workspace.coverage(coverage_id)
        self._window.status.show_page(coverage)
        if self.strip.isVisible():
            self.strip.show_coverage(coverage, moment.zone(coverage.zone))
