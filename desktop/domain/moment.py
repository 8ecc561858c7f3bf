"""Moments: always UTC inside, to the millisecond; zones only where a person reads them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr


def now() -> datetime:
    """Return the present moment in UTC, cut to whole milliseconds."""
    return to_utc(datetime.now(UTC))


def to_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC, cut to whole milliseconds; a naive one raises InvalidValue."""
    if moment.tzinfo is None:
        message = tr("The time {isoformat} does not say which zone it is in.").format(isoformat=moment.isoformat())
        raise InvalidValue(message)
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def to_json(moment: datetime) -> str:
    """Write a UTC moment as RFC 3339 with a Z."""
    return to_utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_json(written: str) -> datetime:
    """Read an RFC 3339 moment; anything else raises InvalidValue."""
    try:
        return to_utc(datetime.fromisoformat(written))
    except (ValueError, OverflowError) as error:
        message = tr("“{written}” is not a date and time.").format(written=written[:40])
        raise InvalidValue(message) from error


def readings(local: datetime, place: ZoneInfo) -> tuple[datetime, ...]:
    """Return the moments at which clocks of a place show a naive time: two when they are put back, none when forward.

    The earlier one stands first.
    """
    both = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(dict.fromkeys(at for at in both if at.astimezone(place).replace(tzinfo=None) == local))


def zone(name: str) -> ZoneInfo:
    """Find an IANA zone by name; an unknown name raises InvalidValue."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = tr("“{name}” is not a time zone.").format(name=name)
        raise InvalidValue(message, next_action=tr("Use a name such as Europe/London.")) from error
