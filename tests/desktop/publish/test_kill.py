"""A publisher that is killed -9 at each step: what was queued is there once, in order, after the next drain.

Each test kills three times at its step. NEWSROOM_KILLS asks for so many kills a step instead, as in
`NEWSROOM_KILLS=50 python -m pytest tests/desktop/publish/test_kill.py`; what is printed with -s adds up.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.desktop.publish.proxy import Proxy

CHECKOUT = Path(__file__).parents[3]
AT_ONCE = 3
TURNS = -(-int(os.environ.get("NEWSROOM_KILLS", AT_ONCE)) // AT_ONCE)


@pytest.fixture
def proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    command = [sys.executable, "-m", "tests.desktop.publish.rehearsal_process", str(tmp_path / "rehearsal")]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        monkeypatch.setenv("NEWSROOM_TEST_TOKEN", told["token"])
        between = Proxy(told["url"])
        yield between
        between.stop()
        process.terminate()


def _kill_at(desk: Desk, proxy: Proxy, step: str, passing: int) -> None:
    """Start a publisher, let it come to a step, and kill it there."""
    folder, endpoint_id = str(desk.store.folder), str(desk.endpoint.id)
    proxy.stand_still_at(step, passing)
    command = [sys.executable, "-m", "tests.desktop.publish.publisher_process", folder, endpoint_id, step, str(passing)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        if step in {"claimed", "answered", "settled"}:
            assert process.stdout.readline() == b"here\n"
        else:
            assert proxy.is_here.wait(30)
        process.kill()
    proxy.cut()


@pytest.mark.parametrize("turn", range(TURNS))
@pytest.mark.parametrize("step", ["claimed", "arrived", "late", "effect", "answered", "settled"])
def test_killed_at_any_step_nothing_is_lost_and_nothing_doubled(
    step: str, turn: int, store: Store, proxy: Proxy
) -> None:
    coverage = Coverage(id=new_id(), headline="Storm over the coast", summary=(SummaryPoint(new_id(), "Trains stop."),))
    desk = Desk(store, coverage, endpoint_at(proxy.url), Credentials())
    desk.save()
    first = desk.write("Trains stop")
    operations = list(desk.publish(first, *(desk.write(f"Update {number}") for number in range(3))))
    _kill_at(desk, proxy, step, 0)
    _kill_at(desk, proxy, step, 1)
    operations += desk.publish(replace(first, headline="Trains run"))
    _kill_at(desk, proxy, step, 2)
    desk.drain()
    assert set(desk.states()) <= {"done", "cancelled"}
    sent = [str(each.id) for each in operations if desk.operation(each.id).state.value == "done"]
    answer = httpx.get(f"{proxy.url}{desk.path()}/changes", headers={"Accept-Encoding": "identity"}).json()
    effects = [change["op"] for change in answer["changes"]]
    told = {"lost": len(set(sent) - set(effects)), "doubled": len(effects) - len(set(effects))}
    sys.stdout.write(f"{step} {turn}: {AT_ONCE} kills, {len(sent)} changes, {told}\n")
    assert effects == sent, "each once, in the desk's order"
