import subprocess
import sys

LIFE = """
import asyncio, sys, threading
from PySide6.QtWidgets import QApplication, QWidget
from ui import loop

async def main():
    window = QWidget()
    window.show()
    window.close()
    await asyncio.sleep(0.05)
    worker = await asyncio.to_thread(threading.current_thread)
    return 7 if worker.name.startswith("desk") else 1

sys.exit(loop.run(QApplication(["test"]), main))
"""


def test_the_application_lives_as_long_as_main_and_exits_with_its_code() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LIFE],
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (7, "", "")
