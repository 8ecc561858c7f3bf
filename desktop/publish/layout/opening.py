"""Which place stands behind which kind of endpoint."""

from typing import Literal, assert_never

from desktop.domain.endpoint import Endpoint, EndpointKind
from desktop.publish.books import Books
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.layout.dav import DavPlace
from desktop.publish.layout.folder import FolderPlace
from desktop.publish.layout.line import LayoutLine
from desktop.publish.layout.place import Place
from desktop.publish.layout.s3 import S3Place

LayoutKind = Literal[EndpointKind.S3, EndpointKind.HTTP_PUT, EndpointKind.FOLDER]
"""The kinds of endpoint that keep a page as objects."""


def open_layout(
    kind: LayoutKind, endpoint: Endpoint, books: Books, *, watch: DeadlineWatch, deadline: float
) -> LayoutLine:
    """Open a line to a place of a kind; nothing is sent yet."""
    return LayoutLine(endpoint, open_place(kind, endpoint, watch, deadline), books)


def open_place(kind: LayoutKind, endpoint: Endpoint, watch: DeadlineWatch, deadline: float) -> Place:
    """Open a place of a kind; nothing is sent yet, `deadline` is how long one answer may take, in seconds."""
    match kind:
        case EndpointKind.S3:
            return S3Place(endpoint, watch, deadline)
        case EndpointKind.HTTP_PUT:
            return DavPlace(endpoint, watch, deadline)
        case EndpointKind.FOLDER:
            return FolderPlace(endpoint)
        case _:
            assert_never(kind)
