"""Where a page's clock stands, in an icon and words, with what is overdue said as such."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.clock import ClockState, state
from desktop.domain.coverage import Coverage
from ui.shared import times
from ui.words import tr


@dataclass(frozen=True, slots=True)
class PageClock:
    """An icon, words, and whether something was to happen by now that has not."""

    icon: str
    words: str
    is_overdue: bool = False


def page_clock(coverage: Coverage, now: datetime, zone: ZoneInfo) -> PageClock:
    """Say where a page's clock stands."""
    standing = state(coverage.clock)
    match standing:
        case ClockState.PLANNED:
            return _planned(coverage.planned_for, now, zone)
        case ClockState.LIVE:
            since = times.moment(coverage.clock[-1].at, now, zone)
            return PageClock("play", tr("Live since {time}").format(time=since))
        case ClockState.PAUSED:
            return _paused(coverage.clock[-1].until, coverage.clock[-1].at, now, zone)
        case ClockState.ENDED:
            return PageClock("archive", tr("Ended {time}").format(time=times.moment(coverage.clock[-1].at, now, zone)))


def _planned(at: datetime | None, now: datetime, zone: ZoneInfo) -> PageClock:
    if at is None:
        return PageClock("calendar", tr("Not started"))
    when = times.moment(at, now, zone)
    if at <= now:
        return PageClock("triangle-alert", tr("Planned for {time}, not started").format(time=when), is_overdue=True)
    left = times.lasting(at - now)
    return PageClock("calendar", tr("Starts {time}, in {left}").format(time=when, left=left))


def _paused(until: datetime | None, since: datetime, now: datetime, zone: ZoneInfo) -> PageClock:
    if until is None:
        return PageClock("pause", tr("Paused since {time}").format(time=times.moment(since, now, zone)))
    when = times.moment(until, now, zone)
    if until <= now:
        return PageClock("triangle-alert", tr("Pause ended {time}, not resumed").format(time=when), is_overdue=True)
    return PageClock("pause", tr("Paused until {time}").format(time=when))
