from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.timeline.model import NOTE, STARTS_DAY, TIME, TimelineModel

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def row(number: int, status: Status = Status.LIVE, headline: str = "Words") -> TimelineRow:
    at = NOW - timedelta(hours=number)
    return TimelineRow(
        id=UUID(int=100 - number), at=at, headline=headline, status=status, changed_at=at, live_at=at, author="Mo"
    )


def model(*rows: TimelineRow) -> TimelineModel:
    made = TimelineModel(now=lambda: NOW)
    made.show_rows(rows)
    return made


def said(of: TimelineModel, at: int, role: int) -> object:
    return of.data(of.index(at), role)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sets(st.integers(0, 9)), max_size=6))
def test_views_are_told_a_consistent_story(qapp: QApplication, lists: list[set[int]]) -> None:
    del qapp
    made = TimelineModel(now=lambda: NOW)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for numbers in lists:
        rows = tuple(row(number) for number in sorted(numbers))
        made.show_rows(rows)
        assert made.rows == rows
    tester.deleteLater()


def test_a_row_is_spoken_status_first(qapp: QApplication) -> None:
    del qapp
    made = model(replace(row(0, Status.FAILED), note="The picture is too large.", is_pinned=True))
    spoken = str(said(made, 0, Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Failed. Words. 10:00. pinned. The picture is too large."


def test_live_edited_says_what_readers_still_see(qapp: QApplication) -> None:
    del qapp
    made = model(replace(row(1, Status.LIVE_EDITED), changed_at=NOW))
    assert said(made, 0, NOTE) == "Edited 10:00 · readers still see the 09:00 version"


def test_days_begin_where_the_zone_says(qapp: QApplication) -> None:
    del qapp
    made = model(row(1), row(9), row(11))
    assert [said(made, at, STARTS_DAY) for at in range(3)] == [False, False, True]
    assert said(made, 2, TIME) == "Sat 21 Nov, 23:00"
    made.set_zone(ZoneInfo("America/New_York"))
    assert [said(made, at, STARTS_DAY) for at in range(3)] == [False, True, False]
    assert said(made, 0, TIME) == "04:00"


def test_a_status_change_touches_one_row(qapp: QApplication) -> None:
    del qapp
    made = model(row(0), row(1), row(2))
    told: list[tuple[int, int]] = []
    made.dataChanged.connect(lambda top, bottom, _: told.append((top.row(), bottom.row())))
    made.show_rows((row(0), row(1, Status.WITHDRAWN), row(2)))
    assert told == [(1, 1)]
