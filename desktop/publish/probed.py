"""What a test of a connection found: whether the desk can publish there, and what was proved to work."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.endpoint import Endpoint
from desktop.domain.words import tr
from desktop.publish.address import is_private_line
from desktop.publish.service import Service

SKEW: Final = 30.0


class ProbeState(StrEnum):
    """How an endpoint was found."""

    READY = "ready"
    UNREACHABLE = "unreachable"
    NOT_A_LIVE_PAGE = "not_a_live_page"
    WRONG_PLACE = "wrong_place"
    WRONG_SECRET = "wrong_secret"  # noqa: S105 - the name of a state
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Capability:
    """Something an endpoint may be able to do, whether that was proved by trying it, and what that means in words."""

    name: str
    is_proved: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What a test of the connection found, and said in `sentence`; `skew` is the server's clock ahead of ours, in s.

    `capabilities` were tried, never taken from a product's name. `details` are what the adapter wants kept with the
    endpoint, for `Endpoint.with_details`.
    """

    state: ProbeState
    sentence: str
    service: Service | None = None
    skew: float | None = None
    capabilities: tuple[Capability, ...] = ()
    details: tuple[tuple[str, str], ...] = ()

    @property
    def is_ok(self) -> bool:
        """Whether the desk can publish there."""
        return self.state is ProbeState.READY


def about_clock(skew: float | None) -> str:
    """Warn of a server's clock that is wrong, "" when it is well or not known."""
    if skew is None or abs(skew) <= SKEW:
        return ""
    said = (
        tr("Its clock is {skew:.0f} seconds ahead of this computer's: readers may see wrong times.")
        if skew > 0
        else tr("Its clock is {skew:.0f} seconds behind this computer's: readers may see wrong times.")
    )
    return said.format(skew=abs(skew))


def about_line(endpoint: Endpoint) -> str:
    """Warn of an address others on the network can read along, "" for one they cannot."""
    return (
        "" if is_private_line(endpoint.url) else tr("Its address is not https: others on the network can read along.")
    )
