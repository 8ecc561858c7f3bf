import threading
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.progress import counted
from desktop.exchange.files import ExportKind
from desktop.workspace import Workspace
from ui.exporting import FORMS, ExportSheet
from ui.tasks import Tasks
from ui.window import Window
from ui.work import WorkBench


def test_work_that_is_done_at_once_shows_nothing(qtbot: QtBot, tasks: Tasks) -> None:
    bench = WorkBench()
    qtbot.addWidget(bench)
    done: list[int] = []
    bench.start(tasks, "Adding up", lambda: 1 + 1, done.append)
    qtbot.waitUntil(lambda: done == [2])
    assert not bench.isVisible()
    assert not bench.strips


def test_long_work_shows_how_far_it_is_and_ends_when_it_is_stopped(qtbot: QtBot, tasks: Tasks) -> None:
    bench = WorkBench()
    qtbot.addWidget(bench)
    bench.show()
    go_on, finished = threading.Event(), list[object]()

    def count() -> None:
        for number in counted("Counting sheep", range(200)):
            if number == 100:
                go_on.wait(30)

    bench.start(tasks, "Falling asleep", count, finished.append)
    strip = bench.strips[0]
    qtbot.waitUntil(strip.isVisible)
    qtbot.waitUntil(lambda: "100 of 200" in strip.words.text())
    assert strip.bar.value() == 100
    with qtbot.waitSignal(bench.stopped) as stopped:
        strip.stop.click()
        go_on.set()
    assert stopped.args == ["Falling asleep: stopped. Nothing was changed."]
    assert not finished
    assert not bench.isVisible()


def test_a_page_is_exported_in_the_form_chosen(
    window: Window, qtbot: QtBot, coverage: Coverage, tmp_path: Path
) -> None:
    window.desk.open_coverage(coverage.id)
    window.deeds["export"].trigger()
    sheet = next(child for child in window.findChildren(ExportSheet) if child.isVisible())
    number = next(at for at, form in enumerate(FORMS) if form[0] is ExportKind.ARCHIVE)
    sheet.forms.button(number).setChecked(True)
    with qtbot.waitSignal(window.sheets.told) as told:
        sheet._folder.fileSelected.emit(str(tmp_path))  # noqa: SLF001 - the system's own dialog is not ours to press
    assert told.args == [f"Wrote {tmp_path / 'coverage.zip'}"]
    assert (tmp_path / "coverage.zip").stat().st_size > 0


def test_every_form_of_export_is_offered() -> None:
    assert {form for form, _, _ in FORMS} == set(ExportKind)


def test_a_page_dropped_on_the_window_is_brought_in(
    window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace, tmp_path: Path
) -> None:
    file = desk_workspace.export(coverage.id, ExportKind.JSON, tmp_path / "out")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(tmp_path / "picture.png"))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window.sheets.told):
        window.dropEvent(drop)
    assert len(desk_workspace.coverages()) == 2
