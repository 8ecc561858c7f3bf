import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.lock import LOCK_FILE, WorkspaceLock
from desktop.store.problems import StoreLocked

HOLDING = """
import sys, time
from pathlib import Path
from desktop.store.lock import WorkspaceLock
lock = WorkspaceLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_only_one_holds_a_workspace_until_it_lets_go(folder: Path) -> None:
    lock = WorkspaceLock.acquire(folder)
    with pytest.raises(StoreLocked, match="open in another window"):
        WorkspaceLock.acquire(folder)
    lock.release()
    lock.release()
    WorkspaceLock.acquire(folder).release()


@pytest.mark.skipif(os.name == "nt", reason="sends SIGKILL")
def test_the_lock_dies_with_the_process_that_held_it(folder: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLDING, str(folder)], stdout=subprocess.PIPE, text=True)
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked):
            WorkspaceLock.acquire(folder)
        child.send_signal(signal.SIGKILL)
    WorkspaceLock.acquire(folder).release()


@pytest.mark.parametrize("left", [b"", b"someone else's words"])
def test_a_file_left_behind_locks_nobody_out(folder: Path, left: bytes) -> None:
    folder.mkdir()
    (folder / LOCK_FILE).write_bytes(left)
    WorkspaceLock.acquire(folder).release()
