import asyncio
from pathlib import Path

import pytest

from desktop.domain.progress import Cancelled, counted, watched
from desktop.exchange.files import ExportKind
from desktop.workspace import Workspace

Step = tuple[str, int, int]


def test_work_nobody_watches_goes_on_as_it_is() -> None:
    assert list(counted("Counting", "abc")) == ["a", "b", "c"]


def test_a_watcher_hears_about_two_hundred_times_however_long_the_work() -> None:
    heard: list[Step] = []
    with watched(lambda *step: heard.append(step)):
        assert len(list(counted("Counting", range(10_000)))) == 10_000
    assert 150 <= len(heard) <= 250
    assert heard == sorted(heard)
    assert {of for _, _, of in heard} == {10_000}


def test_work_in_a_thread_is_watched_by_whoever_started_it() -> None:
    heard: list[Step] = []

    async def start() -> None:
        with watched(lambda *step: heard.append(step)):
            await asyncio.to_thread(lambda: list(counted("Counting", "ab")))

    asyncio.run(start())
    assert heard == [("Counting", 0, 2), ("Counting", 1, 2)]


def test_an_import_that_is_cancelled_leaves_nothing_behind(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "desk")
    file = workspace.export(workspace.sample().id, ExportKind.JSON, tmp_path / "out")
    before = workspace.coverages()
    heard: list[str] = []

    def stop_while_keeping(*step: object) -> None:
        heard.append(str(step[0]))
        if step[0] == "Keeping entries" and step[1]:
            message = "Stopped."
            raise Cancelled(message)

    with watched(stop_while_keeping), pytest.raises(Cancelled):
        workspace.import_file(file)
    assert "Keeping entries" in heard
    assert workspace.coverages() == before
    workspace.close()


def test_an_export_tells_how_far_it_is(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "desk")
    heard: set[object] = set()
    with watched(lambda *step: heard.add(step[0])):
        workspace.export(workspace.sample().id, ExportKind.HTML, tmp_path / "out")
    assert {"Rendering pages", "Writing files"} <= heard
    workspace.close()
