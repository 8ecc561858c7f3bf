import asyncio
import time
from collections.abc import Callable
from contextvars import Context
from typing import TypeVarTuple, Unpack

import pytest

from desktop.publish.deadline import DeadlineWatch

Given = TypeVarTuple("Given")


def test_what_takes_too_long_ends_and_what_does_not_goes_on() -> None:
    async def work() -> None:
        watch = DeadlineWatch()
        with pytest.raises(TimeoutError):
            async with watch.limit(0.02):
                await asyncio.sleep(5)
        async with watch.limit(5):
            await asyncio.sleep(0.01)
        watch.close()

    started = time.monotonic()
    asyncio.run(work())
    assert time.monotonic() - started < 2


class Counting(asyncio.SelectorEventLoop):
    timers = 0

    def call_later(
        self,
        delay: float,
        callback: Callable[[Unpack[Given]], object],
        *args: *Given,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        self.timers += 1
        return super().call_later(delay, callback, *args, context=context)


def test_a_thousand_requests_share_few_timers() -> None:
    async def work() -> None:
        watch = DeadlineWatch()
        for _ in range(1000):
            async with watch.limit(10):
                await asyncio.sleep(0)
        watch.close()

    with asyncio.Runner(loop_factory=Counting) as runner:
        runner.run(work())
        loop = runner.get_loop()
        assert isinstance(loop, Counting)
        assert 1 <= loop.timers <= 2


def test_many_deadlines_at_once_each_end_their_own() -> None:
    async def one(watch: DeadlineWatch, limit: float) -> bool:
        try:
            async with watch.limit(limit):
                await asyncio.sleep(0.15)
        except TimeoutError:
            return False
        return True

    async def work() -> list[bool]:
        watch = DeadlineWatch()
        ended = await asyncio.gather(*(one(watch, limit) for limit in (5.0, 0.02, 3.0, 0.05, 0.03)))
        watch.close()
        return ended

    assert asyncio.run(work()) == [True, False, True, False, False]


def test_being_cancelled_from_outside_is_not_taken_for_a_deadline() -> None:
    async def work() -> None:
        watch = DeadlineWatch()

        async def wait() -> None:
            async with watch.limit(5):
                await asyncio.sleep(5)

        task = asyncio.create_task(wait())
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        watch.close()

    asyncio.run(work())


def test_a_task_that_ran_out_of_time_can_go_on_afterwards() -> None:
    async def work() -> int:
        watch = DeadlineWatch()
        ended = 0
        for _ in range(3):
            try:
                async with watch.limit(0.01):
                    await asyncio.sleep(1)
            except TimeoutError:
                ended += 1
            await asyncio.sleep(0)
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0
        watch.close()
        return ended

    assert asyncio.run(work()) == 3
