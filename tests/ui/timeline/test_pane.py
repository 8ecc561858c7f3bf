import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.clock import ClockTurn
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint
from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from desktop.workspace import Workspace
from ui import theme
from ui.actions import Actions, Needs
from ui.changes import ChangeBridge
from ui.tasks import Tasks
from ui.timeline.delegate import row_height
from ui.timeline.model import BOUNDARY, NOTE, WANTED
from ui.timeline.pane import TimelinePane


@pytest.fixture
def timeline(
    qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, tasks: Tasks, coverage: Coverage
) -> TimelinePane:
    actions = Actions()
    actions.enable(set(Needs))
    pane = TimelinePane(actions)
    actions.setParent(pane)
    qtbot.addWidget(pane)
    pane.resize(320, 500)
    pane.show()
    pane.attach(desk_workspace, changes, tasks)
    pane.show_coverage(coverage.id, None)
    qtbot.waitUntil(lambda: len(pane.rows) == 3 and not tasks.running())
    return pane


def headlines(pane: TimelinePane) -> list[str]:
    return [row.headline for row in pane.model.rows]


def test_entries_stand_newest_first(timeline: TimelinePane) -> None:
    assert headlines(timeline) == ["Bridge open again", "Ferry stopped", "Bridge closed"]
    assert timeline.day.text() == "Sunday 22 November 2026"


def test_j_and_k_walk_and_tell(timeline: TimelinePane, qtbot: QtBot) -> None:
    chosen: list[UUID | None] = []
    timeline.entry_chosen.connect(chosen.append)
    timeline.activateWindow()
    qtbot.waitUntil(timeline.isActiveWindow)
    timeline.view.setFocus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K):
        QTest.keyClick(timeline.view, key)
    rows = timeline.model.rows
    assert chosen == [rows[0].id, rows[1].id, rows[0].id]


