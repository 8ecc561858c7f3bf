"""The long name of a time zone, as CLDR has it for one moment."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_gmt

_NOT_INHERITED: Final = "∅∅∅"


def long_name(local: datetime, locale: Locale) -> str:
    """Return what a zone is called at an aware moment: "British Summer Time"; its offset where CLDR has no name.

    CLDR keeps some zones under an older spelling than the IANA database does (Asia/Calcutta), which Babel's own
    look-up does not try.
    """
    zone = local.tzinfo.key if isinstance(local.tzinfo, ZoneInfo) else "UTC"
    return _name(zone, "daylight" if local.dst() else "standard", locale) or get_timezone_gmt(
        local, width="long", locale=locale
    )


@lru_cache(maxsize=2_048)
def _name(zone: str, variant: str, locale: Locale) -> str:
    return next((name for name in _names(zone, variant, locale) if name and name != _NOT_INHERITED), "")


def _names(zone: str, variant: str, locale: Locale) -> Iterator[str]:
    spellings = _spellings(zone)
    for spelling in spellings:
        yield _long(locale.time_zones.get(spelling, {}), variant)
    for spelling in spellings:
        yield _long(locale.meta_zones.get(get_global("meta_zones").get(spelling, ""), {}), variant)


def _long(names: object, variant: str) -> str:
    long = names.get("long", {}) if isinstance(names, Mapping) else {}
    return str(long.get(variant, "")) if isinstance(long, Mapping) else ""


def _spellings(zone: str) -> tuple[str, ...]:
    aliases = get_global("zone_aliases")
    canonical = aliases.get(zone, zone)
    older = (old for old, new in aliases.items() if new == canonical)
    return tuple(dict.fromkeys((zone, canonical, *older)))
