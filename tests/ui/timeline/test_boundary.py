from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.timeline import Boundary
from ui.timeline.boundary import label, spoken

NIGHT = datetime(2026, 3, 1, 22, 10, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=8)
LONDON = ZoneInfo("Europe/London")
PAUSED = ClockEvent(ClockTurn.PAUSED, NIGHT, MORNING, "Back at six.")
RESUMED = ClockEvent(ClockTurn.RESUMED, MORNING)


def test_a_pause_that_is_over_is_one_span() -> None:
    assert label(Boundary(turns=(RESUMED, PAUSED)), LONDON) == "paused 22:10–06:10"
    assert label(Boundary(page=3, turns=(PAUSED,)), LONDON) == "paused 22:10 · page 3"
    assert label(Boundary(turns=(RESUMED,)), LONDON) == "resumed 06:10"
    ended = ClockEvent(ClockTurn.ENDED, MORNING)
    assert label(Boundary(turns=(ended, RESUMED, PAUSED)), LONDON) == "ended 06:10 · paused 22:10–06:10"


def test_the_line_is_told_in_sentences() -> None:
    said = spoken(Boundary(page=2, turns=(PAUSED,)), NIGHT, LONDON)
    assert said == (
        "Coverage was paused 22:10 until Mon 2 Mar 06:10. Readers were told: Back at six. "
        "Page 2, counted from the oldest entry, begins here."
    )
