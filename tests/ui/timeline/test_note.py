from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.timeline.note import note

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("status", Status)
def test_every_status_says_what_stands_behind_it(status: Status) -> None:
    row = TimelineRow(id=UUID(int=1), at=NOW, headline="Words", status=status, changed_at=NOW, author="Mo")
    assert note(row, NOW, ZoneInfo("UTC"))


def test_what_an_entry_holds_is_counted() -> None:
    row = TimelineRow(
        id=UUID(int=1), at=NOW, headline="", status=Status.DRAFT, changed_at=NOW, author="Mo", embeds=2, images=1
    )
    assert note(row, NOW, ZoneInfo("UTC")) == "Mo · changed 10:00 · 1 picture, 2 embeds"


def test_another_day_is_named() -> None:
    row = TimelineRow(
        id=UUID(int=1), at=NOW, headline="", status=Status.LIVE, changed_at=NOW, live_at=NOW - timedelta(days=1)
    )
    assert note(row, NOW, ZoneInfo("Europe/London")) == "Live since Sat 21 Nov 10:00"
