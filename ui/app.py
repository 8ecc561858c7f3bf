"""The composition root: the window is shown first, and everything it works with is joined to it after."""

import asyncio
import contextlib
import gc
import importlib
import logging
import os
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
from desktop.store.glance import glance
from desktop.store.lock import WorkspaceLock
from desktop.store.problems import StoreLocked
from ui import messages, theme
from ui.sealed.flags import seal_environment
from ui.window import NAME, Window

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
_LOG: Final = "console.log"
_KEPT: Final = "window.ini"
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
_ARRANGEMENT: Final = ("window", "panes", "left")
_LARGEST: Final = 2.0
_SMALLEST: Final = 0.8
_STEP: Final = 0.1


class Console(QObject):
    """One running console: the window, the open workspace, the rehearsal endpoint, and how it all ends.

    Made with an application and a folder; `show`, then `open` once it is painted, then `close`. `workspace`,
    `rehearsal`, `tasks` and `changes` are there from `open` on.
    """

    failed = Signal(object)

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__()
        self._app = app
        self.folder = folder
        self._kept = QSettings(str(folder / _KEPT), QSettings.Format.IniFormat)
        self._scheme = _scheme(str(self._kept.value("scheme", "")))
        self._scale = _scale(str(self._kept.value("scale", "1.0")))
        theme.apply(app, self._scheme, self._scale)
        self.window = Window()
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

    def show(self) -> None:
        """Show the window with what can be read at once."""
        self.window.show_glance(glance(self.folder))
        arrangement = [self._kept.value(key) for key in _ARRANGEMENT]
        if all(arrangement):
            # PySide gives back what it wrote itself as bytes, and what Qt reads from the file as QByteArray.
            self.window.arrange(*(bytes(each if isinstance(each, bytes) else each.data()) for each in arrangement))
        self.window.show()

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
        self.window.outbox.retry_requested.connect(self._on_retry)

    async def closing(self) -> None:
        """Wait until somebody asks to close the window."""
        await self._asked_to_close.wait()

    async def close(self) -> None:
        """Save what is typed, end every task, stop the endpoint, close the workspace and the window."""
        self.window.desk.flush_requested.emit()
        for key, value in zip(_ARRANGEMENT, self.window.arrangement(), strict=True):
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

    def _on_retry(self) -> None:
        if (endpoint_id := self.window.desk.endpoint_id) is not None:
            self.runner.resume(endpoint_id)

    # The look

    def _on_next_scheme(self) -> None:
        schemes = list(theme.Scheme)
        self._dress(schemes[(schemes.index(self._scheme) + 1) % len(schemes)], self._scale)

    def _on_larger_text(self) -> None:
        self._dress(self._scheme, min(self._scale + _STEP, _LARGEST))

    def _on_smaller_text(self) -> None:
        self._dress(self._scheme, max(self._scale - _STEP, _SMALLEST))

    def _dress(self, scheme: theme.Scheme, scale: float) -> None:
        self._scheme, self._scale = scheme, scale
        theme.apply(self._app, scheme, scale)
        self._kept.setValue("scheme", scheme.value)
        self._kept.setValue("scale", f"{scale:.2f}")
        self.window.dress()


Journey = Callable[[Console], Coroutine[Any, Any, int]]


def run(folder: Path, files: Sequence[Path] = (), *, offscreen: bool = False, journey: Journey | None = None) -> int:
    """Open the console on a folder and return its exit code, 0 when it was closed; once a process.

    Where a window has the folder open, that one comes to the front and takes the files instead.
    `offscreen` needs no display. `journey` is walked once the console is open, and its end closes it: a story
    through the real window. A workspace that cannot be opened is told in the window, which stays to be read.
    """
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Thousands of objects are made until the first paint and stay: collecting among them only costs time.
    gc.disable()
    folder.mkdir(parents=True, exist_ok=True)
    _keep_log(folder)
    # QtWebEngine is imported long after the application is made, and reads its switches from before.
    seal_environment()
    with messages.kept_in_log():
        app = QApplication([NAME])
        app.setApplicationName(NAME)
        from ui import loop  # noqa: PLC0415 - the loop's library is imported when there is an application to run

        if journey is None and _is_taken_over(folder, files):
            return 0
        return loop.run(app, partial(_live, app, folder, files, journey))


def _is_taken_over(folder: Path, files: Sequence[Path]) -> bool:
    """Tell whether a window that has the folder open took the files."""
    try:
        WorkspaceLock.acquire(folder).release()
    except StoreLocked:
        from ui.summons import hand_over  # noqa: PLC0415 - a first start needs nothing of it before its first paint

        return hand_over(folder, files)
    except Problem:
        pass  # what is wrong with the folder is told by the window
    return False


async def _live(app: QApplication, folder: Path, files: Sequence[Path], journey: Journey | None) -> int:
    console = Console(app, folder)
    with _reported(console):
        painted = asyncio.Event()
        console.window.first_painted.connect(painted.set)
        console.show()
        await painted.wait()
        gc.freeze()
        gc.enable()
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
    rescue = f"Close this window and run: newsroom --data {shlex.quote(str(folder))} doctor --rescue"
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


def _keep_log(folder: Path) -> None:
    """Write warnings into a file beside the workspace: a window has no terminal to write to."""
    handler = logging.FileHandler(folder / _LOG, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)


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


def _scheme(name: str) -> theme.Scheme:
    return next((each for each in theme.Scheme if each == name), theme.Scheme.LIGHT)


def _scale(written: str) -> float:
    try:
        return min(max(float(written), _SMALLEST), _LARGEST)
    except ValueError:
        return 1.0
