from datetime import timedelta

import pytest

from desktop.domain import moment
from desktop.exchange import page_text
from tests.desktop.exchange.worded import HOUSE, read, trimmed


@pytest.mark.parametrize(
    ("stamp", "zone", "at"),
    [
        ("09:15 India Standard Time on Friday 1 May 2026", "Asia/Kolkata", "03:45"),
        ("09:15 Eastern Daylight Time on Friday 1 May 2026", "America/New_York", "13:15"),
        ("09:15 Nepal Time on Friday 1 May 2026", "Asia/Kathmandu", "03:30"),
        ("09:15 British Summer Time on Friday 1 May 2026", "Europe/London", "08:15"),
    ],
)
def test_a_zone_is_found_by_the_name_it_goes_by(stamp: str, zone: str, at: str) -> None:
    imported = read(f"1. Apublished at {stamp}")
    assert imported.coverage.zone == zone
    assert moment.to_json(imported.entries[0].at) == f"2026-05-01T{at}:00.000Z"
    assert trimmed(page_text.write(imported.coverage, imported.entries, HOUSE)) == [f"1. Apublished at {stamp}"]


def test_the_hour_that_comes_twice_is_told_apart_by_its_name() -> None:
    imported = read(
        "1. Bpublished at 01:30 Greenwich Mean Time on Sunday 25 October 2026\n"
        "2. Apublished at 01:30 British Summer Time on Sunday 25 October 2026\n"
    )
    late, early = imported.entries
    assert late.at - early.at == timedelta(hours=1)
    assert (late.headline, early.headline) == ("B", "A")


def test_a_zone_nobody_knows_is_listed_and_the_entry_kept() -> None:
    imported = read("1. Apublished at 01:30 Atlantis Mean Time on Sunday 25 October 2026")
    assert [each.line for each in imported.unplaced] == [1]
    assert "Atlantis Mean Time" in imported.unplaced[0].text
    assert imported.entries[0].headline == "A"
