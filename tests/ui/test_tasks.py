import asyncio
import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.problem import Problem
from ui.tasks import Tasks


def test_work_runs_in_a_thread_and_its_result_comes_back_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []

    def done(where: threading.Thread) -> None:
        seen.append((where, threading.current_thread()))

    tasks.run_in_thread(threading.current_thread, done=done)
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert worker is not threading.main_thread()
    assert here is threading.main_thread()


@pytest.mark.parametrize("error", [Problem("The endpoint is down."), ZeroDivisionError("a bug")])
def test_what_ends_a_task_is_told(tasks: Tasks, qtbot: QtBot, error: Exception) -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise error

    with qtbot.waitSignal(tasks.failed) as told:
        tasks.start(fail(), "fails")
    assert told.args == [error]
    assert tasks.running() == ()


def test_a_cancelled_task_is_not_a_failure(tasks: Tasks, loop: asyncio.AbstractEventLoop, qtbot: QtBot) -> None:
    told: list[object] = []
    tasks.failed.connect(told.append)
    tasks.start(asyncio.sleep(60), "waits")
    assert tasks.running() == ("waits",)
    closing = loop.create_task(tasks.close())
    qtbot.waitUntil(closing.done)
    assert tasks.running() == ()
    assert told == []


def test_in_thread_hands_on_results_and_errors(tasks: Tasks, qtbot: QtBot) -> None:
    async def both() -> str:
        with pytest.raises(ZeroDivisionError):
            await tasks.in_thread(divmod, 1, 0)
        return await tasks.in_thread("a-b".replace, "-", "+")

    task = tasks.start(both(), "both")
    qtbot.waitUntil(task.done)
    assert task.result() == "a+b"
