"""What every test of the window shares: the off-screen platform, a loop, and nothing left behind."""

import asyncio
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from ui import theme
from ui.sealed.flags import seal_environment
from ui.tasks import Tasks

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    seal_environment()
    return QApplication


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication, qtlog: object) -> Iterator[None]:
    """Fail a test that leaves a window, a thread, or a warning of Qt's behind."""
    theme.apply(qapp)
    threads = set(threading.enumerate())
    windows = set(qapp.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    open_windows = [widget for widget in set(qapp.topLevelWidgets()) - windows if widget.isVisible()]
    assert not open_windows, f"left open: {open_windows}"
    left = [
        thread
        for thread in set(threading.enumerate()) - threads
        if not thread.daemon and not thread.name.startswith("desk")
    ]
    assert not left, f"threads left: {left}"
    messages = [
        record.message
        for record in getattr(qtlog, "records", [])
        if record.type_name != "QtDebugMsg" and not record.ignored
    ]
    assert not messages, f"Qt warned: {messages}"


@pytest.fixture(scope="session")
def one_loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """The one loop of the process: stopping it would end the application for every later test."""
    made = QEventLoop(qapp, already_running=True)
    asyncio.events._set_running_loop(None)  # noqa: SLF001 - other tests run loops of their own meanwhile
    threads = ThreadPoolExecutor(4, thread_name_prefix="desk")
    made.set_default_executor(threads)
    yield made
    made.stop()
    made.close()


@pytest.fixture
def loop(one_loop: asyncio.AbstractEventLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """The application's loop, running: tasks advance whenever qtbot waits. Tasks left fail the test."""
    asyncio.set_event_loop(one_loop)
    asyncio.events._set_running_loop(one_loop)  # noqa: SLF001 - as qasync does while the application runs
    yield one_loop
    left = [task for task in asyncio.all_tasks(one_loop) if not task.done()]
    asyncio.events._set_running_loop(None)  # noqa: SLF001
    asyncio.set_event_loop(None)
    assert not left, f"tasks left: {left}"


@pytest.fixture
def tasks(loop: asyncio.AbstractEventLoop, qtbot: QtBot) -> Iterator[Tasks]:
    """Tasks on the running loop, closed when the test ends."""
    made = Tasks()
    yield made
    closing = loop.create_task(made.close())
    qtbot.waitUntil(closing.done)
    made.deleteLater()
