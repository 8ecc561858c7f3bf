"""Which adapter speaks to which kind of endpoint. An adapter's libraries are imported when it is first needed."""

from desktop.domain.endpoint import Endpoint, EndpointKind
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.line import Line
from desktop.publish.native import NativeEndpoint


def open_line(endpoint: Endpoint, watch: DeadlineWatch, deadline: float) -> Line:
    """Open a line to an endpoint. Nothing is sent yet; `deadline` is how long one answer may take, in seconds."""
    match endpoint.kind:
        case EndpointKind.NATIVE:
            return NativeEndpoint(endpoint, watch=watch, deadline=deadline)
