"""What can answer at an endpoint, in a producer's words, and what the form asks for each."""

from dataclasses import dataclass
from typing import Final

from desktop.domain.endpoint import EndpointKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfEndpoint:
    """One kind as it is offered. A field whose label is "" is not asked for."""

    kind: EndpointKind
    name: str
    purpose: str
    address: str = "&Address"
    example: str
    account: str = ""
    secret: str = "&Secret"  # noqa: S105 - the label of a field
    region: str = ""
    is_folder: bool = False
    has_plugin: bool = False


KINDS: Final = (
    KindOfEndpoint(
        kind=EndpointKind.NATIVE,
        name="Our own live page server",
        purpose="A server that speaks the live page API, as the rehearsal on this computer does.",
        example="https://publish.example.org",
    ),
    KindOfEndpoint(
        kind=EndpointKind.WORDPRESS,
        name="A WordPress site",
        purpose="One post an entry. Use an application password of that site, never the one you log in with.",
        example="https://www.example.org",
        account="&User",
        secret="Application &password",  # noqa: S106 - the label of a field
        has_plugin=True,
    ),
    KindOfEndpoint(
        kind=EndpointKind.S3,
        name="Object storage (S3)",
        purpose="Finished pages into a bucket that your network hands out: for more readers than one server can take.",
        address="&Address of the bucket",
        example="https://storage.example.org/live",
        account="Access &key",
        secret="&Secret key",  # noqa: S106 - the label of a field
        region="&Region",
    ),
    KindOfEndpoint(
        kind=EndpointKind.HTTP_PUT,
        name="A web folder (HTTP PUT, WebDAV)",
        purpose="Finished pages onto a web server that takes files by PUT.",
        example="https://files.example.org/live",
        account="&User",
        secret="&Password",  # noqa: S106 - the label of a field
    ),
    KindOfEndpoint(
        kind=EndpointKind.FOLDER,
        name="A folder on this computer",
        purpose="Finished pages into a folder, for whatever brings them to readers from there.",
        address="&Folder",
        example="Choose a folder",
        secret="",
        is_folder=True,
    ),
)
