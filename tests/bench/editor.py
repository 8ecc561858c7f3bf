"""Goal 5: from a key to painted text, beside a bare text field, with spelling, and among many entries."""

import asyncio
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import process_time, sleep
from typing import Final
from uuid import UUID

from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from qasync import QEventLoop

from desktop.domain.blocks import Paragraph
from desktop.domain.moment import now
from desktop.domain.revision import Reason
from desktop.domain.text import text
from desktop.workspace import Workspace
from tests.bench.measure import Figure, interleaved
from ui import theme
from ui.changes import ChangeBridge
from ui.editor.manuscript import Manuscript
from ui.editor.pane import EditorPane
from ui.editor.pictures import Pictures
from ui.editor.rows import TEXT, Caret
from ui.editor.spelling import Spelling
from ui.editor.state import State
from ui.tasks import Tasks

TITLE: Final = "The editor"
_PAIRS: Final = 25
_KEYS: Final = "a word "
_FEW, _MANY = 20, 10_000
_WORDS: Final = (
    "The harbour office has closed the brigde to all trafic after the night’s storm, and the ferries will run every "
    "ten minutes until the cables have been looked at from both banks. Nobody was hurt."
)
_PARAGRAPHS: Final = 8


def figures() -> Iterator[Figure]:
    """Measure, and yield one figure after another; the processor's time, because nothing waits for anything."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        theme.apply(app)
    loop = QEventLoop(app, already_running=True)
    asyncio.set_event_loop(loop)
    asyncio.events._set_running_loop(loop)  # noqa: SLF001 - as qasync does while the application runs
    yield from _surfaces()
    yield _entries()
    asyncio.events._set_running_loop(None)  # noqa: SLF001
    asyncio.set_event_loop(None)
    loop.stop()
    loop.close()


def _surfaces() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "desk")
        tasks = Tasks()
        spelling = Spelling()
        spelling.attach(workspace, ChangeBridge(tasks), tasks)
        spelling.show_coverage(workspace.create_coverage("Storm").id)
        bare = QPlainTextEdit("\n".join([_WORDS] * _PARAGRAPHS))
        plain, spelled = _manuscript(None), _manuscript(spelling)
        works = {
            "bare": _typist(bare, bare),
            "ours": _typist(plain, plain.canvas.parts()[0]),
            "spelled": _typist(spelled, spelled.canvas.parts()[0]),
        }
        _wait(lambda: bool(spelled.surfaces()[-1].misspellings()) and not spelling.is_judging())
        times = interleaved(works, _PAIRS, process_time)
        yield Figure("a key to painted text", _per_key(times["ours"]), "ms", spread=_spread(times["ours"]))
        yield _ratio(times["ours"], times["bare"], "a key to painted text, times a bare field", 1.5)
        yield _ratio(times["spelled"], times["ours"], "with spelling, times without", 1.6)
        for widget in (bare, plain, spelled):
            widget.close()
        workspace.close()


def _manuscript(spelling: Spelling | None) -> Manuscript:
    made = Manuscript(Pictures(), spelling)
    made.resize(760, 700)
    made.show()
    blocks = tuple(Paragraph(text(_WORDS)) for _ in range(_PARAGRAPHS))
    made.show_state(State("Storm", now(), ("Mo",), blocks), QUndoStack(made), "UTC")
    made.activateWindow()
    made.set_caret(Caret(0, TEXT, 40, 40))
    return made


def _typist(window: QWidget, field: QWidget) -> Callable[[], object]:
    """Return what types a few keys into a field and has each painted."""
    window.resize(760, 700)
    window.show()

    def work() -> None:
        for key in _KEYS:
            QTest.keyClicks(field, key)
            QApplication.processEvents()

    return work


def _entries() -> Figure:
    with _pane(_FEW) as few, _pane(_MANY) as many:
        times = interleaved({"few": few, "many": many}, _PAIRS, process_time)
    return _ratio(times["many"], times["few"], "a key among 10,000 entries, times among 20", 1.1)


@contextmanager
def _pane(number: int) -> Iterator[Callable[[], object]]:
    """Open an entry in the middle of so many, saved as it is typed."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "desk")
        coverage = workspace.create_coverage("Storm")
        first = workspace.new_entry(coverage.id)
        said = tuple(Paragraph(text(_WORDS)) for _ in range(_PARAGRAPHS))
        others = [replace(first, id=UUID(int=place + 1), headline=f"Update {place}") for place in range(number - 1)]
        with workspace.store.write() as writing:
            writing.add_revisions(others, Reason.IMPORTED, "Mo")
        workspace.save_draft(replace(first, headline="Storm", blocks=said))
        tasks, pane = Tasks(), EditorPane()
        changes = ChangeBridge(tasks)
        changes.attach(workspace)
        pane.attach(workspace, changes, tasks)
        pane.resize(760, 900)
        pane.show()
        pane.show_entry(first.id, None)
        pane.manuscript.set_caret(Caret(0, TEXT, 40, 40))
        _wait(lambda: not tasks.running())
        yield _typist(pane, pane.manuscript.canvas.parts()[0])
        pane.show_entry(None, None)
        _wait(lambda: not tasks.running())
        pane.close()
        workspace.close()


def _wait(is_done: Callable[[], bool]) -> None:
    """Let threads work until something is done."""
    while not is_done():
        QApplication.processEvents()
        sleep(0.005)


def _per_key(times: list[float]) -> float:
    return statistics.median(times) / len(_KEYS) * 1_000


def _ratio(times: list[float], base: list[float], name: str, limit: float) -> Figure:
    ratios = [one / other for one, other in zip(times, base, strict=True)]
    return Figure(name, statistics.median(ratios), "x", limit=limit, spread=_spread(ratios))


def _spread(times: list[float]) -> float:
    """Return how far the middle half lies apart, as a share of the median."""
    low, middle, high = statistics.quantiles(times, n=4)
    return (high - low) / middle if middle else 0.0
