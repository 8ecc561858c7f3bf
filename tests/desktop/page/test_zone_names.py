from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from desktop.page.zone_names import long_name


@pytest.mark.parametrize(
    ("zone", "month", "language", "name"),
    [
        ("Europe/London", 7, "en_GB", "British Summer Time"),
        ("Europe/London", 1, "en_GB", "Greenwich Mean Time"),
        ("America/New_York", 7, "en_GB", "Eastern Daylight Time"),
        ("Asia/Kolkata", 7, "en_GB", "India Standard Time"),
        ("Asia/Calcutta", 7, "en_GB", "India Standard Time"),
        ("Asia/Kathmandu", 7, "en_GB", "Nepal Time"),
        ("America/Argentina/Buenos_Aires", 7, "en_GB", "Argentina Standard Time"),
        ("Europe/Berlin", 1, "de", "Mitteleuropäische Normalzeit"),
        ("UTC", 1, "en_GB", "Coordinated Universal Time"),
        ("Etc/GMT-3", 1, "en_GB", "GMT+03:00"),
    ],
)
def test_a_zone_goes_by_the_name_it_has_at_that_moment(zone: str, month: int, language: str, name: str) -> None:
    local = datetime(2026, month, 1, 12, tzinfo=ZoneInfo(zone))
    assert long_name(local, Locale.parse(language)) == name
