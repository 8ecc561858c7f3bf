"""Testing a connection to a place that keeps pages as objects: whose it is, and what it was seen to do."""

from desktop.domain.endpoint import Endpoint
from desktop.domain.words import tr
from desktop.publish.answer import Refused, Unauthorised, WrongPlace
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.layout.claim import FILE, Claim, claim, describe
from desktop.publish.layout.opening import LayoutKind, open_place
from desktop.publish.layout.place import Failure, Held, Place
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.probed import Capability, ProbeResult, ProbeState, about_clock, about_line


async def probe_layout(kind: LayoutKind, endpoint: Endpoint, secret: str | None, deadline: float) -> ProbeResult:
    """See whether pages can be kept at a place; the only thing written is its mark, newsroom.json."""
    watch = DeadlineWatch()
    place = open_place(kind, endpoint, watch, deadline)
    try:
        return await _probe(place, endpoint, secret)
    except EndpointUnreachable as problem:
        return ProbeResult(ProbeState.UNREACHABLE, str(problem))
    except NotALivePage as problem:
        return ProbeResult(ProbeState.NOT_A_LIVE_PAGE, str(problem))
    except GuardRefused as problem:
        return ProbeResult(ProbeState.WRONG_PLACE, str(problem))
    finally:
        await place.close()
        watch.close()


async def _probe(place: Place, endpoint: Endpoint, secret: str | None) -> ProbeResult:
    allow(endpoint, on_air=True, service=await describe(place, endpoint))
    place.use(secret)
    claimed = await claim(place, endpoint)
    if not isinstance(claimed, Claim):
        return ProbeResult(_state(claimed), claimed.reason, skew=place.skew)
    capabilities = (_conditions(place, keeps=claimed.keeps_conditions), await _openness(place))
    welcome = tr("{endpoint} can be written to, and is {environment}.").format(
        endpoint=endpoint.name, environment=claimed.service.environment.spoken
    )
    said = [welcome, *(each.sentence for each in capabilities), about_clock(place.skew), about_line(endpoint)]
    details = (("conditions", "kept" if claimed.keeps_conditions else "ignored"),)
    sentence = " ".join(filter(None, said))
    return ProbeResult(ProbeState.READY, sentence, claimed.service, place.skew, capabilities, details)


def _state(failure: Failure) -> ProbeState:
    match failure:
        case Unauthorised():
            return ProbeState.WRONG_SECRET
        case Refused():
            return ProbeState.FORBIDDEN
        case WrongPlace():
            return ProbeState.WRONG_PLACE
        case _:
            return ProbeState.UNREACHABLE


def _conditions(place: Place, *, keeps: bool) -> Capability:
    if keeps:
        sentence = tr("It refuses a change onto another version than was expected: several consoles can share a page.")
    else:
        sentence = tr(
            "{host} overwrites without looking, whatever a change was based on: "
            "publish from one console only, or updates will be lost."
        ).format(host=place.host)
    return Capability("conditions", keeps, sentence)


async def _openness(place: Place) -> Capability:
    is_open = isinstance(await place.read(FILE, openly=True), Held)
    sentence = (
        tr("Readers can open what lies there.")
        if is_open
        else tr("It shows strangers nothing: readers need another way to it, such as a delivery network.")
    )
    return Capability("open", is_open, sentence)
