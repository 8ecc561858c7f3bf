"""What is written on the line between two rows: the clock's turns, and the page that begins there."""

from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.timeline import Boundary
from ui.shared import times
from ui.words import tr


def label(boundary: Boundary, zone: ZoneInfo) -> str:
    """Return the few words the line bears."""
    page = tr("page {number}").format(number=boundary.page) if boundary.page else ""
    return " · ".join(filter(None, (*_turns(boundary, zone), page)))


def spoken(boundary: Boundary, now: datetime, zone: ZoneInfo) -> str:
    """Return the line in sentences, for tooltips and screen readers."""
    said = [_sentence(event, now, zone) for event in boundary.turns]
    if boundary.page:
        said.append(tr("Page {number}, counted from the oldest entry, begins here.").format(number=boundary.page))
    return " ".join(said)


def _turns(boundary: Boundary, zone: ZoneInfo) -> list[str]:
    """A pause that ended before anything was written is one span, not two turns."""
    said: list[str] = []
    newer: ClockEvent | None = None
    for event in boundary.turns:
        when = times.minute(event.at, zone)
        match event.turn:
            case ClockTurn.PAUSED if newer is not None:
                said[-1] = tr("paused {start}–{end}").format(start=when, end=times.minute(newer.at, zone))
            case ClockTurn.PAUSED:
                said.append(tr("paused {time}").format(time=when))
            case ClockTurn.RESUMED:
                said.append(tr("resumed {time}").format(time=when))
            case ClockTurn.ENDED:
                said.append(tr("ended {time}").format(time=when))
            case ClockTurn.STARTED:
                said.append(tr("started {time}").format(time=when))
        newer = event if event.turn is ClockTurn.RESUMED else None
    return said


def _sentence(event: ClockEvent, now: datetime, zone: ZoneInfo) -> str:
    until = times.moment(event.until, now, zone) if event.until else ""
    said = _turned(event.turn, is_bounded=bool(until)).format(time=times.moment(event.at, now, zone), until=until)
    told = tr("Readers were told: {message}").format(message=event.message) if event.message else ""
    return " ".join(filter(None, (said, told)))


def _turned(turn: ClockTurn, *, is_bounded: bool) -> str:
    match turn:
        case ClockTurn.STARTED:
            return tr("Coverage started {time}.")
        case ClockTurn.PAUSED if is_bounded:
            return tr("Coverage was paused {time} until {until}.")
        case ClockTurn.PAUSED:
            return tr("Coverage was paused {time}.")
        case ClockTurn.RESUMED:
            return tr("Coverage was resumed {time}.")
        case ClockTurn.ENDED:
            return tr("Coverage ended {time}.")
