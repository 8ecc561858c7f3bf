import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.workspace import Workspace

HEAVY = (
    "asyncio",
    "qasync",
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "httpx",
    "keyring",
    "jinja2",
    "cryptography",
    "PySide6.QtWebEngineCore",
)

FIRST_PAINT = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.start import first_window, kept_look

application, folder = QApplication(["test"]), Path(sys.argv[1])
window = first_window(folder, kept_look(folder))
while not window.is_painted:
    application.processEvents()
loaded = [name for name in json.loads(sys.argv[2]) if name in sys.modules]
with_rows, rows = window.grab().toImage(), [row.headline for row in window.glance.rows]
window.show_glance(None)
print(json.dumps([loaded, rows, with_rows != window.grab().toImage()]))
"""

WHOLE_WAY = """
import asyncio, sys
from pathlib import Path
from desktop.domain.status import Status
from ui.start import run

async def until(condition):
    for _ in range(600):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came about")

async def journey(console):
    window, desk = console.window, console.window.desk
    window.deeds["try_sample"].trigger()
    await until(lambda: desk.coverage is not None and window.timeline.rows)
    await until(lambda: window.editor.pane is not None)
    ready = next(row for row in window.timeline.rows if row.status is Status.READY)
    desk.choose_entry(ready.id)
    await until(lambda: window.editor.pane.entry_id() == ready.id)
    desk.publish_entry()
    await until(lambda: console.workspace.timeline_row(ready.id, desk.endpoint_id).status is Status.LIVE)
    await until(lambda: window.status.line.text.startswith("Connected"))
    await until(lambda: window.deeds["withdraw"].isEnabled())
    desk.withdraw(ready.id, "It was another river.")
    await until(lambda: console.workspace.timeline_row(ready.id, desk.endpoint_id).status is Status.WITHDRAWN)
    await until(lambda: window.outbox.isHidden())
    await until(lambda: {row.id: row.status for row in window.timeline.rows}[ready.id] is Status.WITHDRAWN)
    assert not window.notices.shown, [notice.text + notice.report for notice in window.notices.shown]
    assert window.windowTitle().startswith("REHEARSAL")
    return 0

sys.exit(run(Path(sys.argv[1]), offscreen=True, journey=journey))
"""

ASKS = """
import asyncio, sys
from pathlib import Path
from ui.start import run

async def journey(console):
    window = console.window
    window.close()
    await asyncio.wait_for(console.closing(), 5)
    return 0 if window.isVisible() else 1

sys.exit(run(Path(sys.argv[1]), offscreen=True, journey=journey))
"""


def start(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_first_paint_shows_rows_and_waits_for_nothing_heavy(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    coverage = workspace.create_coverage("Storm over the valley")
    workspace.new_entry(coverage.id)
    workspace.close()
    ended = start(FIRST_PAINT, str(tmp_path), json.dumps(HEAVY))
    assert ended.returncode == 0, ended.stderr
    loaded, rows, is_painted = json.loads(ended.stdout)
    assert loaded == []
    assert rows == [""]
    assert is_painted


def test_the_sample_goes_out_and_comes_back_through_the_window(tmp_path: Path) -> None:
    ended = start(WHOLE_WAY, str(tmp_path))
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert "Traceback" not in ended.stderr


RESIZED = """
import asyncio, sys
from pathlib import Path
from ui.start import run

async def journey(console):
    if len(sys.argv) > 2:
        console.window.resize(1100, 666)
    await asyncio.sleep(0.1)
    print(console.window.height())
    return 0

sys.exit(run(Path(sys.argv[1]), offscreen=True, journey=journey))
"""


def test_the_window_comes_back_as_high_as_it_was(tmp_path: Path) -> None:
    assert start(RESIZED, str(tmp_path), "resize").stdout.split() == ["666"]
    assert start(RESIZED, str(tmp_path)).stdout.split() == ["666"]


def test_a_window_kept_off_every_screen_comes_back_onto_one(tmp_path: Path) -> None:
    far = RESIZED.replace("resize(1100, 666)", "setGeometry(9_000, 9_000, 700, 500)")
    seen = RESIZED.replace(
        "print(console.window.height())",
        "print(console.window.screen().availableGeometry().intersects(console.window.geometry()))",
    )
    assert start(far, str(tmp_path), "move").returncode == 0
    assert start(seen, str(tmp_path)).stdout.split() == ["True"]


def test_closing_the_window_only_asks(tmp_path: Path) -> None:
    ended = start(ASKS, str(tmp_path))
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


def test_a_folder_that_cannot_be_opened_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    held = Workspace.open(tmp_path)
    try:
        ended = start(ASKS, str(tmp_path))
    finally:
        held.close()
    assert ended.returncode == 1
    assert "StoreLocked" in ended.stderr


DAMAGED = """
import asyncio, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import app, loop
from ui.start import first_window, kept_look

application, folder = QApplication(["test"]), Path(sys.argv[1])
kept = kept_look(folder)
window = first_window(folder, kept)

async def main():
    console = app.Console(application, window, folder, kept)
    work = asyncio.ensure_future(app._work(console, None))
    while not console.window.notices.shown:
        await asyncio.sleep(0.01)
    print(console.window.notices.shown[0].text)
    console.window.close()
    code = await work
    await console.close()
    return code

sys.exit(loop.run(application, main))
"""


def test_a_damaged_workspace_is_told_with_the_command_that_saves_it(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    database = tmp_path / "newsroom.sqlite"
    database.write_bytes(b"not a database at all" * 400)
    done = start(DAMAGED, str(tmp_path))
    assert done.returncode == 1, done.stderr
    assert f"newsroom --data {tmp_path} doctor --rescue" in done.stdout
