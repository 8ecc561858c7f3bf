"""How a bullet stands, in words: what it rests on, what has become of that, and whether it is too long."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from desktop.domain.coverage import SummaryPoint
from desktop.domain.endpoint import Environment
from desktop.domain.summary import LONGEST_BULLET, Doubt, Grounds, LiveSummary, count_words, doubts, says_the_same
from ui.shared import times
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Standing:
    """An icon and words; a doubtful bullet is to be confirmed or changed."""

    icon: str
    words: str
    is_doubtful: bool


def standing(point: SummaryPoint, grounds: Grounds, now: datetime, zone: ZoneInfo) -> Standing:
    """Say how a bullet stands."""
    length = count_words(point.text)
    long = tr("{count} words, shorten").format(count=length) if length > LONGEST_BULLET else ""
    found = doubts(point, grounds)
    if found:
        said = ", ".join(_doubt(doubt, when(entry_id, grounds, now, zone)) for entry_id, doubt in found)
        return Standing("triangle-alert", _join(said, long), is_doubtful=True)
    if not point.rests_on:
        return Standing("unlink", _join(tr("Rests on no entry yet"), long), is_doubtful=False)
    bound = ", ".join(when(each, grounds, now, zone) for each in point.rests_on if each in grounds)
    said = tr("Rests on {times}").format(times=bound) if bound else tr("Rests on entries that are gone")
    return Standing("link", _join(said, long), is_doubtful=False)


def when(entry_id: UUID, grounds: Grounds, now: datetime, zone: ZoneInfo) -> str:
    """Return the time an entry is known by on the desk, "an entry" when it is gone."""
    return times.moment(grounds[entry_id].at, now, zone) if entry_id in grounds else tr("An entry")


def _doubt(doubt: Doubt, when: str) -> str:
    match doubt:
        case Doubt.CHANGED:
            return tr("{time} changed since").format(time=when)
        case Doubt.WITHDRAWN:
            return tr("{time} was withdrawn").format(time=when)
        case Doubt.GONE:
            return tr("{time} is in the bin").format(time=when)


def compared(points: tuple[SummaryPoint, ...], live: LiveSummary | None, now: datetime, zone: ZoneInfo) -> str:
    """Say what readers have of the summary, by what their endpoint acknowledged."""
    if live is None:
        return tr("Readers have no summary yet") if points else ""
    seen = times.moment(live.accepted_at, now, zone)
    if says_the_same(points, live.points):
        return tr("Live since {time}").format(time=seen)
    return tr("Readers still see the {time} version").format(time=seen)


@dataclass(frozen=True, slots=True)
class Deed:
    """What publishing the summary would do, in words, once more when it is armed, and both where room is short."""

    words: str
    again: str
    short: str
    kind: str


def deed(environment: Environment, *, is_connected: bool) -> Deed:
    """Say what publishing would do: a rehearsal never passes for the real thing."""
    short = tr("Publish") if is_connected else tr("Queue")
    match environment:
        case Environment.PRODUCTION:
            words = tr("Publish summary to readers") if is_connected else tr("Queue summary for readers")
            return Deed(words, tr("Press again for readers"), short, "air")
        case Environment.REHEARSAL:
            words = tr("Publish summary to rehearsal") if is_connected else tr("Queue summary for rehearsal")
            return Deed(words, tr("Press again for rehearsal"), short, "rehearsal")
        case Environment.TEST:
            words = tr("Publish summary to test page") if is_connected else tr("Queue summary for test page")
            return Deed(words, tr("Press again for test page"), short, "rehearsal")


def _join(*parts: str) -> str:
    return " · ".join(filter(None, parts))
