from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.identity import made_at, new_id
from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from desktop.workspace import Workspace
from ui.history.entry_times import EntryTimes
from ui.timing import TimeSheet
from ui.window import Window

LONDON, DELHI = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")


def row(at: datetime) -> TimelineRow:
    return TimelineRow(id=UUID(int=1), at=at, headline="Quay", status=Status.DRAFT, changed_at=at + timedelta(hours=1))


def test_an_id_of_the_desk_tells_when_it_was_made() -> None:
    made = made_at(new_id())
    assert made is not None
    assert abs(moment.now() - made) < timedelta(seconds=5)
    assert made_at(UUID(int=1)) is None


def test_each_time_is_told_in_the_zone_of_the_page_and_the_producer(qtbot: QtBot) -> None:
    shown = EntryTimes()
    qtbot.addWidget(shown)
    shown.show_row(row(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)), LONDON, DELHI)
    said = {name: label.text() for name, label in shown.values.items()}
    assert said == {
        "Written": "not known",
        "Changed": "Sun 25 Oct 01:30 GMT (Sun 07:00 where you are)",
        "Accepted": "not yet",
        "Shown": "Sun 25 Oct 01:30 BST (Sun 06:00 where you are)",
    }
    shown.show_row(row(datetime(2026, 7, 1, 11, 0, tzinfo=UTC)), LONDON, LONDON)
    assert shown.values["Shown"].text() == "Wed 1 Jul 12:00 BST"
    assert shown.values["Shown"].accessibleName() == "Shown: Wed 1 Jul 12:00 BST"


def test_the_window_shows_the_times_and_asks_for_another(
    window: Window, coverage: Coverage, desk_workspace: Workspace, qtbot: QtBot
) -> None:
    window.desk.open_coverage(coverage.id)
    entry = desk_workspace.entries(coverage.id)[0]
    window.desk.choose_entry(entry.id)
    qtbot.waitUntil(lambda: "Sun 22 Nov 00:30 GMT" in window.history.times.values["Shown"].text())
    assert window.history.times.values["Accepted"].text() == "not yet"
    with qtbot.waitSignal(window.history.retime_requested):
        window.history.times.retime.click()
    sheet = window.findChild(TimeSheet)
    assert sheet is not None
    sheet.reject()
