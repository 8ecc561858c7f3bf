"""A coverage as readers might meet it another time: worded anew, with a post twice, with one entry more."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from types import MappingProxyType
from typing import Final
from uuid import uuid5

from desktop.consent.forecast import what_loads
from desktop.consent.scenario import Edition
from desktop.domain import moment
from desktop.domain.blocks import Embed
from desktop.domain.clock import ClockEvent, ClockState, ClockTurn, state, turn
from desktop.domain.entry import Entry
from desktop.page.house import House
from desktop.page.site import Site

_ADDED: Final = ". This is asked anew"
# The gate's own key whose change asks readers again.
_AGREED: Final = "embed.question"
_LATER: Final = timedelta(minutes=1)


def editions(site: Site) -> Iterator[tuple[Edition, Site]]:
    """Yield what can be made of a coverage; without embeds, or with those of one provider alone, some cannot."""
    for edition, make in _MAKERS.items():
        made = make(site)
        if made is not None:
            yield edition, made


def _reworded(site: Site) -> Site:
    house = site.house
    values = {**house.values, _AGREED: f"{house.values[_AGREED]}{_ADDED}"}
    return replace(site, house=House.resolve(house.name, values, "The changed wording"))


def _twice(site: Site) -> Site | None:
    """Let every post stand once more, below the entry it stands in."""
    return _with_more(site, _embeds)


def _beside(site: Site) -> Site | None:
    """Set a post of another provider below each entry that has any."""
    every = tuple(chain.from_iterable(_embeds(entry) for entry in site.entries))

    def other(entry: Entry) -> tuple[Embed, ...]:
        here = {each.provider for each in _embeds(entry)}
        return tuple(each for each in every if here and each.provider not in here)[:1]

    return _with_more(site, other)


def _with_more(site: Site, more: Callable[[Entry], tuple[Embed, ...]]) -> Site | None:
    entries = tuple(replace(entry, blocks=(*entry.blocks, *more(entry))) for entry in site.entries)
    return None if entries == site.entries else replace(site, entries=entries)


def _pinned(site: Site) -> Site | None:
    """Pin the newest entry with a post."""
    entry = _first(site)
    return replace(site, coverage=replace(site.coverage, pinned=entry.id)) if entry else None


def _live(site: Site) -> Site:
    """Let the coverage go on, whatever its clock says."""
    clock = site.coverage.clock
    standing = state(clock)
    if standing is ClockState.LIVE:
        return site
    turned = ClockTurn.STARTED if standing is ClockState.PLANNED else ClockTurn.RESUMED
    at = clock[-1].at if clock else max((each.at for each in site.entries), default=moment.now())
    return replace(site, coverage=replace(site.coverage, clock=turn(clock, ClockEvent(turned, at))))


def _grown(site: Site) -> Site | None:
    """Let the coverage go on, and add an entry above all others, with the posts of the newest entry that has any."""
    entry = _first(site)
    if entry is None:
        return None
    added = replace(
        entry,
        id=uuid5(entry.id, "one more"),
        at=max(each.at for each in site.entries) + _LATER,
        edited_at=None,
        corrections=(),
        blocks=_embeds(entry),
    )
    return replace(_live(site), entries=(added, *site.entries))


def _first(site: Site) -> Entry | None:
    return next((entry for entry in site.entries if _embeds(entry)), None)


def _embeds(entry: Entry) -> tuple[Embed, ...]:
    blocks = () if entry.withdrawal else entry.blocks
    return tuple(block for block in blocks if isinstance(block, Embed) and what_loads(block))


_MAKERS: Final = MappingProxyType(
    {
        Edition.REWORDED: _reworded,
        Edition.TWICE: _twice,
        Edition.BESIDE: _beside,
        Edition.PINNED: _pinned,
        Edition.LIVE: _live,
        Edition.GROWN: _grown,
    }
)
