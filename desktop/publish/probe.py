"""Testing a connection: everything that stands between the desk and an endpoint, without publishing anything."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.endpoint import Endpoint
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.publish.address import is_private_line
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.native import NativeEndpoint
from desktop.publish.service import Service
from desktop.publish.transport import DEADLINE, Broken, Reply
from desktop.publish.verdict import problem_type, sentence

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
class ProbeResult:
    """What a test of the connection found, and said in `sentence`; `skew` is the server's clock ahead of ours, in s."""

    state: ProbeState
    sentence: str
    service: Service | None = None
    skew: float | None = None

    @property
    def is_ok(self) -> bool:
        """Whether the desk can publish there."""
        return self.state is ProbeState.READY


async def probe(endpoint: Endpoint, secret: str | None, *, deadline: float = DEADLINE) -> ProbeResult:
    """See whether an endpoint can be published to. Nothing is published; the secret goes to the right server only."""
    try:
        allow(endpoint, on_air=True)
    except (GuardRefused, InvalidValue) as problem:
        return ProbeResult(ProbeState.WRONG_PLACE, str(problem))
    line = NativeEndpoint(endpoint, deadline=deadline)
    try:
        return await _probe(line, endpoint, secret)
    finally:
        await line.close()


async def _probe(line: NativeEndpoint, endpoint: Endpoint, secret: str | None) -> ProbeResult:
    try:
        service = await line.describe()
        allow(endpoint, on_air=True, service=service)
    except EndpointUnreachable as problem:
        return ProbeResult(ProbeState.UNREACHABLE, str(problem))
    except NotALivePage as problem:
        return ProbeResult(ProbeState.NOT_A_LIVE_PAGE, str(problem))
    except GuardRefused as problem:
        return ProbeResult(ProbeState.WRONG_PLACE, str(problem))
    line.use(secret)
    # Without a precondition, and empty: an endpoint that knows us refuses it, and no endpoint can take it.
    reply = await line.knock(f"/pages/{new_id()}")
    state, said = _judge(reply, line.host, has_secret=secret is not None)
    if state is ProbeState.READY:
        said = " ".join(filter(None, (_welcome(endpoint, service), _about_clock(line.skew), _about_line(endpoint))))
    return ProbeResult(state, said, service, line.skew)


def _judge(reply: Reply | Broken, host: str, *, has_secret: bool) -> tuple[ProbeState, str]:
    if isinstance(reply, Broken):
        return ProbeState.UNREACHABLE, reply.reason
    match reply.status:
        case 401 if has_secret:
            return ProbeState.WRONG_SECRET, f"{host} does not know this secret. Give the endpoint's secret again."
        case 401:
            return ProbeState.WRONG_SECRET, f"{host} needs a secret, and none is kept for this endpoint."
        case 403:
            return (
                ProbeState.FORBIDDEN,
                f"{host} knows the secret but does not allow publishing. {sentence(reply, host)}",
            )
        case 409 if "environment" in problem_type(reply):
            return ProbeState.WRONG_PLACE, sentence(reply, host)
        case 400 | 422 | 428:
            return ProbeState.READY, ""
        case status:
            return (
                ProbeState.NOT_A_LIVE_PAGE,
                f"{host} answered {status} where a live page endpoint refuses an empty page.",
            )


def _welcome(endpoint: Endpoint, service: Service) -> str:
    name = f" It calls itself “{service.name[:60]}”." if service.name else ""
    return f"{endpoint.name} answers, is {service.environment}, and knows the secret.{name}"


def _about_clock(skew: float | None) -> str:
    if skew is None or abs(skew) <= SKEW:
        return ""
    direction = "ahead of" if skew > 0 else "behind"
    return f"Its clock is {abs(skew):.0f} seconds {direction} this computer's: readers may see wrong times."


def _about_line(endpoint: Endpoint) -> str:
    return "" if is_private_line(endpoint.url) else "Its address is not https: others on the network can read along."
