"""Times as the desk reads them: in the coverage's zone, in words that are the same on every computer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale

from ui.words import tr, tr_count


def minute(at: datetime, zone: ZoneInfo) -> str:
    """Return hours and minutes: 10:47."""
    return f"{at.astimezone(zone):%H:%M}"


def second(at: datetime, zone: ZoneInfo) -> str:
    """Return hours, minutes and seconds: 10:47:12."""
    return f"{at.astimezone(zone):%H:%M:%S}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Return the time with its zone: 10:47:12 GMT."""
    return f"{at.astimezone(zone):%H:%M:%S %Z}"


def day(at: datetime, zone: ZoneInfo) -> str:
    """Return the whole day: Sunday 22 November 2026."""
    return _named(at, zone, tr("dddd d MMMM yyyy"))


def short_day(at: datetime, zone: ZoneInfo) -> str:
    """Return the day in short: Sun 22 Nov."""
    return _named(at, zone, tr("ddd d MMM"))


def _named(at: datetime, zone: ZoneInfo, pattern: str) -> str:
    local = at.astimezone(zone)
    return QLocale().toString(QDate(local.year, local.month, local.day), pattern)


def is_same_day(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    """Tell whether two moments lie on one day in a zone."""
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return the time, with the day in front unless it is today."""
    return minute(at, zone) if is_same_day(at, now, zone) else f"{short_day(at, zone)} {minute(at, zone)}"


def lasting(span: timedelta) -> str:
    """Return how long something takes or took: under a minute, 26 min, 1 h 07, 3 days."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return tr("under a minute")
    if minutes < 60:  # noqa: PLR2004 - minutes an hour
        return tr("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 48:  # noqa: PLR2004 - two days are counted in hours
        return f"{hours} h {rest:02}"
    return tr_count("{count} day", "{count} days", hours // 24).format(count=hours // 24)
