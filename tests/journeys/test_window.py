"""The real window, walked through off-screen as a process of its own."""

import json
import signal
import struct
import subprocess
import time
from pathlib import Path

from tests.journeys.conftest import Run, command, environment, result


def size(png: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def test_a_producer_walks_the_whole_way(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path / "unused", "demo", "--out", tmp_path / "demo", "--json"),
        capture_output=True,
        text=True,
        timeout=180,
        env=environment(tmp_path, {}),
        check=False,
    )
    told = result(done)
    photographs = [Path(name) for name in told["screenshots"]]
    assert {path.stem.split("-", 1)[1] for path in photographs} >= {
        *("desk", "editor", "armed", "live", "preview", "consent-before", "consent-after", "consent-no-javascript"),
        *("history", "checks", "receipts", "settings", "dark", "high-contrast", "withdrawn"),
    }
    assert all(min(size(path)) > 100 for path in photographs)
    page = Path(told["page"]).read_text()
    assert page.count("<article") == 20
    assert "Ferry timetable back to normal" not in page
    assert "The timetable was given for the wrong quay." in page
    said = "\n".join(told["told"])
    assert "0 third-party requests before consent" in said
    assert "0 third-party requests with JavaScript off" in said


def test_a_command_that_writes_leaves_an_open_window_alone(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Not read: the window is in the way.")
    window = subprocess.Popen(
        command(tmp_path / "desk", "open", "--offscreen"), env=environment(tmp_path, {}), stderr=subprocess.DEVNULL
    )
    try:
        # The window's own rehearsal endpoint starts once the workspace is open.
        deadline = time.monotonic() + 60
        while not (tmp_path / "desk" / "rehearsal" / "token").exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        refused = run("import", page)
        assert refused.returncode == 3, refused.stderr
        assert refused.stderr.startswith("newsroom: ")
        assert run("list").returncode == 0
    finally:
        window.send_signal(signal.SIGKILL)
        window.wait(10)
    assert run("list").returncode == 0
    assert run("import", page).returncode == 1


def test_the_self_test_uses_every_part(run: Run) -> None:
    done = run("self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        *("versions", "store", "render", "browser", "publish"),
        "All",
    ]


def test_the_rehearsal_says_where_it_is_in_one_line(tmp_path: Path) -> None:
    with subprocess.Popen(
        command(tmp_path, "rehearse", "--port", "0"), stdout=subprocess.PIPE, text=True, env=environment(tmp_path, {})
    ) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert set(said) == {"url", "token", "reader_url"}
