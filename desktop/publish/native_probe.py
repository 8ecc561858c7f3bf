"""Testing a connection to an endpoint that speaks the live page API, without publishing anything."""

from desktop.domain.endpoint import Endpoint
from desktop.domain.identity import new_id
from desktop.domain.words import tr
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.native import NativeEndpoint
from desktop.publish.probed import ProbeResult, ProbeState, about_clock, about_line
from desktop.publish.service import Service
from desktop.publish.transport import Broken, Reply
from desktop.publish.verdict import problem_type, sentence


async def probe_native(endpoint: Endpoint, secret: str | None, deadline: float) -> ProbeResult:
    """See whether a native endpoint can be published to."""
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
        said = " ".join(filter(None, (_welcome(endpoint, service), about_clock(line.skew), about_line(endpoint))))
    return ProbeResult(state, said, service, line.skew)


def _judge(reply: Reply | Broken, host: str, *, has_secret: bool) -> tuple[ProbeState, str]:
    if isinstance(reply, Broken):
        return ProbeState.UNREACHABLE, reply.reason
    match reply.status:
        case 401 if has_secret:
            return ProbeState.WRONG_SECRET, tr(
                "{host} does not know this secret. Give the endpoint's secret again."
            ).format(host=host)
        case 401:
            return ProbeState.WRONG_SECRET, tr("{host} needs a secret, and none is kept for this endpoint.").format(
                host=host
            )
        case 403:
            return (
                ProbeState.FORBIDDEN,
                tr("{host} knows the secret but does not allow publishing. {sentence}").format(
                    host=host, sentence=sentence(reply, host)
                ),
            )
        case 409 if "environment" in problem_type(reply):
            return ProbeState.WRONG_PLACE, sentence(reply, host)
        case 400 | 422 | 428:
            return ProbeState.READY, ""
        case status:
            return (
                ProbeState.NOT_A_LIVE_PAGE,
                tr("{host} answered {status} where a live page endpoint refuses an empty page.").format(
                    host=host, status=status
                ),
            )


def _welcome(endpoint: Endpoint, service: Service) -> str:
    name = tr(" It calls itself “{service}”.").format(service=service.name[:60]) if service.name else ""
    return tr("{endpoint} answers, is {environment}, and knows the secret.{name}").format(
        endpoint=endpoint.name, environment=service.environment.spoken, name=name
    )
