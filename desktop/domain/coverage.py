"""A coverage: one live page, its clock, its summary."""

from dataclasses import dataclass
from uuid import UUID

from desktop.domain.clock import Clock


@dataclass(frozen=True, slots=True)
class SummaryPoint:
    """A bullet at the top of the page, bound to the entries it rests on."""

    id: UUID
    text: str
    rests_on: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A live page. `zone` is the IANA zone readers see times in; `house` names the profile that words the page."""

    id: UUID
    headline: str
    zone: str = "Europe/London"
    house: str = "default"
    description: str = ""
    clock: Clock = ()
    summary: tuple[SummaryPoint, ...] = ()
    pinned: UUID | None = None
