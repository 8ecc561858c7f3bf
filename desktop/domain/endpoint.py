"""Endpoints: where a page is published to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Environment(StrEnum):
    """Who is behind an endpoint: readers, a rehearsal, or a test."""

    PRODUCTION = "production"
    REHEARSAL = "rehearsal"
    TEST = "test"


class EndpointKind(StrEnum):
    """Which adapter speaks to an endpoint."""

    NATIVE = "native"


class SecretSource(StrEnum):
    """Where an endpoint's secret is read from; the secret itself is never stored here."""

    NONE = "none"
    KEYRING = "keyring"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One configured endpoint. `instance` is the server's own id, pinned at the first connection.

    `secret_name` is the environment variable's name for SecretSource.VARIABLE, else "".
    """

    id: UUID
    name: str
    url: str
    environment: Environment
    kind: EndpointKind = EndpointKind.NATIVE
    instance: UUID | None = None
    secret_source: SecretSource = SecretSource.NONE
    secret_name: str = ""


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
