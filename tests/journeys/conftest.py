"""Whole stories: the program as a process, as a newsroom starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT.parent / "shared" / "example"
TOKEN_VARIABLE = "NEWSROOM_TEST_TOKEN"

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `newsroom --data <a folder of this test> …` to its end."""

    def newsroom(
        *arguments: str | Path, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(tmp_path / "desk", *arguments),
            capture_output=True,
            text=True,
            timeout=90,
            env=environment(tmp_path, variables or {}),
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return newsroom


def command(folder: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "ui", "--data", str(folder), *map(str, arguments)]


def environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", **more}


def result(done: Done) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@dataclass(frozen=True)
class Rehearsal:
    """A `newsroom rehearse` process and what it said of itself."""

    process: subprocess.Popen[str]
    url: str
    token: str
    reader_url: str

    def entries(self, coverage: str) -> list[dict[str, Any]]:
        """Every entry it holds of a page, newest first."""
        answer = httpx.get(f"{self.url}/pages/{coverage}/entries", params={"limit": 100})
        assert answer.status_code == 200, answer.text
        held: list[dict[str, Any]] = answer.json()["entries"]
        return held

    def changes(self, coverage: str) -> list[dict[str, Any]]:
        """Everything that was ever written of a page."""
        answer = httpx.get(f"{self.url}/pages/{coverage}/changes")
        assert answer.status_code == 200, answer.text
        written: list[dict[str, Any]] = answer.json()["changes"]
        return written


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    process = subprocess.Popen(
        command(tmp_path / "server", "rehearse"),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(tmp_path, {}),
    )
    assert process.stdout is not None
    with process.stdout:
        yield Rehearsal(process, **json.loads(process.stdout.readline()))
        process.terminate()
        assert process.wait(20) == 0


@pytest.fixture
def example() -> Path:
    """The folder of the real live page, where there is one."""
    if not (EXAMPLE / "live-page.txt").is_file():
        pytest.skip("the example page is not beside this checkout")
    return EXAMPLE