def test_a_saved_headline_changes_its_row_and_tells_nobody(
    timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    timeline.choose(timeline.model.rows[1].id)
    chosen: list[UUID | None] = []
    timeline.entry_chosen.connect(chosen.append)
    entry = desk_workspace.entry(timeline.model.rows[1].id)
    desk_workspace.save_draft(replace(entry, headline="Ferry runs"))
    qtbot.waitUntil(lambda: headlines(timeline)[1] == "Ferry runs")
    assert timeline.view.chosen == entry.id
    assert chosen == []


def test_a_retimed_entry_keeps_the_selection(timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    moved = timeline.model.rows[2].id
    timeline.choose(moved)
    chosen: list[UUID | None] = []
    timeline.entry_chosen.connect(chosen.append)
    entry = desk_workspace.entry(moved)
    desk_workspace.save_draft(replace(entry, at=timeline.model.rows[0].at.replace(hour=9)))
    qtbot.waitUntil(lambda: timeline.model.rows[0].id == moved)
    assert timeline.view.chosen == moved
    assert chosen == []


def test_an_entry_in_the_bin_leaves_the_list(timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    gone = timeline.model.rows[0].id
    desk_workspace.bin_entry(gone)
    qtbot.waitUntil(lambda: timeline.model.row_of(gone) < 0)
    assert len(timeline.model.rows) == 2


def test_a_new_entry_stands_on_top(timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace) -> None:
    coverage_id = desk_workspace.coverages()[0].id
    entry = desk_workspace.new_entry(coverage_id)
    timeline.choose(entry.id)
    qtbot.waitUntil(lambda: timeline.model.row_of(entry.id) == 0)
    assert timeline.view.chosen == entry.id


def test_a_burst_is_read_at_once_and_resets_nothing(
    timeline: TimelinePane,
    qtbot: QtBot,
    desk_workspace: Workspace,
    rehearsal_place: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coverage_id = desk_workspace.coverages()[0].id
    timeline.show_coverage(coverage_id, rehearsal_place.id)
    qtbot.wait(100)
    reads: list[int] = []
    shown: list[int] = []
    resets: list[None] = []

    def counted(entry_ids: Sequence[UUID], endpoint_id: UUID | None) -> dict[UUID, TimelineRow]:
        reads.append(len(entry_ids))
        return Workspace.timeline_rows(desk_workspace, entry_ids, endpoint_id)

    monkeypatch.setattr(desk_workspace, "timeline_rows", counted)
    timeline.model.modelReset.connect(lambda: resets.append(None))
    timeline.model.dataChanged.connect(lambda first, _: shown.append(first.row()))
    desk_workspace.publish(coverage_id, None, rehearsal_place.id)
    for row in timeline.rows:
        desk_workspace.save_draft(desk_workspace.entry(row.id))
    qtbot.waitUntil(lambda: [row.status for row in timeline.rows].count(Status.QUEUED) == 2)
    qtbot.wait(100)
    assert sum(reads) <= 6
    assert len(reads) <= 2
    assert resets == []
    assert len(shown) <= 6


def test_what_changes_while_all_rows_are_read_is_not_lost(
    timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    coverage_id = desk_workspace.coverages()[0].id
    for count in range(5):
        # The reading begins before the entry is there, and may end after its change was told.
        timeline.show_coverage(coverage_id, None)
        desk_workspace.new_entry(coverage_id)
        qtbot.waitUntil(lambda wanted=count + 4: len(timeline.rows) == wanted)  # type: ignore[misc] # bound now


def test_states_and_words_narrow_the_list(timeline: TimelinePane, qtbot: QtBot) -> None:
    timeline.states.setCurrentIndex(timeline.states.findData(Status.READY.value))
    assert headlines(timeline) == ["Bridge open again", "Ferry stopped"]
    QTest.keyClicks(timeline.words, "bridge")
    qtbot.waitUntil(lambda: headlines(timeline) == ["Bridge open again"])
    timeline.states.setCurrentIndex(0)
    assert headlines(timeline) == ["Bridge open again", "Bridge closed"]
    timeline.words.setText("nowhere to be found")
    qtbot.waitUntil(lambda: headlines(timeline) == [])
    timeline.words.clear()
    qtbot.waitUntil(lambda: len(headlines(timeline)) == 3)


def test_rows_are_painted_and_grow_with_the_text(timeline: TimelinePane, qapp: QApplication) -> None:
    before = row_height()
    assert timeline.view.visualRect(timeline.model.index(0)).height() == before
    image = timeline.view.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, before, 2)}
    assert len(colours) > 10
    theme.apply(qapp, scale=1.5)
    timeline.dress()
    timeline.view.grab()
    assert timeline.view.visualRect(timeline.model.index(0)).height() == row_height() > before


def test_a_slow_look_at_everything_never_brings_back_older_rows(
    timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_end = threading.Event(), threading.Event()
    coverage_id = desk_workspace.coverages()[0].id
    read = desk_workspace.timeline

    def slow(*args: UUID | None) -> tuple[TimelineRow, ...]:
        rows = read(args[0], args[1]) if args[0] else ()
        began.set()
        may_end.wait(10)
        return rows

    monkeypatch.setattr(desk_workspace, "timeline", slow)
    timeline.show_coverage(coverage_id, None)
    qtbot.waitUntil(began.is_set)
    entry = desk_workspace.entry(timeline.model.rows[0].id)
    desk_workspace.save_draft(replace(entry, headline="Newer than what is read"))
    qtbot.waitUntil(lambda: headlines(timeline)[0] == "Newer than what is read")
    may_end.set()
    qtbot.waitUntil(lambda: not tasks.running())
    assert headlines(timeline)[0] == "Newer than what is read"


def test_days_states_and_words_narrow_the_list_together(timeline: TimelinePane, qtbot: QtBot) -> None:
    days = timeline.filters.days
    assert [days.itemText(at) for at in range(days.count())] == ["All days", "Sun 22 Nov", "Sat 21 Nov"]
    days.setCurrentIndex(1)
    assert headlines(timeline) == ["Bridge open again"]
    days.setCurrentIndex(2)
    assert headlines(timeline) == ["Ferry stopped", "Bridge closed"]
    timeline.states.setCurrentIndex(timeline.states.findData(Status.READY.value))
    assert headlines(timeline) == ["Ferry stopped"]
    timeline.words.setText("bridge")
    qtbot.waitUntil(lambda: headlines(timeline) == [])
    timeline.filters.clear()
    qtbot.waitUntil(lambda: len(headlines(timeline)) == 3)


def test_a_day_that_is_left_empty_is_offered_no_more(
    timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    days = timeline.filters.days
    days.setCurrentIndex(1)
    desk_workspace.bin_entry(timeline.model.rows[0].id)
    qtbot.waitUntil(lambda: days.count() == 2)
    assert headlines(timeline) == ["Ferry stopped", "Bridge closed"]


def test_what_is_found_is_marked_and_the_words_around_it_shown(timeline: TimelinePane, qtbot: QtBot) -> None:
    plain = timeline.view.grab().toImage()
    timeline.words.setText("know")
    qtbot.waitUntil(lambda: timeline.model.index(0).data(WANTED) == ("know",))
    assert str(timeline.model.index(0).data(NOTE)).startswith("What we know about")
    marked = theme.tokens().rehearsal
    image = timeline.view.grab().toImage()

    def is_marked(shown: QImage) -> bool:
        return any(shown.pixelColor(x, y).name() == marked for x in range(shown.width()) for y in range(row_height()))

    assert is_marked(image)
    assert not is_marked(plain)
    timeline.words.clear()
    qtbot.waitUntil(lambda: timeline.model.index(0).data(WANTED) == ())


def test_pages_and_pauses_are_drawn_between_rows(
    timeline: TimelinePane, qtbot: QtBot, desk_workspace: Workspace
) -> None:
    coverage = desk_workspace.coverages()[0]
    for minute in range(25):
        entry = desk_workspace.new_entry(coverage.id)
        at = datetime(2026, 11, 20, 9, minute, tzinfo=UTC)
        desk_workspace.save_draft(replace(entry, headline=f"Update {minute}", at=at))
        desk_workspace.mark_ready(entry.id)
    desk_workspace.turn_clock(coverage.id, ClockTurn.STARTED)
    desk_workspace.turn_clock(coverage.id, ClockTurn.PAUSED, message="Back at six.")
    qtbot.waitUntil(lambda: len(timeline.rows) == 28)
    labels = [str(timeline.model.index(at).data(BOUNDARY)) for at in range(28)]
    assert labels[0].startswith("paused ")
    (page,) = (at for at, said in enumerate(labels) if "page" in said)
    on_page = [row for row in timeline.rows if row.status is not Status.DRAFT]
    assert timeline.rows[page] == on_page[-20]
    assert "Back at six." in str(timeline.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    desk_workspace.return_to_draft(on_page[-1].id)
    qtbot.waitUntil(lambda: timeline.model.row_of(on_page[-21].id) == page - 1 and bool(_label(timeline, page - 1)))
    assert _label(timeline, page) == ""


def _label(pane: TimelinePane, at: int) -> str:
    return str(pane.model.index(at).data(BOUNDARY))


def test_a_row_has_a_menu_by_mouse_and_by_key(timeline: TimelinePane, qtbot: QtBot) -> None:
    rect = timeline.view.visualRect(timeline.model.index(1))
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, rect.center(), timeline.view.viewport().mapToGlobal(rect.center()))
        with qtbot.waitSignal(timeline.view.menu_wanted):
            QApplication.sendEvent(timeline.view.viewport(), event)
        menu = timeline.findChild(QMenu)
        assert isinstance(menu, QMenu)
        offered = [action.objectName() for action in menu.actions() if not action.isSeparator()]
        assert {"toggle_pin", "toggle_key_moment", "retime_entry", "duplicate_entry", "bin_entry"} <= {*offered}
        assert len(offered) == len({*offered})
        assert timeline.view.chosen == timeline.model.rows[1].id
        menu.close()


def test_many_rows_need_no_widget_each(timeline: TimelinePane) -> None:
    row = timeline.rows[0]
    many = tuple(replace(row, id=UUID(int=each), at=row.at - timedelta(minutes=each)) for each in range(1, 2001))
    timeline.model.show_rows(many)
    before = len(timeline.view.findChildren(QWidget))
    for at in range(0, 2000, 100):
        timeline.view.scrollTo(timeline.model.index(at))
        timeline.view.grab()
    assert len(timeline.view.findChildren(QWidget)) == before
