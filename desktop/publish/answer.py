"""What can come back after an operation was sent: a closed set, nothing else."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.members import Json


@dataclass(frozen=True, slots=True)
class Done:
    """The endpoint holds our change. `was_already_there` when an earlier attempt had made it."""

    etag: str
    at: datetime
    was_already_there: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The endpoint will not take this; sending it again changes nothing.

    `reason` is a sentence, `type` that of the problem the server told (RFC 9457).
    """

    reason: str
    status: int = 0
    type: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The change may or may not be there: read before anything is sent again, no earlier than `after` seconds."""

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Not one byte of the request left this computer."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotArrived:
    """The endpoint was read: it holds what the change was based on, so the change never took effect."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed it meanwhile. `current` is what is stored, None when nothing is; `by` is who, if told."""

    reason: str
    current: Json | None
    etag: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """The endpoint does not know our secret; no operation will pass until it is put right."""

    reason: str


@dataclass(frozen=True, slots=True)
class WrongPlace:
    """The server is not the environment the operation was made for; it took nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """The endpoint took nothing and asks for patience: `after` seconds, None when it does not say."""

    reason: str
    after: float | None = None


Answer = Done | Refused | Unknown | NotSent | NotArrived | Conflict | Unauthorised | WrongPlace | RetryLater
