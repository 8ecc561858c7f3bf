"""The one event loop of the process: Qt's, with asyncio on top."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

_THREADS: Final = 4


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run a coroutine as the whole life of the application and return its exit code; once a process.

    Closing the last window does not end it: `main` cleans up and returns. Threads are the standard library's,
    because those of qasync abort Python when it exits.
    """
    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="desk"))
    with loop:
        code: int = loop.run_until_complete(main())
    return code
