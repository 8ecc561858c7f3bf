"""Tasks: starts, keeps, cancels and reports coroutines and work in threads."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Tasks(QObject):
    """Everything the console does meanwhile.

    `failed(error)` tells what ended a task: a Problem is for the producer to read, any other exception is a bug.
    Nothing is told of a task that was cancelled. Needs the running loop of `ui.loop`.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, coroutine: Coroutine[Any, Any, Result], name: str) -> asyncio.Task[Result]:
        """Start a coroutine and keep it until it ends; `name` tells a person what it does."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._running.add(task)
        task.add_done_callback(self._on_done)
        return task

    async def in_thread(self, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """Call a function in a thread and wait for what it returns or raises."""
        return await asyncio.to_thread(function, *args, **kwargs)

    def run_in_thread(
        self, function: Callable[..., Result], *args: object, done: Callable[[Result], object] | None = None
    ) -> asyncio.Task[Result]:
        """Call a function in a thread; `done` is called with its result on the GUI thread, unless it failed."""
        return self.start(self._run(function, args, done), getattr(function, "__qualname__", repr(function)))

    async def _run(
        self,
        function: Callable[..., Result],
        args: tuple[object, ...],
        done: Callable[[Result], object] | None,
    ) -> Result:
        result = await asyncio.to_thread(function, *args)
        if done is not None:
            done(result)
        return result

    def running(self) -> tuple[str, ...]:
        """Return the names of the tasks that have not ended."""
        return tuple(sorted(task.get_name() for task in self._running))

    async def close(self) -> None:
        """Cancel every task and wait until all have ended; work already in a thread ends by itself."""
        while pending := [task for task in self._running if task is not asyncio.current_task()]:
            for task in pending:
                task.cancel()
            await asyncio.wait(pending)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failed.emit(error)
