"""Goal 1: from the start of the process to the first painted window, with the newest of many entries in it."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from desktop.exchange.imported import Imported
from desktop.workspace import Workspace
from tests.bench.measure import Figure
from tests.bench.page import coverage_of

TITLE: Final = "The window"
_PAIRS: Final = 15
_ENTRIES: Final = 10_000

_BARE: Final = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

class Window(QMainWindow):
    is_painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        self.is_painted = True

app = QApplication(["bare"])
window = Window()
window.setCentralWidget(QPlainTextEdit())
window.resize(1440, 900)
window.show()
while not window.is_painted:
    app.processEvents()
print(time.monotonic())
"""
_OURS: Final = """
import os, sys, time
from ui.command import main

def painted(window):
    assert len(window.glance.rows) == 20
    print(time.monotonic(), flush=True)
    os._exit(0)

class Watcher:
    def find_spec(self, name, path=None, target=None):
        # The first import after the first paint.
        if name == "ui.parts":
            from PySide6.QtWidgets import QApplication
            painted(QApplication.topLevelWidgets()[0])

sys.meta_path.insert(0, Watcher())
main(["--data", sys.argv[1], "open"])
"""


def figures() -> Iterator[Figure]:
    """Measure, and yield one figure after another."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as kept:
        folder = Path(kept) / "desk"
        _fill(folder)
        bare, ours = list[float](), list[float]()
        for number in range(_PAIRS + 1):
            pair = _painted(_BARE), _painted(_OURS, str(folder))
            if number:
                bare.append(pair[0])
                ours.append(pair[1])
    yield Figure("bare window, start to first paint", statistics.median(bare) * 1000, "ms")
    yield Figure(f"ours with the newest of {_ENTRIES:,}", statistics.median(ours) * 1000, "ms")
    ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
    spread = statistics.pstdev(ratios) / statistics.median(ratios)
    yield Figure("first paint against a bare window", statistics.median(ratios), "x", 1.5, spread)


def _fill(folder: Path) -> None:
    site = coverage_of(_ENTRIES)
    workspace = Workspace.open(folder)
    workspace.add_imported(Imported(coverage=site.coverage, entries=site.entries))
    workspace.close()


def _painted(script: str, *arguments: str) -> float:
    begun = time.monotonic()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return float(ended.stdout) - begun
