import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.exchange.files import ExportKind
from desktop.workspace import Workspace
from ui.summons import Summons, hand_over

PATIENCE_SECONDS = 60

FIRST = """
import asyncio, sys
from pathlib import Path
from ui.start import run

async def journey(console):
    print("open", flush=True)
    for _ in range(400):
        if console.window.desk.coverage is not None:
            print(console.window.desk.coverage.headline, console.window.isActiveWindow(), flush=True)
            return 0
        await asyncio.sleep(0.05)
    return 1

sys.exit(run(Path(sys.argv[1]), offscreen=True, journey=journey))
"""


def test_a_second_start_hands_its_file_to_the_first_window_and_ends(tmp_path: Path) -> None:
    elsewhere = Workspace.open(tmp_path / "elsewhere")
    sample = elsewhere.sample()
    page = elsewhere.export(sample.id, ExportKind.JSON, tmp_path / "pages")
    elsewhere.close()
    folder = tmp_path / "desk"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", FIRST, str(folder)], stdout=subprocess.PIPE, text=True, env=environment
    ) as first:
        try:
            assert first.stdout is not None
            assert first.stdout.readline() == "open\n"
            second = subprocess.run(
                [sys.executable, "-m", "ui", "--data", str(folder), "open", "--offscreen", str(page)],
                env=environment,
                timeout=PATIENCE_SECONDS,
                check=False,
            )
            assert second.returncode == 0
            assert first.stdout.readline() == f"{sample.headline} True\n"
            assert first.wait(PATIENCE_SECONDS) == 0
        finally:
            first.kill()


def test_nobody_who_answers_means_the_files_are_ours(tmp_path: Path) -> None:
    assert not hand_over(tmp_path, [tmp_path / "page.txt"])


@pytest.mark.skipif(sys.platform == "win32", reason="local sockets are files only on Unix")
def test_what_a_killed_process_left_behind_does_not_stop_a_start_from_listening(tmp_path: Path, qtbot: QtBot) -> None:
    before = Summons(tmp_path)
    address = before.address
    before.close()
    left = socket.socket(socket.AF_UNIX)
    left.bind(address)
    left.close()
    summons = Summons(tmp_path)
    assert Path(address).exists()
    with socket.socket(socket.AF_UNIX) as caller, qtbot.waitSignal(summons.came) as came:
        caller.connect(address)
        caller.sendall(b'["/pages/one.txt"]\n')
    assert came.args == [(Path("/pages/one.txt"),)]
    summons.close()


@pytest.mark.parametrize("words", [b"not json\n", b'{"a": 1}\n', b"[1]\n", b"x" * 70_000])
def test_words_that_are_no_list_of_files_are_not_answered(tmp_path: Path, qtbot: QtBot, words: bytes) -> None:
    summons = Summons(tmp_path)
    with socket.socket(socket.AF_UNIX) as caller, qtbot.assertNotEmitted(summons.came):
        caller.connect(summons.address)
        caller.sendall(words)
        caller.setblocking(False)  # noqa: FBT003 - its only argument

        def hung_up() -> bool:
            try:
                return caller.recv(100) == b""
            except BlockingIOError:
                return False

        qtbot.waitUntil(hung_up)
    summons.close()
