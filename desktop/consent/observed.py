"""What was observed in one rehearsal, as it is kept for evidence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Witness(StrEnum):
    """Who saw a request: the browser's interceptor, the proxy all connections go through, a script in the page.

    `FILE` is no browser at all: markup that would ask.
    """

    BROWSER = "browser"
    PROXY = "proxy"
    SCRIPT = "script"
    FILE = "file"


class Answer(StrEnum):
    """What became of a request. `BLOCKED` is the reader's own ad-blocker, `REFUSED` the seal, `NAMED` only written."""

    LOADED = "loaded"
    REFUSED = "refused"
    BLOCKED = "blocked"
    UNJUDGED = "unjudged"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, a connection or an attempt. `what` is its kind, such as "script", "CONNECT", "RTCPeerConnection".

    `host` is "" where none is asked, such as for data: addresses; `consented` tells whether it came after consent.
    """

    address: str
    host: str
    what: str
    witness: Witness
    answer: Answer
    at: datetime
    consented: bool


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie, without its value."""

    name: str
    domain: str
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A check and how it went. `after` is how long it took to hold, in seconds; `seen` what stood there instead."""

    sentence: str
    holds: bool
    after: float = 0.0
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Everything one rehearsal saw.

    `kept` and `kept_before` name what the page's own origin stores at the end and before the first choice, such as
    "localStorage embeds-allowed"; `focus` tells where the focus was after each step.
    """

    asked: tuple[Asked, ...] = ()
    cookies_before: tuple[Cookie, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    kept_before: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    checks: tuple[Checked, ...] = ()
    focus: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    sends_gpc: bool | None = None
