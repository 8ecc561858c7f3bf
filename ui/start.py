"""The start of the console: the window is painted with what can be read at once, and all else is imported after."""

import gc
import logging
import os
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from desktop.domain.problem import Problem
from desktop.store.glance import glance
from desktop.store.lock import WorkspaceLock
from desktop.store.problems import StoreLocked
from ui import messages, theme
from ui.sealed.flags import seal_environment
from ui.window import NAME, Window

if TYPE_CHECKING:  # what is heavy is imported after the first paint
    from ui.app import Journey

ARRANGEMENT: Final = ("window", "panes", "left")
LARGEST: Final = 2.0
SMALLEST: Final = 0.8
_LOG: Final = "console.log"
_KEPT: Final = "window.ini"
_LOOK_SECONDS: Final = 0.005


def run(folder: Path, files: Sequence[Path] = (), *, offscreen: bool = False, journey: "Journey | None" = None) -> int:
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
        if journey is None and _is_taken_over(folder, files):
            return 0
        kept = kept_look(folder)
        window = first_window(folder, kept)
        # Nothing runs yet that a nested turn of Qt's loop could freeze.
        _until(window)
        _import_beside(app, "ui.parts", "ui.app", "ui.loop")
        from ui import loop  # noqa: PLC0415 - after the first paint
        from ui.app import Console, live  # noqa: PLC0415

        return loop.run(app, partial(live, partial(Console, app, window, folder, kept), files, journey))


def kept_look(folder: Path) -> QSettings:
    """Open what is kept of the window: where it stood, its colours, its text size."""
    return QSettings(str(folder / _KEPT), QSettings.Format.IniFormat)


def first_window(folder: Path, kept: QSettings) -> Window:
    """Show the bare window with the newest entries, where it stood last."""
    theme.choose(scheme_of(kept), scale_of(kept))
    window = Window()
    window.show_glance(glance(folder))
    place = kept.value(ARRANGEMENT[0])
    if place:
        window.place(as_bytes(place))
    window.show()
    return window


def scheme_of(kept: QSettings) -> theme.Scheme:
    """Return the colours that were chosen, light ones at first."""
    name = str(kept.value("scheme", ""))
    return next((each for each in theme.Scheme if each == name), theme.Scheme.LIGHT)


def scale_of(kept: QSettings) -> float:
    """Return how much larger than usual texts are."""
    try:
        return min(max(float(str(kept.value("scale", "1.0"))), SMALLEST), LARGEST)
    except ValueError:
        return 1.0


def as_bytes(kept: object) -> bytes:
    """Return bytes that were kept: PySide gives back what it wrote itself as such, what Qt reads as QByteArray."""
    return kept if isinstance(kept, bytes) else bytes(getattr(kept, "data", bytes)())


def _until(window: Window) -> None:
    while not window.is_painted:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _import_beside(app: QApplication, *names: str) -> None:
    """Import modules in a thread while the window is painted on; whoever imports them next meets their errors."""
    thread = Thread(target=lambda: [import_module(name) for name in names], name="imports")
    thread.start()
    while thread.is_alive():
        app.processEvents()
        thread.join(_LOOK_SECONDS)


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


def _keep_log(folder: Path) -> None:
    """Write warnings into a file beside the workspace: a window has no terminal to write to."""
    handler = logging.FileHandler(folder / _LOG, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
