from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from ui.timing import MomentField, TimeSheet, own_time

LONDON, DELHI = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 12, 0, tzinfo=UTC),
    ],
)
def test_a_moment_survives_the_field_also_around_a_change_of_clocks(qtbot: QtBot, at: datetime) -> None:
    field = MomentField("Until", at, LONDON, LONDON)
    qtbot.addWidget(field)
    assert field.moment == at
    assert field.own_time.text() == ""


def test_another_zone_is_said_beside_it(qtbot: QtBot) -> None:
    at = datetime(2026, 7, 1, 20, 0, tzinfo=UTC)
    assert own_time(at, LONDON, DELHI) == "Thu 2 Jul 01:30 where you are"
    field = MomentField("Until", at, LONDON, DELHI)
    qtbot.addWidget(field)
    assert field.dateTime().toString("HH:mm") == "21:00"
    assert field.accessibleDescription() == "Thu 2 Jul 01:30 where you are"
    qtbot.addWidget(field.own_time)


def test_a_time_that_was_not_touched_keeps_its_seconds(qtbot: QtBot) -> None:
    at = datetime(2026, 7, 1, 20, 0, 13, 250_000, tzinfo=UTC)
    told: list[datetime] = []
    for change in (0, 60):
        sheet = TimeSheet(at, LONDON, told.append, None)
        qtbot.addWidget(sheet)
        sheet.at.setDateTime(sheet.at.dateTime().addSecs(change))
        sheet.deed.click()
    assert told == [datetime(2026, 7, 1, 20, 1, 13, tzinfo=UTC)]


def test_both_times_of_a_change_of_clocks_can_be_told_apart(qtbot: QtBot) -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    told: list[datetime] = []
    sheet = TimeSheet(first, LONDON, told.append, None)
    qtbot.addWidget(sheet)
    sheet.show()
    assert [sheet.which.itemText(at) for at in range(2)] == ["the first, BST", "the second, GMT"]
    assert sheet.which.isVisible()
    assert sheet.which.currentIndex() == 0
    sheet.which.setCurrentIndex(1)
    sheet.deed.click()
    assert told == [second]
    again = TimeSheet(second, LONDON, told.append, None)
    qtbot.addWidget(again)
    assert again.which.currentIndex() == 1
    again.at.setDateTime(again.at.dateTime().addDays(1))
    assert not again.which.isVisible()
