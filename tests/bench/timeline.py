"""Goal 6: opening a coverage, the timeline's rows among few and many, scrolling, and searching 100,000 entries."""

import os
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import process_time
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QApplication

from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, Stage
from desktop.domain.revision import Reason
from desktop.domain.status import Status
from desktop.domain.text import text
from desktop.domain.timeline import TimelineRow
from desktop.workspace import Workspace
from tests.bench.measure import Figure, interleaved
from ui import theme
from ui.actions import Actions
from ui.timeline.filters import Filters
from ui.timeline.model import TimelineModel
from ui.timeline.pane import TimelinePane
from ui.timeline.view import TimelineView

TITLE: Final = "The timeline"
_NOON: Final = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
_FEW, _MANY, _MOST = 20, 10_000, 100_000
_PAIRS: Final = 25
_FRAMES: Final = 300
_AT_ONCE: Final = 10_000
_STATUSES: Final = (Status.LIVE, Status.LIVE, Status.READY, Status.LIVE_EDITED, Status.WITHDRAWN)


def figures() -> Iterator[Figure]:
    """Measure, and yield one figure after another."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        theme.apply(app)
    yield _opened()
    yield _populated()
    yield _edited()
    yield _scrolled()
    yield _filtered()
    yield from _searched()


def _shown(rows: tuple[TimelineRow, ...]) -> tuple[TimelineModel, TimelineView]:
    model = TimelineModel()
    view = TimelineView(model)
    view.resize(320, 700)
    view.show()
    model.show_rows(rows)
    view.viewport().grab()
    return model, view


def _rows(number: int) -> tuple[TimelineRow, ...]:
    return tuple(
        TimelineRow(
            id=UUID(int=1_000 + place),
            at=_NOON + timedelta(minutes=place),
            headline=f"Update {place}: the harbour office has closed the bridge to all traffic",
            status=_STATUSES[place % len(_STATUSES)],
            changed_at=_NOON,
            live_at=_NOON,
            author="Mo",
        )
        for place in range(number, 0, -1)
    )


def _opened() -> Figure:
    """Open a coverage: its newest rows are read and painted; the rest follows from a thread and is not waited for."""
    with _desk(_FEW) as (few, few_id), _desk(_MANY) as (many, many_id):
        panes = {"few": (few, few_id), "many": (many, many_id)}
        works = {name: _opener(place, coverage_id) for name, (place, coverage_id) in panes.items()}
        times = interleaved(works, _PAIRS, process_time)
    return _ratio(times, "open a coverage of 10,000, times one of 20", 1.5)


def _opener(place: Workspace, coverage_id: UUID) -> Callable[[], object]:
    pane = TimelinePane(Actions())
    pane.resize(320, 700)
    pane.show()
    # Without tasks, nothing is read in a thread.
    pane._workspace = place  # noqa: SLF001 - what attach does, but for the changes

    def work() -> None:
        pane.show_coverage(None, None)
        pane.show_coverage(coverage_id, None)
        pane.view.viewport().grab()

    return work


def _populated() -> Figure:
    works = {name: _populater(_rows(number)) for name, number in (("few", _FEW), ("many", _MANY))}
    times = interleaved(works, _PAIRS, process_time)
    return _ratio(times, "populate and paint 10,000 rows, times 20", None)


def _populater(rows: tuple[TimelineRow, ...]) -> Callable[[], object]:
    model, view = _shown(())

    def work() -> None:
        model.show_rows(())
        model.show_rows(rows)
        view.viewport().grab()

    return work


def _edited() -> Figure:
    works = {name: _editor(_rows(number)) for name, number in (("few", _FEW), ("many", _MANY))}
    return _ratio(interleaved(works, _PAIRS, process_time), "edit one of 10,000 rows and paint, times one of 20", 1.25)


def _editor(rows: tuple[TimelineRow, ...]) -> Callable[[], object]:
    (model, view), numbers = _shown(rows), count()

    def work() -> None:
        model.update((replace(rows[3], headline=f"Edited {next(numbers)}"),))
        view.viewport().grab()

    return work


def _scrolled() -> Figure:
    _, view = _shown(_rows(_MANY))
    frames = []
    for frame in range(_FRAMES):
        start = process_time()
        view.verticalScrollBar().setValue(frame * 37)
        view.viewport().grab()
        frames.append(process_time() - start)
    return Figure("a frame of scrolling 10,000 rows, p95", statistics.quantiles(frames, n=20)[-1] * 1_000, "ms", 16.7)


def _filtered() -> Figure:
    rows, filters, model = _rows(_MOST), Filters(), TimelineModel()
    model.show_rows(rows)
    chosen = filters.states.findData(Status.READY.value)
    taken = []
    for _ in range(5):
        for at in (chosen, 0):
            filters.states.setCurrentIndex(at)
            start = process_time()
            model.show_rows(filters.kept(rows, None))
            if at:
                taken.append(process_time() - start)
    return Figure("100,000 rows narrowed to one state", statistics.median(taken) * 1_000, "ms")


def _searched() -> Iterator[Figure]:
    """Find the newest twenty of a word that stands in every entry, of a rare one, and by looking through all."""
    with _desk(_MOST) as (place, coverage_id):
        path = place.store.path

        def look_through() -> None:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                connection.execute("SELECT rowid FROM entry_words WHERE words LIKE '%nowhere%' LIMIT 20").fetchall()

        works: dict[str, Callable[[], object]] = {
            "common": lambda: place.search("bridge", coverage_id=coverage_id),
            "rare": lambda: place.search("r4999", coverage_id=coverage_id),
            "like": look_through,
        }
        times = interleaved(works, 15, process_time)
    shares = [ours / through for ours, through in zip(times["common"], times["like"], strict=True)]
    yield Figure("newest 20 of 100,000, times LIKE", statistics.median(shares), "x", 0.01, _spread(shares))
    shares = [common / rare for common, rare in zip(times["common"], times["rare"], strict=True)]
    yield Figure("a common word, times a rare one", statistics.median(shares), "x", 5, _spread(shares))


@contextmanager
def _desk(number: int) -> Iterator[tuple[Workspace, UUID]]:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        place = Workspace.open(Path(folder))
        coverage = Coverage(id=UUID(int=1), headline="Harbour bridge closed")
        with place.store.write() as writing:
            writing.put_coverage(coverage)
        for start in range(0, number, _AT_ONCE):
            with place.store.write() as writing:
                made = [_entry(each, coverage.id) for each in range(start, min(start + _AT_ONCE, number))]
                writing.add_revisions(made, Reason.IMPORTED, "Mo")
        try:
            yield place, coverage.id
        finally:
            place.close()


def _entry(number: int, coverage_id: UUID) -> Entry:
    rare = f" r{number}" if number % 1000 == 999 else ""
    said = Paragraph(text(f"The harbour office has closed the bridge for the {number}th time{rare}."))
    at = _NOON + timedelta(seconds=number)
    return Entry(
        id=UUID(int=1_000 + number),
        coverage_id=coverage_id,
        at=at,
        headline=f"Update {number}",
        blocks=(said,),
        stage=Stage.READY,
    )


def _ratio(times: dict[str, list[float]], name: str, limit: float | None) -> Figure:
    ratios = [many / few for few, many in zip(times["few"], times["many"], strict=True)]
    return Figure(name, statistics.median(ratios), "x", limit, _spread(ratios))


def _spread(times: list[float]) -> float:
    low, middle, high = statistics.quantiles(times, n=4)
    return (high - low) / middle if middle else 0.0
