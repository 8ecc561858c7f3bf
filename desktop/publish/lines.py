"""Which adapter speaks to which kind of endpoint. An adapter's libraries are imported when it is first needed."""

from desktop.domain.endpoint import Endpoint, EndpointKind
from desktop.domain.words import tr
from desktop.publish.books import Books
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import GuardRefused
from desktop.publish.line import Line
from desktop.publish.native import NativeEndpoint


def open_line(endpoint: Endpoint, watch: DeadlineWatch, deadline: float, books: Books) -> Line:
    """Open a line to an endpoint. Nothing is sent yet; `deadline` is how long one answer may take, in seconds.

    `books` tell an adapter what its endpoint has acknowledged. A kind that cannot be spoken to raises GuardRefused.
    """
    match endpoint.kind:
        case EndpointKind.NATIVE:
            return NativeEndpoint(endpoint, watch=watch, deadline=deadline)
        case EndpointKind.WORDPRESS:
            from desktop.publish.wordpress.endpoint import WordPressEndpoint  # noqa: PLC0415 - see above

            return WordPressEndpoint(endpoint, books, watch=watch, deadline=deadline)
        case EndpointKind.S3 | EndpointKind.HTTP_PUT | EndpointKind.FOLDER:
            from desktop.publish.layout.opening import open_layout  # noqa: PLC0415 - see above

            return open_layout(endpoint.kind, endpoint, books, watch=watch, deadline=deadline)
        case EndpointKind.LIVEBLOG:
            message = tr("{endpoint} is of a kind this version cannot publish to.").format(endpoint=endpoint.name)
            raise GuardRefused(message, done=tr("Nothing was sent."))
