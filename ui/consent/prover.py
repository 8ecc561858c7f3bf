"""The prover: lays a page's rehearsals out, plays those asked for in a helper process, and keeps what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.problem import Problem
from desktop.domain.proof import Standing, Stood, stand
from ui.changes import ChangeBridge
from ui.consent.board import Board, Planned, lay_out
from ui.consent.run import Run
from ui.tasks import Tasks

if TYPE_CHECKING:  # the renderer and the certificates' library are imported, in a thread, when something is proved
    from collections.abc import Mapping

    from desktop.page.house import House
    from desktop.workspace import Workspace
    from ui.proof.plan import Plan
    from ui.proof.results import Result
    from ui.proof.subject import Subject

PROOFS: Final = "proofs"
_PAUSE_MS: Final = 250
_LAYS_OUT_ANEW: Final = frozenset({ChangeKind.ENTRIES, ChangeKind.COVERAGE, ChangeKind.PROOFS})
_NOBODY: Final = Stood(Standing.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was read: what can be played on it, and the parts a proof of it stands on."""

    coverage_id: UUID
    plans: "Mapping[str, Plan]"
    subjects: "tuple[Subject, ...]"
    parts: "Mapping[str, str]"
    planned: tuple[Planned, ...]


class Prover(QObject):
    """Proves one page at a time. Every board of it shows the same.

    `laid_out` tells that rows or columns changed, `went_on` that something was played, `stood` what the last proof
    is worth now, `progressed(done, all, title)` how far a run is, `ended` that it is over, `failed(Problem)` that
    there was none.
    """

    laid_out = Signal()
    went_on = Signal()
    stood = Signal()
    progressed = Signal(int, int, str)
    ended = Signal()
    failed = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = Board()
        self.standing = _NOBODY
        self.workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._coverage_id: UUID | None = None
        self._entry_id: UUID | None = None
        self._page: _Page | None = None
        self._is_reading = False
        self._is_stale = False
        self._run: Run | None = None
        self._watching: set[QObject] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self._order: list[str] = []
        self._count = 0
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Tell whether rehearsals are being played."""
        return self._run is not None

    def attach(self, workspace: "Workspace", changes: ChangeBridge, tasks: Tasks) -> None:
        """Read from a workspace and follow its changes."""
        self.workspace, self._tasks = workspace, tasks
        changes.changed.connect(self._on_changed)

    def show(self, coverage_id: UUID | None, entry_id: UUID | None) -> None:
        """Prove a coverage's page from now on, with an entry on it that may be a draft still."""
        if (coverage_id, entry_id) == (self._coverage_id, self._entry_id):
            return
        if coverage_id != self._coverage_id:
            self.cancel()
        self._coverage_id, self._entry_id = coverage_id, entry_id
        self._pause.start()

    def watch(self, board: QObject, *, is_shown: bool) -> None:
        """Know which boards are looked at: nothing is read for those that are not."""
        if is_shown:
            self._watching.add(board)
            self._pause.start()
        else:
            self._watching.discard(board)

    def read(self) -> None:
        """Look at the page and its last proof again, once a board is looked at."""
        self._is_stale = True
        if self._is_reading or self._tasks is None or not self._watching:
            return
        self._is_reading = True
        self._tasks.start(self._read(self._tasks), "laying out the consent board")

    def start(self, names: Iterable[str] = ()) -> None:
        """Play some rehearsals, all for none; nothing happens while others are played."""
        if self._run is None and self._tasks is not None and self._coverage_id is not None:
            self._run = Run()
            self._tasks.start(self._prove(self._tasks, self._run, tuple(names)), "proving the page")

    def cancel(self) -> None:
        """Stop at once; what was played is kept."""
        if self._run is not None:
            self._run.cancel()

    def report(self) -> Path | None:
        """Return the readable evidence of the last proof, None when there is none on this computer."""
        proof = self.standing.proof
        return self._file(proof.report) if proof and proof.report else None

    def evidence(self, name: str) -> Path | None:
        """Return the folder with the evidence of one rehearsal, None when there is none on this computer."""
        found = self.board.went.get(name)
        return self._file(found.evidence) if found and found.evidence else None

    def _file(self, kept: str) -> Path | None:
        if self.workspace is None:
            return None
        path = self.workspace.store.folder / kept
        return path if path.exists() else None

    # Reading

    async def _read(self, tasks: Tasks) -> None:
        try:
            while self._is_stale and not self.is_running:
                self._is_stale = False
                asked = (self._coverage_id, self._entry_id)
                page, standing = await tasks.in_thread(self._look, *asked, self._page)
                if asked == (self._coverage_id, self._entry_id) and not self.is_running:
                    self._take(page, standing)
        except Problem as problem:
            self.failed.emit(problem)
        finally:
            self._is_reading = False

    def _look(self, coverage_id: UUID | None, entry_id: UUID | None, known: _Page | None) -> tuple[_Page | None, Stood]:
        workspace = self.workspace
        if workspace is None or coverage_id is None:
            return None, _NOBODY
        parts = workspace.gated_parts(coverage_id, _also(entry_id))
        standing = stand(workspace.last_proof(coverage_id), parts)
        # Words that are typed change no embed: the page is rendered and planned anew only when one did.
        if known is not None and known.coverage_id == coverage_id and known.parts == parts:
            return known, standing
        return _page(workspace, coverage_id, entry_id, parts), standing

    def _take(self, page: _Page | None, standing: Stood) -> None:
        layout = lay_out(page.planned if page else ())
        is_new = layout != self.board.layout
        self._page, self.standing, self.board.layout = page, standing, layout
        self.board.take(standing.proof)
        if is_new:
            self.laid_out.emit()
        self.went_on.emit()
        self.stood.emit()

    # Playing

    async def _prove(self, tasks: Tasks, run: Run, names: tuple[str, ...]) -> None:
        workspace, coverage_id = self.workspace, self._coverage_id
        try:
            if workspace is None or coverage_id is None:
                return
            also = _also(self._entry_id)
            parts = await tasks.in_thread(workspace.gated_parts, coverage_id, also)
            page = await tasks.in_thread(_page, workspace, coverage_id, self._entry_id, parts)
            self._take(page, stand(self.standing.proof, parts))
            # Row by row, as the board shows them, so that what is played is where one looks.
            wanted = [name for name in (names or self.board.layout.names()) if name in page.plans]
            if not wanted or run.is_cancelled:
                return
            self._begin(wanted)
            begun = moment.now()
            folder = f"{PROOFS}/{coverage_id}/{begun:%Y-%m-%dT%H%M%S}"
            out = workspace.store.folder / folder
            chosen = [page.plans[name] for name in wanted]
            await tasks.in_thread(run.play, chosen, out, self._told.emit)
            await tasks.in_thread(_keep, workspace, page, run.results, folder, begun)
        except Problem as problem:
            self.failed.emit(problem)
        finally:
            # A task that is cancelled from outside leaves no browser behind.
            run.cancel()
            self._run = None
            self.board.end()
            self.went_on.emit()
            self.ended.emit()
            self.read()

    def _begin(self, wanted: list[str]) -> None:
        self._order, self._count = list(wanted), len(wanted)
        self.board.begin(wanted)
        self._mark_playing()
        self.progressed.emit(0, self._count, "")
        self.went_on.emit()

    def _on_told(self, result: "Result") -> None:
        if self._run is None:
            return
        from ui.proof.kept import rehearsed  # noqa: PLC0415 - imported by now, in a thread

        told = rehearsed(result)
        self.board.tell(told)
        if told.name in self._order:
            self._order.remove(told.name)
        self._mark_playing()
        self.progressed.emit(self._count - len(self._order), self._count, told.scenario)
        self.went_on.emit()

    def _mark_playing(self) -> None:
        # The lanes take rehearsals in their order: the first that are not done are those being played.
        from ui.proof.proof import LANES  # noqa: PLC0415 - imported by now, in a thread

        self.board.playing = set(self._order[:LANES])

    def _on_changed(self, change: Change) -> None:
        if change.kind in _LAYS_OUT_ANEW and change.coverage_id == self._coverage_id and not self.is_running:
            # Whoever types does so many times a second.
            self._pause.start()


