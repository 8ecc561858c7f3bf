"""Deadlines: one watch for many requests, instead of a timer for each.

Under the window's event loop a cancelled timer lives on until it would have run out; thousands of requests, each
with a timer of its own, would leave thousands behind. The watch keeps one for the earliest deadline, lets it run
even when nobody needs it any more, and only then looks for the next.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, eq=False)
class _Limit:
    at: float
    task: asyncio.Task[Any]
    has_passed: bool = False


class DeadlineWatch:
    """Ends what takes too long. Belongs to one event loop."""

    def __init__(self) -> None:
        self._limits: set[_Limit] = set()
        self._timer: asyncio.Handle | None = None
        self._due = 0.0

    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[None]:
        """Run the body for at most so many seconds; afterwards TimeoutError is raised in its place."""
        task = asyncio.current_task()
        if task is None:
            message = "A deadline needs a task to end."
            raise RuntimeError(message)
        cancels_before = task.cancelling()
        limit = _Limit(asyncio.get_running_loop().time() + seconds, task)
        self._limits.add(limit)
        self._arm()
        try:
            yield
        except asyncio.CancelledError as error:
            # Only our own cancellation becomes a TimeoutError; one from outside passes on.
            if limit.has_passed and task.uncancel() <= cancels_before:
                raise TimeoutError from error
            raise
        finally:
            self._limits.discard(limit)

    def close(self) -> None:
        """Let the timer go."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        if not self._limits:
            return
        earliest = min(limit.at for limit in self._limits)
        if self._timer is not None and self._due <= earliest:
            return
        loop = asyncio.get_running_loop()
        self.close()
        self._due = earliest
        # A window's timers may come some milliseconds early: never spin on the rest.
        self._timer = loop.call_later(max(earliest - loop.time(), 0.005), self._look)

    def _look(self) -> None:
        self._timer = None
        now = asyncio.get_running_loop().time()
        for limit in [each for each in self._limits if each.at <= now and not each.has_passed]:
            limit.has_passed = True
            self._limits.discard(limit)
            limit.task.cancel()
        self._arm()
