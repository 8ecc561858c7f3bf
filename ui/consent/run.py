"""One run of rehearsals, in a thread with a loop of its own: the window's loop never waits for it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the renderer and the certificates' library are imported, in a thread, when something is proved
    from ui.proof.plan import Plan
    from ui.proof.proof import Proof as Play
    from ui.proof.results import Result


class Run:
    """Plays plans once. `results` are those that have ended, also of a run that is cancelled."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self.is_cancelled = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def play(self, plans: "list[Plan]", out: Path, tell: Callable[[object], None]) -> None:
        """Play rehearsals until they are done or the run is cancelled; raises BrowserFailed."""
        from ui.proof.proof import Proof as Play  # noqa: PLC0415 - imports the certificates' library, here in a thread

        def told(result: "Result") -> None:
            self.results.append(result)
            tell(result)

        asyncio.run(self._play(Play(plans, out, told)))

    def cancel(self) -> None:
        """Stop at once, from any thread."""
        self.is_cancelled = True
        loop, task = self._loop, self._task
        if loop is not None and task is not None and not loop.is_closed():
            loop.call_soon_threadsafe(task.cancel)

    async def _play(self, play: "Play") -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(_to_its_end(play))
        if self.is_cancelled:
            self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled() and (error := self._task.exception()) is not None:
            raise error


async def _to_its_end(play: "Play") -> None:
    await play.run()
