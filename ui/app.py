"""The composition root: the window is shown first, and everything it works with is joined to it after."""

import asyncio
import contextlib
import importlib
import logging
import shlex
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from desktop.domain.problem import Problem
from ui import collecting, theme
from ui.start import ARRANGEMENT, LARGEST, SMALLEST, as_bytes, scale_of, scheme_of
from ui.window import Window
from ui.words import tr

if TYPE_CHECKING:  # what is heavy is imported after the first paint
    from desktop.publish.credentials import Credentials
    from desktop.publish.runner import Runner
    from desktop.rehearsal.server import RehearsalEndpoint
    from desktop.workspace import Workspace
    from ui.backups import Backups
    from ui.changes import ChangeBridge
    from ui.crash import Watch
    from ui.sending import Sending
    from ui.summons import Summons
    from ui.tasks import Tasks

_log = logging.getLogger(__name__)
_LATER: Final = (
    "ui.checks.pane",
    "ui.coverages.welcome",
    "ui.history.pane",
    "ui.joints",
    "ui.notices",
    "ui.outbox.strip",
    "ui.sheets",
    "ui.summary.pane",
)
_STEP: Final = 0.1


class Console(QObject):
    """One running console: the window, the open workspace, the rehearsal endpoint, and how it all ends.

    Made with a window that is painted, which it furnishes; then `open`, then `close`. `workspace`, `rehearsal`,
    `tasks` and `changes` are there from `open` on.
    """

    failed = Signal(object)

    def __init__(self, app: QApplication, window: Window, folder: Path, kept: QSettings) -> None:
        super().__init__()
        self._app = app
        self.folder = folder
        self._kept = kept
        self._scheme = scheme_of(kept)
        self._scale = scale_of(kept)
        self.window = window
        theme.apply(app, self._scheme, self._scale)
        window.furnish()
        arrangement = [kept.value(key) for key in ARRANGEMENT]
        if all(arrangement):
            window.arrange(*map(as_bytes, arrangement))
        self.workspace: Workspace
        self.rehearsal: RehearsalEndpoint
        self.runner: Runner
        self._sending: Sending
        self._backups: Backups
        self._summons: Summons
        self._watch: Watch
        self.tasks: Tasks
        self.changes: ChangeBridge
        self._is_open = False
        self._asked_to_close = asyncio.Event()
        self.window.close_requested.connect(self._asked_to_close.set)
        self.window.deeds.connect_to("next_scheme", self._on_next_scheme)
        self.window.deeds.connect_to("larger_text", self._on_larger_text)
        self.window.deeds.connect_to("smaller_text", self._on_smaller_text)
        self.failed.connect(self.window.show_error)

    async def open(self) -> None:
        """Open the workspace and the rehearsal endpoint in a thread, and join the window to them."""
        from ui.changes import ChangeBridge  # noqa: PLC0415 - after the first paint
        from ui.tasks import Tasks  # noqa: PLC0415

        self.tasks = Tasks(self)
        self.changes = ChangeBridge(self)
        self.workspace, credentials = await self.tasks.in_thread(_open, self.folder)
        self._is_open = True
        self._answer_second_starts()
        self._watch_for_crashes()
        try:
            from ui import rehearsal  # noqa: PLC0415

            start = partial(rehearsal.start, self.folder, self.workspace, credentials)
            self.rehearsal = await self.tasks.in_thread(start)
        except Problem as problem:
            self.window.show_error(problem)
        self.changes.attach(self.workspace)
        self.window.attach(self.workspace, self.changes, self.tasks, credentials)
        self.window.sheets.look_chosen.connect(self._dress)
        await self._start_outbox(credentials)
        self._start_backups()

    def _answer_second_starts(self) -> None:
        from ui.summons import Summons  # noqa: PLC0415 - after the first paint

        self._summons = Summons(self.folder, self)
        self._summons.came.connect(self.bring_in)

    def _watch_for_crashes(self) -> None:
        from ui.crash import Watch, sentence  # noqa: PLC0415 - after the first paint

        # A disk that takes no mark is told by the workspace itself; nobody is kept from writing by it.
        with contextlib.suppress(OSError):
            self._watch = Watch(self.folder)
            if self._watch.crash is not None:
                self.window.notices.tell(sentence(self._watch.crash), self._watch.crash.text)

    def bring_in(self, files: Sequence[Path]) -> None:
        """Come to the front, and bring in the files a start was given."""
        self.window.come_forward()
        for file in files:
            self.window.sheets.import_file(str(file))

    def _start_backups(self) -> None:
        from ui.backups import Backups  # noqa: PLC0415 - after the first paint

        self._backups = Backups(self.workspace.store, self.tasks, self)
        self._backups.made.connect(self.window.status.show_backup)

    async def _start_outbox(self, credentials: "Credentials") -> None:
        self._sending = await self.tasks.in_thread(_sending, self.workspace, credentials)
        self.runner = self._sending.runner
        self.tasks.start(self.runner.run(), "outbox")
        from ui.outbox.deeds import OutboxDeeds  # noqa: PLC0415 - after the first paint

        deeds = OutboxDeeds(self.window.desk, self.window.outbox, self.runner, self.window)
        self.outbox_deeds = deeds
        self.window.deeds.connect_to("toggle_pause", deeds.toggle_pause)
        self.window.deeds.connect_to("take_theirs", deeds.take_theirs)
        self.window.deeds.connect_to("show_difference", deeds.show_difference)

    async def closing(self) -> None:
        """Wait until somebody asks to close the window."""
        await self._asked_to_close.wait()

    async def close(self) -> None:
        """Save what is typed, end every task, stop the endpoint, close the workspace and the window."""
        self.window.desk.flush_requested.emit()
        for key, value in zip(ARRANGEMENT, self.window.arrangement(), strict=True):
            self._kept.setValue(key, value)
        self._kept.sync()
        if hasattr(self, "_summons"):
            self._summons.close()
        if hasattr(self, "_backups"):
            self._backups.stop()
        if hasattr(self, "changes"):
            self.changes.close()
        if hasattr(self, "tasks"):
            await self.tasks.close()
        self.window.close_for_good()
        if hasattr(self, "rehearsal"):
            await asyncio.to_thread(self.rehearsal.stop)
        if self._is_open:
            await asyncio.to_thread(self.workspace.close)
        if hasattr(self, "_watch"):
            self._watch.close()
        self.window.deleteLater()

    # The look

    def _on_next_scheme(self) -> None:
        schemes = list(theme.Scheme)
        self._dress(schemes[(schemes.index(self._scheme) + 1) % len(schemes)], self._scale)

    def _on_larger_text(self) -> None:
        self._dress(self._scheme, min(self._scale + _STEP, LARGEST))

    def _on_smaller_text(self) -> None:
        self._dress(self._scheme, max(self._scale - _STEP, SMALLEST))

    def _dress(self, scheme: theme.Scheme, scale: float) -> None:
        self.wear(scheme, scale)
        self._kept.setValue("scheme", scheme.value)
        self._kept.setValue("scale", f"{scale:.2f}")

    def wear(self, scheme: theme.Scheme, scale: float) -> None:
        """Show the whole console in other colours and text sizes, until it is closed."""
        self._scheme, self._scale = scheme, scale
        theme.apply(self._app, scheme, scale)
        self.window.dress()


