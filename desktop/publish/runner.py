"""The outbox runner: works what waits for the endpoints, so that each operation has exactly one effect.

`sending` is committed before the first byte leaves; what has no answer is read back before it is sent again; and
each request says what it replaces, so that even a request that arrives late, or twice, changes nothing. Inside one
process a lane is worked by one step at a time. Between processes the workspace's lock lets one at a time write; were
it broken, a claim still is one transaction on a row that must be `queued`, and the endpoint still compares versions.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from desktop.domain import moment
from desktop.domain.change import Change
from desktop.domain.endpoint import Endpoint, Receipt
from desktop.domain.outbox import Operation
from desktop.domain.problem import Problem
from desktop.publish.clerk import Clerk
from desktop.publish.credentials import Credentials
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import allow
from desktop.publish.lane import Lane
from desktop.publish.ledger import Ledger
from desktop.publish.lookout import Lookout, Watched
from desktop.publish.outcome import receipt_of
from desktop.publish.probed import about_clock
from desktop.publish.sender import Sender
from desktop.publish.transport import DEADLINE
from desktop.store.store import Store

Result = TypeVar("Result")

PAUSED: Final = "Publishing there is paused."
BEHIND: Final = "This waits for an earlier change."


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a drain goes on without success: failures in a row, and seconds in all."""

    failures: int = 4
    seconds: float = 30.0