def _also(entry_id: UUID | None) -> tuple[UUID, ...]:
    return (entry_id,) if entry_id else ()


def _page(workspace: "Workspace", coverage_id: UUID, entry_id: UUID | None, parts: "Mapping[str, str]") -> _Page:
    """Read and render a page, and plan everything that can be played on it."""
    from desktop.consent.catalogue import catalogue  # noqa: PLC0415 - imports the scenarios, here in a thread
    from ui.proof.proof import plans  # noqa: PLC0415
    from ui.proof.subject import of_site  # noqa: PLC0415

    site = workspace.site(coverage_id, also=entry_id)
    subjects = of_site(site, workspace.media_path)
    laid = plans(subjects, catalogue())
    headlines = {str(entry.id): entry.headline for entry in site.entries}
    planned = tuple(_planned(plan, site.house, headlines) for plan in laid)
    return _Page(coverage_id, {plan.name: plan for plan in laid}, subjects, parts, planned)


def _planned(plan: "Plan", house: "House", headlines: "Mapping[str, str]") -> Planned:
    if plan.embed is None:
        return Planned(plan.name, plan.scenario, plan.subject.name)
    embed = plan.embed.embed
    about = (headlines.get(plan.embed.id.rpartition("-")[0], ""), embed.address or "")
    name = house.provider_name(embed.provider)
    return Planned(plan.name, plan.scenario, plan.subject.name, embed.provider, name, " · ".join(filter(None, about)))


def _keep(workspace: "Workspace", page: _Page, results: "list[Result]", folder: str, begun: datetime) -> None:
    """Write the evidence of what was played, and keep the proof; nothing for a run that played nothing."""
    from ui.proof import evidence  # noqa: PLC0415 - imported by now
    from ui.proof.kept import kept  # noqa: PLC0415

    if results:
        root = workspace.store.folder
        report = evidence.write(root / folder, results, page.subjects, begun)
        now = moment.now()
        workspace.keep_proof(kept(page.coverage_id, page.parts, results, len(page.plans), report, root, now))
