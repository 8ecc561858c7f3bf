from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ui.shared import times

NOW = datetime(2026, 11, 22, 10, 47, 12, tzinfo=UTC)
LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")


def test_times_are_those_of_the_coverage() -> None:
    assert times.clock(NOW, LONDON) == "10:47:12 GMT"
    assert times.clock(NOW, KOLKATA) == "16:17:12 IST"
    assert times.minute(NOW, KOLKATA) == "16:17"
    assert times.second(NOW, LONDON) == "10:47:12"
    assert times.day(NOW, LONDON) == "Sunday 22 November 2026"


def test_another_day_stands_in_front_of_its_time() -> None:
    assert times.moment(NOW, NOW, LONDON) == "10:47"
    assert times.moment(NOW - timedelta(days=1), NOW, LONDON) == "Sat 21 Nov 10:47"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=26), "26 min"),
        (timedelta(hours=1, minutes=7), "1 h 07"),
        (timedelta(hours=47, minutes=59), "47 h 59"),
        (timedelta(days=3, hours=2), "3 days"),
    ],
)
def test_spans_are_short(span: timedelta, words: str) -> None:
    assert times.lasting(span) == words
