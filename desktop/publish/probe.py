"""Testing a connection: everything that stands between the desk and an endpoint, without publishing anything.

Each kind has a test of its own, whose libraries are imported when it is asked for.
"""

from desktop.domain.endpoint import Endpoint, EndpointKind
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.native_probe import probe_native
from desktop.publish.probed import Capability, ProbeResult, ProbeState
from desktop.publish.transport import DEADLINE

__all__ = ["Capability", "ProbeResult", "ProbeState", "probe"]


async def probe(endpoint: Endpoint, secret: str | None, *, deadline: float = DEADLINE) -> ProbeResult:
    """See whether an endpoint can be published to. Nothing is published; the secret goes to the right server only."""
    try:
        allow(endpoint, on_air=True)
    except (GuardRefused, InvalidValue) as problem:
        return ProbeResult(ProbeState.WRONG_PLACE, str(problem))
    match endpoint.kind:
        case EndpointKind.NATIVE:
            return await probe_native(endpoint, secret, deadline)
        case EndpointKind.S3 | EndpointKind.HTTP_PUT | EndpointKind.FOLDER:
            from desktop.publish.layout.probe import probe_layout  # noqa: PLC0415 - templates are only needed there

            return await probe_layout(endpoint.kind, endpoint, secret, deadline)
        case EndpointKind.WORDPRESS:
            from desktop.publish.wordpress.probe import probe_wordpress  # noqa: PLC0415 - likewise

            return await probe_wordpress(endpoint, secret, deadline)
        case EndpointKind.LIVEBLOG:
            reason = tr("{endpoint} is of a kind this version cannot publish to.").format(endpoint=endpoint.name)
            return ProbeResult(ProbeState.NOT_A_LIVE_PAGE, reason)
