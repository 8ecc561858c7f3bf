"""Endpoints: where a page is published to."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.words import tr


class Environment(StrEnum):
    """Who is behind an endpoint: readers, a rehearsal, or a test."""

    PRODUCTION = "production"
    REHEARSAL = "rehearsal"
    TEST = "test"

    @property
    def spoken(self) -> str:
        """The environment in the producer's language."""
        match self:
            case Environment.PRODUCTION:
                return tr("production")
            case Environment.REHEARSAL:
                return tr("rehearsal")
            case Environment.TEST:
                return tr("test")


class EndpointKind(StrEnum):
    """Which adapter speaks to an endpoint."""

    NATIVE = "native"
    WORDPRESS = "wordpress"
    LIVEBLOG = "liveblog"
    S3 = "s3"
    HTTP_PUT = "http_put"
    FOLDER = "folder"


class SecretSource(StrEnum):
    """Where an endpoint's secret is read from; the secret itself is never stored here."""

    NONE = "none"
    KEYRING = "keyring"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One configured endpoint. `instance` is the server's own id, pinned at the first connection.

    `secret_name` is the environment variable's name for SecretSource.VARIABLE, else "". `account` is who the secret
    belongs to there (a user name, an access key's id), "" where the secret says it all. `details` are the adapter's
    own settings and what a probe proved, sorted by name; use `detail` and `with_details`.
    """

    id: UUID
    name: str
    url: str
    environment: Environment
    kind: EndpointKind = EndpointKind.NATIVE
    instance: UUID | None = None
    secret_source: SecretSource = SecretSource.NONE
    secret_name: str = ""
    account: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, name: str, default: str = "") -> str:
        """Return one of the adapter's own settings."""
        return dict(self.details).get(name, default)

    def with_details(self, **changed: str) -> "Endpoint":
        """Return the endpoint with settings of its adapter changed; an empty one is taken out."""
        named = {**dict(self.details), **changed}
        return replace(self, details=tuple(sorted((name, value) for name, value in named.items() if value)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an endpoint answered to one operation."""

    id: UUID
    operation_id: UUID
    endpoint_id: UUID
    at: datetime
    outcome: str
    detail: str
    etag: str
