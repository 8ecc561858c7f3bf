"""What a page asks for, and whether it may have it; free of Qt."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit


class Kind(StrEnum):
    """What a page wants a request for."""

    PAGE = "page"
    FRAME = "frame"
    SCRIPT = "script"
    STYLE = "style"
    PICTURE = "picture"
    FONT = "font"
    MEDIA = "media"
    DATA = "data"
    PING = "ping"
    WORKER = "worker"
    OTHER = "other"


class Party(StrEnum):
    """Whose a request is: the page's own, or a stranger's."""

    FIRST = "first"
    THIRD = "third"


class Verdict(StrEnum):
    """What became of a request. `FAILED` is one of ours that had nothing to serve."""

    LOADED = "loaded"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the browser states it: its whole address, and what for."""

    address: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """Which one origin a sealed page lives at, and which hosts belong to the same publisher."""

    scheme: str
    host: str
    own_hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Logged:
    """A request and its verdict. `host` is "" for what asks nobody, such as a data: address; `at` is in UTC."""

    address: str
    host: str
    party: Party
    kind: Kind
    verdict: Verdict
    at: datetime


def decide(request: Request, policy: Policy) -> Verdict:
    """Decide on a request: the page's own origin loads, everything else is blocked, whoever it belongs to."""
    try:
        parts = urlsplit(request.address)
        own = parts.scheme == policy.scheme and parts.hostname == policy.host
    except ValueError:
        return Verdict.BLOCKED
    return Verdict.LOADED if own else Verdict.BLOCKED


def party_of(request: Request, policy: Policy) -> Party:
    """Tell whose a request is; what cannot be read counts as a stranger's."""
    try:
        parts = urlsplit(request.address)
        host = parts.hostname or ""
    except ValueError:
        return Party.THIRD
    if parts.scheme in {"data", "about"} or host in {policy.host, *policy.own_hosts}:
        return Party.FIRST
    return Party.THIRD


def log(request: Request, policy: Policy, at: datetime) -> Logged:
    """Decide on a request and write it down."""
    return Logged(
        request.address,
        host_of(request.address),
        party_of(request, policy),
        request.kind,
        decide(request, policy),
        at,
    )


def host_of(address: str) -> str:
    """Return the host an address asks, "" when it asks none or cannot be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
