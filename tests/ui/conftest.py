"""What every test of the window shares: the off-screen platform, a loop, and nothing left behind."""

import asyncio
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.publish.credentials import Credentials
from desktop.workspace import Workspace
from ui import theme
from ui.changes import ChangeBridge
from ui.sealed.flags import seal_environment
from ui.tasks import Tasks
from ui.window import Window

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


@pytest.fixture
def desk_workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A real workspace of an empty folder."""
    made = Workspace.open(tmp_path / "desk")
    made.save_setting("producer", "Mo Adler")
    yield made
    made.close()


@pytest.fixture
def changes(desk_workspace: Workspace) -> Iterator[ChangeBridge]:
    """The bridge that tells the workspace's changes on the GUI thread."""
    made = ChangeBridge()
    made.attach(desk_workspace)
    yield made
    made.deleteLater()


@pytest.fixture
def coverage(desk_workspace: Workspace) -> Coverage:
    """A page with three entries, an hour apart, the last two ready, and two bullets."""
    made = desk_workspace.create_coverage("Storm over the valley", "Europe/London")
    start = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    for hours, headline in enumerate(("Bridge closed", "Ferry stopped", "Bridge open again")):
        entry = desk_workspace.new_entry(made.id)
        said = Paragraph(text(f"What we know about: {headline.lower()}."))
        at = start + timedelta(hours=hours)
        desk_workspace.save_draft(replace(entry, headline=headline, at=at, blocks=(said,)))
        if hours:
            desk_workspace.mark_ready(entry.id)
    newest = desk_workspace.timeline(made.id, None)[0].id
    points = (SummaryPoint(new_id(), "The bridge is open", (newest,)), SummaryPoint(new_id(), "No ferry"))
    desk_workspace.save_summary(made.id, points)
    return desk_workspace.coverage(made.id)


@pytest.fixture
def rehearsal_place(desk_workspace: Workspace) -> Endpoint:
    """A rehearsal endpoint that is configured, though nothing answers there."""
    made = Endpoint(id=new_id(), name="Practice", url="http://127.0.0.1:9", environment=Environment.REHEARSAL)
    desk_workspace.add_endpoint(made)
    return made


@pytest.fixture
def production_place(desk_workspace: Workspace) -> Endpoint:
    """A production endpoint that is configured, though nothing answers there."""
    made = Endpoint(id=new_id(), name="Main site", url="http://127.0.0.1:9", environment=Environment.PRODUCTION)
    desk_workspace.add_endpoint(made)
    return made


@pytest.fixture
def window(
    qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, tasks: Tasks, rehearsal_place: Endpoint
) -> Iterator[Window]:
    """The window over an open workspace, on its history tab: what needs a browser has its own tests."""
    assert rehearsal_place in desk_workspace.endpoints()
    made = Window()
    made.furnish()
    made.floor.tabs.setCurrentIndex(2)
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.attach(desk_workspace, changes, tasks, Credentials())
    qtbot.waitUntil(lambda: made.editor.pane is not None and not tasks.running())
    yield made
    made.desk.flush_requested.emit()
    qtbot.waitUntil(lambda: not tasks.running())
    made.close_for_good()
    made.deleteLater()
