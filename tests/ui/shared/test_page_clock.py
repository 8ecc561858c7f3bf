from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage
from ui.shared.page_clock import PageClock, page_clock

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 10, 24, 12, tzinfo=UTC)
PAGE = Coverage(id=UUID(int=1), headline="The river")
STARTED = ClockEvent(ClockTurn.STARTED, NOW - timedelta(hours=3))


def stands(coverage: Coverage) -> PageClock:
    return page_clock(coverage, NOW, LONDON)


def test_a_start_that_is_planned_is_counted_down_to() -> None:
    assert stands(PAGE) == PageClock("calendar", "Not started")
    soon = replace(PAGE, planned_for=NOW + timedelta(minutes=25))
    assert stands(soon).words == "Starts 13:25, in 25 min"
    # The night in between is an hour longer: clocks go back.
    tomorrow = replace(PAGE, planned_for=datetime(2026, 10, 25, 8, tzinfo=UTC))
    assert stands(tomorrow).words == "Starts Sun 25 Oct 08:00, in 20 h 00"
    late = stands(replace(PAGE, planned_for=NOW - timedelta(minutes=5)))
    assert late == PageClock("triangle-alert", "Planned for 12:55, not started", is_overdue=True)


def test_a_page_says_whether_it_is_live_paused_or_ended() -> None:
    assert stands(replace(PAGE, clock=(STARTED,))).words == "Live since 10:00"
    paused = ClockEvent(ClockTurn.PAUSED, NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert stands(replace(PAGE, clock=(STARTED, paused))).words == "Paused until 14:00"
    open_end = replace(paused, until=None)
    assert stands(replace(PAGE, clock=(STARTED, open_end))).words == "Paused since 12:00"
    over = replace(paused, until=NOW - timedelta(minutes=1))
    assert stands(replace(PAGE, clock=(STARTED, over))).is_overdue
    ended = ClockEvent(ClockTurn.ENDED, NOW)
    assert stands(replace(PAGE, clock=(STARTED, ended))).words == "Ended 13:00"
