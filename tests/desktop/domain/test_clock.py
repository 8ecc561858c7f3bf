from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.clock import Clock, ClockEvent, ClockState, ClockTurn, ended_at, started_at, state, turn
from desktop.domain.problem import InvalidValue

NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def turned(*turns: ClockTurn) -> Clock:
    clock: Clock = ()
    for hour, each in enumerate(turns):
        clock = turn(clock, ClockEvent(each, NINE + timedelta(hours=hour)))
    return clock


def test_two_days_of_coverage_pause_overnight_and_end() -> None:
    clock = turned(ClockTurn.STARTED, ClockTurn.PAUSED, ClockTurn.RESUMED, ClockTurn.ENDED)
    assert state(clock) is ClockState.ENDED
    assert started_at(clock) == NINE
    assert ended_at(clock) == NINE + timedelta(hours=3)


def test_ended_coverage_can_be_taken_up_again() -> None:
    assert state(turned(ClockTurn.STARTED, ClockTurn.ENDED, ClockTurn.RESUMED)) is ClockState.LIVE


@pytest.mark.parametrize(
    "turns",
    [
        (ClockTurn.PAUSED,),
        (ClockTurn.ENDED,),
        (ClockTurn.STARTED, ClockTurn.STARTED),
        (ClockTurn.STARTED, ClockTurn.RESUMED),
        (ClockTurn.STARTED, ClockTurn.ENDED, ClockTurn.PAUSED),
    ],
)
def test_a_turn_that_cannot_follow_is_refused(turns: tuple[ClockTurn, ...]) -> None:
    with pytest.raises(InvalidValue, match="cannot be"):
        turned(*turns)


def test_the_clock_never_turns_backwards() -> None:
    with pytest.raises(InvalidValue, match="before its last turn"):
        turn(turned(ClockTurn.STARTED), ClockEvent(ClockTurn.PAUSED, NINE - timedelta(seconds=1)))


def test_a_pause_ends_after_it_begins() -> None:
    with pytest.raises(InvalidValue, match="after it begins"):
        turn(turned(ClockTurn.STARTED), ClockEvent(ClockTurn.PAUSED, NINE, until=NINE))
