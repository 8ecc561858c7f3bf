from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import moment
from tests.strategies import MOMENTS

LONDON = ZoneInfo("Europe/London")


def test_a_time_that_clocks_show_twice_has_two_readings() -> None:
    assert moment.readings(datetime(2026, 10, 25, 1, 30), LONDON) == (  # noqa: DTZ001 - what a clock shows
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )


def test_a_time_that_clocks_pass_over_has_none() -> None:
    assert moment.readings(datetime(2026, 3, 29, 1, 30), LONDON) == ()  # noqa: DTZ001 - what a clock shows


@settings(max_examples=50)
@given(MOMENTS, st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]))
def test_every_moment_is_one_reading_of_what_clocks_show(at: datetime, name: str) -> None:
    place = ZoneInfo(name)
    assert at in moment.readings(at.astimezone(place).replace(tzinfo=None), place)
