"""Which moment a printed time is: local time and a zone's long name become UTC."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from desktop.domain import moment
from desktop.page.house import House, PublishedLine

# Where one name serves many cities, the best known stands for them.
_FIRST: Final = (
    "Europe/London",
    "Europe/Paris",
    "Europe/Athens",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
)


def moment_of(line: PublishedLine, house: House, zone: str) -> tuple[datetime, str] | None:
    """Return the moment a line tells and the zone it tells it in; None when no zone goes by its name then.

    `zone` is tried first. In the hour that comes twice in autumn the zone's name tells which one is meant.
    """
    if not line.zone_name:
        return moment.to_utc(line.local.replace(tzinfo=moment.zone(zone))), zone
    for name in (zone, *_called(line.zone_name, line.local.year, house)):
        found = _at(line.local, ZoneInfo(name), line.zone_name, house)
        if found is not None:
            return found, name
    return None


def _at(local: datetime, zone: ZoneInfo, printed: str, house: House) -> datetime | None:
    for fold in (0, 1):
        aware = local.replace(tzinfo=zone, fold=fold)
        # A time the clock skips in spring is none.
        exists = aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
        if exists and _same(house.zone_name(aware), printed):
            return moment.to_utc(aware)
    return None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


@lru_cache(maxsize=256)
def _called(printed: str, year: int, house: House) -> tuple[str, ...]:
    """Return the zones that go by a name in winter or in summer, the best known first."""
    days = (datetime(year, 1, 1, tzinfo=UTC), datetime(year, 7, 1, tzinfo=UTC))
    return tuple(
        name
        for name in (*_FIRST, *_rest())
        if any(_same(house.zone_name(day.astimezone(ZoneInfo(name))), printed) for day in days)
    )


@lru_cache(maxsize=1)
def _rest() -> tuple[str, ...]:
    # Names without a city are old spellings of others, kept by the database for old programs.
    return tuple(sorted(name for name in available_timezones() if "/" in name and name not in _FIRST))