class Runner:
    """Sends operations to their endpoints. One a workspace; `tell` hears each change after it is committed.

    Everything but `wake`, `watch` and `resume`, which any thread may call, belongs to the event loop it runs in.
    """

    def __init__(
        self,
        store: Store,
        credentials: Credentials,
        tell: Callable[[Change], None],
        *,
        now: Callable[[], datetime] = moment.now,
        deadline: float = DEADLINE,
    ) -> None:
        self._ledger = Ledger(store)
        self._credentials = credentials
        self._tell = tell
        self._now = now
        self._deadline = deadline
        self._lanes: dict[UUID, Lane] = {}
        self._paused: set[UUID] = set()
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken: asyncio.Event
        self._seen: asyncio.Event
        self._watched: Watched | None = None

    async def drain(
        self, endpoint_id: UUID, *, on_air: bool = False, patience: Patience = Patience()
    ) -> tuple[Receipt, ...]:
        """Work until nothing of an endpoint can go on, and return a receipt per unfinished operation.

        Production needs `on_air`; raises GuardRefused or NotFound, and then nothing was sent. What still waits when
        patience ends stays in the outbox; its receipt, which is not kept, says why.
        """
        async with self._opened():
            allow(await self._stored(partial(self._ledger.endpoint, endpoint_id)), on_air=on_air)
            lane = self._lane(endpoint_id)
            lane.is_stale = True
            await self._endpoint_ids()
            heard: dict[UUID, Receipt] = {}
            lane.heard.append(heard)
            try:
                if self.held(endpoint_id):
                    await self._next(lane, 0.0)
                await self._drain(lane, patience)
            finally:
                lane.heard.remove(heard)
            return (*heard.values(), *self._left(lane, heard))

    async def run(self) -> None:
        """Work every endpoint until cancelled; `wake` tells of new operations."""
        async with self._opened(), asyncio.TaskGroup() as group:
            self._woken, self._seen = asyncio.Event(), asyncio.Event()
            group.create_task(self._look_out())
            self._loop = asyncio.get_running_loop()
            try:
                while True:
                    self._woken.clear()
                    for endpoint_id in await self._endpoint_ids():
                        lane = self._lane(endpoint_id)
                        lane.is_stale = True
                        if not lane.is_working:
                            lane.is_working = True
                            group.create_task(self._work(lane))
                    await self._woken.wait()
            finally:
                self._loop = None

    def wake(self) -> None:
        """Look into the outbox again; any thread may say so."""
        self._in_loop(lambda: None)

    def resume(self, endpoint_id: UUID) -> None:
        """Send again, at once, also where a refused secret or a wrong server stopped an endpoint."""
        self._in_loop(lambda: self._lane(endpoint_id).resume())

    def watch(self, watched: Watched | None) -> None:
        """Look out, while running, for what others publish to a page; None looks no more."""
        self._watched = watched
        self._in_loop(self._look_again)

    def held(self, endpoint_id: UUID) -> str:
        """Say why nothing is sent to an endpoint until somebody acts, "" when nothing stops it."""
        lane = self._lanes.get(endpoint_id)
        return PAUSED if endpoint_id in self._paused else lane.held if lane else ""

    def standing(self, endpoint_id: UUID) -> str:
        """Say what a producer should know of an endpoint: why nothing goes there, or that its clock is wrong."""
        return self.held(endpoint_id) or about_clock(self.skew(endpoint_id))

    def skew(self, endpoint_id: UUID) -> float | None:
        """Return how many seconds an endpoint's clock is ahead of ours, None while that is not known."""
        lane = self._lanes.get(endpoint_id)
        return lane.line.skew if lane and lane.line else None

    def _look_again(self) -> None:
        self._seen.set()

    async def _look_out(self) -> None:
        lookout = Lookout(ledger=self._ledger, sender=self._sender, stored=self._stored, tell=self._tell)
        while True:
            self._seen.clear()
            watched = self._watched
            if watched is None:
                await self._seen.wait()
                continue
            pace = await lookout.look(self._lane(watched.endpoint_id), watched)
            with suppress(TimeoutError):
                async with self._watch.limit(pace):
                    await self._seen.wait()

    async def _drain(self, lane: Lane, patience: Patience) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + patience.seconds
        while (wait := await self._step(lane)) is not None:
            if wait and (lane.failures >= patience.failures or loop.time() + wait > until):
                return
            await self._wait(lane, wait)

    async def _work(self, lane: Lane) -> None:
        try:
            while True:
                wait = await self._step(lane)
                if wait is not None:
                    await self._wait(lane, wait)
                elif not lane.is_stale or self.held(lane.endpoint_id):
                    return
        finally:
            lane.is_working = False

    async def _step(self, lane: Lane) -> float | None:
        """Work on what is next; returns the seconds to wait before the next, None when there is none to work on."""
        async with lane.lock:
            now = asyncio.get_running_loop().time()
            if self.held(lane.endpoint_id):
                return None
            if wait := lane.wait(now):
                return wait
            try:
                found = await self._next(lane, now)
                if found is None:
                    return lane.wait_for_stubborn(now)
                await self._sender.advance(lane, *found)
            except Problem as problem:
                # The store cannot be read or written just now. What was sent will be read back.
                lane.slow(None, None, now)
                lane.trouble = str(problem)
                lane.is_stale = True
            return 0.0

    async def _next(self, lane: Lane, now: float) -> tuple[Endpoint, Operation] | None:
        """Pick an operation, from what is known of the lane or, when that is old or used up, from the store."""
        if not lane.is_stale and lane.endpoint is not None:
            operation = lane.next(now)
            if operation is not None or not lane.has_worked:
                return None if operation is None else (lane.endpoint, operation)
        lane.is_stale = False
        endpoint, operations = await self._stored(partial(self._ledger.unfinished, lane.endpoint_id))
        if lane.endpoint != endpoint:
            await self._sender.hang_up(lane)
        lane.load(endpoint, operations)
        picked = lane.next(now)
        return None if picked is None else (endpoint, picked)

    def _left(self, lane: Lane, heard: dict[UUID, Receipt]) -> tuple[Receipt, ...]:
        """Write receipts for what is not done: what was parked before, and what still waits."""
        why = self.held(lane.endpoint_id) or lane.trouble or BEHIND
        unheard = [
            each for each in lane.operations.values() if each.id not in heard or heard[each.id].outcome != each.state
        ]
        for each in unheard:
            heard.pop(each.id, None)
        return tuple(receipt_of(replace(each, reason=each.reason or why), None, self._now()) for each in unheard)

    async def _endpoint_ids(self) -> tuple[UUID, ...]:
        try:
            roll = await self._stored(self._ledger.roll)
        except Problem:
            # The disk is in trouble, and the lanes that are known will tell; the next wake looks again.
            return tuple(self._lanes)
        self._paused = {endpoint_id for endpoint_id, is_paused in roll.items() if is_paused}
        return tuple(roll)

    def _lane(self, endpoint_id: UUID) -> Lane:
        return self._lanes.setdefault(endpoint_id, Lane(endpoint_id))

    async def _wait(self, lane: Lane, seconds: float) -> None:
        if seconds <= 0.0:
            return
        lane.nudge.clear()
        with suppress(TimeoutError):
            async with self._watch.limit(seconds):
                await lane.nudge.wait()

    def _in_loop(self, act: Callable[[], object]) -> None:
        loop = self._loop
        if loop is None:
            return

        def _act() -> None:
            act()
            self._woken.set()

        # The loop may close between the look and the call: then nobody is left to be woken.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_act)

    async def _stored(self, work: Callable[[], Result]) -> Result:
        return await asyncio.wrap_future(self._store_thread.submit(work))

    async def _asked(self, work: Callable[[], Result]) -> Result:
        return await asyncio.wrap_future(self._keyring_thread.submit(work))

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        """Have threads, lines and lanes for as long as anybody drains or runs."""
        self._users += 1
        if self._users == 1:
            self._open()
        try:
            await self._stored(self._recover_first)
            yield
        finally:
            self._users -= 1
            if self._users == 0:
                await self._close()

    def _open(self) -> None:
        self._watch = DeadlineWatch()
        self._store_thread = ThreadPoolExecutor(1, "outbox")
        self._keyring_thread = ThreadPoolExecutor(1, "outbox-keyring")
        self._has_recovered = False
        self._doubtful: set[UUID] = set()
        self._sender = Sender(
            ledger=self._ledger,
            clerk=Clerk(
                ledger=self._ledger, stored=self._stored, tell=self._tell, now=self._now, doubtful=self._doubtful
            ),
            credentials=self._credentials,
            stored=self._stored,
            asked=self._asked,
            watch=self._watch,
            deadline=self._deadline,
            tell=self._tell,
            may_go_on=lambda lane: not self.held(lane.endpoint_id),
        )

    def _recover_first(self) -> None:
        if not self._has_recovered:
            self._doubtful |= self._ledger.start(self._now())
            self._has_recovered = True

    async def _close(self) -> None:
        for lane in self._lanes.values():
            await self._sender.hang_up(lane)
        self._lanes.clear()
        self._watch.close()
        # Whatever still writes to the store ends first: whoever waits for us may close the store next.
        await self._stored(lambda: None)
        self._store_thread.shutdown(wait=False)
        self._keyring_thread.shutdown(wait=False)