Journey = Callable[[Console], Coroutine[Any, Any, int]]


async def live(make: Callable[[], Console], files: Sequence[Path], journey: Journey | None) -> int:
    """Be the whole life of a console, from its furnished window to its exit code."""
    console = make()
    with _reported(console):
        collecting.settle()
        try:
            return await _work(console, journey, files)
        finally:
            await console.close()


async def _work(console: Console, journey: Journey | None, files: Sequence[Path] = ()) -> int:
    opening = asyncio.ensure_future(console.open())
    await asyncio.wait({opening})
    error = opening.exception()
    if error is not None:
        if journey is not None:
            raise error
        console.window.show_error(_with_rescue(error, console.folder))
        await console.closing()
        return 1
    if journey is not None:
        return await journey(console)
    if files:
        console.bring_in(files)
    await console.closing()
    return 0


def _with_rescue(error: BaseException, folder: Path) -> BaseException:
    """Name the command that saves what is whole, when the workspace is damaged."""
    from desktop.store.problems import StoreDamaged  # noqa: PLC0415 - after the first paint

    if not isinstance(error, StoreDamaged):
        return error
    told = error.explanation
    rescue = tr("Close this window and run: newsroom --data {folder} doctor --rescue").format(
        folder=shlex.quote(str(folder))
    )
    next_action = " ".join(filter(None, (told.next_action, rescue)))
    return StoreDamaged(told.title, detail=told.detail, done=told.done, next_action=next_action)


@contextlib.contextmanager
def _reported(console: Console) -> Iterator[None]:
    """Show every mistake of ours in the window, from whatever thread, besides writing it to standard error."""
    before, before_threads = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, way: TracebackType | None) -> None:
        before(kind, error, way)
        _log.error("A mistake of the console's own", exc_info=error)
        console.failed.emit(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        before_threads(args)
        if args.exc_value is not None:
            _log.error("A mistake of the console's own", exc_info=args.exc_value)
            console.failed.emit(args.exc_value)

    sys.excepthook, threading.excepthook = hook, thread_hook
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, before_threads


def _open(folder: Path) -> "tuple[Workspace, Credentials]":
    """Import what is heavy, also for the window's later panes, and open the workspace; called in a thread."""
    for module in _LATER:
        importlib.import_module(module)
    from desktop.publish.credentials import Credentials  # noqa: PLC0415 - after the first paint
    from desktop.workspace import Workspace  # noqa: PLC0415

    return Workspace.open(folder), Credentials()


def _sending(workspace: "Workspace", credentials: "Credentials") -> "Sending":
    from ui.sending import Sending  # noqa: PLC0415 - after the first paint

    return Sending(workspace, credentials)
