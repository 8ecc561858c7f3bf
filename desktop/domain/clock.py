"""The coverage clock: planned, live, paused until, resumed, ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr


class ClockState(StrEnum):
    """Where a coverage is."""

    PLANNED = "planned"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class ClockTurn(StrEnum):
    """What turned the clock."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One turn of the clock. `until` and `message` belong to a pause; `entry_id` is the entry that told readers."""

    turn: ClockTurn
    at: datetime
    until: datetime | None = None
    message: str = ""
    entry_id: UUID | None = None


Clock = tuple[ClockEvent, ...]

_ALLOWED: dict[ClockState, dict[ClockTurn, ClockState]] = {
    ClockState.PLANNED: {ClockTurn.STARTED: ClockState.LIVE},
    ClockState.LIVE: {ClockTurn.PAUSED: ClockState.PAUSED, ClockTurn.ENDED: ClockState.ENDED},
    ClockState.PAUSED: {ClockTurn.RESUMED: ClockState.LIVE, ClockTurn.ENDED: ClockState.ENDED},
    ClockState.ENDED: {ClockTurn.RESUMED: ClockState.LIVE},
}


def state(clock: Clock) -> ClockState:
    """Return where the clock stands after all its events."""
    now = ClockState.PLANNED
    for event in clock:
        now = _ALLOWED[now][event.turn]
    return now


def turn(clock: Clock, event: ClockEvent) -> Clock:
    """Add an event; one that cannot follow the clock's state, or lies before its last event, raises InvalidValue."""
    standing = state(clock)
    if event.turn not in _ALLOWED[standing]:
        message = tr("Coverage that is {standing} cannot be {turn}.").format(standing=standing, turn=event.turn)
        raise InvalidValue(message)
    if clock and event.at < clock[-1].at:
        message = tr("The coverage clock cannot be turned before its last turn.")
        raise InvalidValue(message)
    if event.until is not None and event.until <= event.at:
        message = tr("A pause must end after it begins.")
        raise InvalidValue(message)
    return (*clock, event)


def allowed_turns(clock: Clock) -> tuple[ClockTurn, ...]:
    """Return the turns that can follow now."""
    return tuple(_ALLOWED[state(clock)])


def started_at(clock: Clock) -> datetime | None:
    """Return when coverage first went live, None while it is planned."""
    return clock[0].at if clock else None


def ended_at(clock: Clock) -> datetime | None:
    """Return when coverage ended, None while it has not."""
    return clock[-1].at if state(clock) is ClockState.ENDED else None
