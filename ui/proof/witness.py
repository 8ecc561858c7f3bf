"""Everything that is heard of one rehearsal, put together into what was observed."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from desktop.consent.observed import Answer, Asked, Witness
from desktop.domain import moment
from ui.proof.proxy import LOOPBACK, Passed
from ui.sealed.requests import host_of

# Recorders tell these addresses without a host that could be asked.
_NOBODY: Final = frozenset({"data", "about", "blob", "javascript"})


class Listener:
    """Hears the browser and the proxy. `consented` is set when the reader consents, and unset when they withdraw."""

    def __init__(self) -> None:
        self.consented = False
        self.faults: list[str] = []
        self.loads: list[bool] = []
        self._asked: dict[int, Asked] = {}
        self._others: list[Asked] = []

    def hear(self, event: Mapping[str, Any]) -> None:
        """Hear an event of the browser."""
        match event["event"]:
            case "asked":
                self._asked[event["number"]] = self._made(
                    event["address"], event["what"], Witness.BROWSER, Answer.UNJUDGED
                )
            case "judged":
                asked = self._asked[event["number"]]
                self._asked[event["number"]] = Asked(
                    asked.address,
                    asked.host,
                    asked.what,
                    asked.witness,
                    Answer(event["answer"]),
                    asked.at,
                    asked.consented,
                )
            case "attempt":
                self._others.append(self._made(event["address"], event["what"], Witness.SCRIPT, Answer.REFUSED))
            case "fault":
                self.faults.append(str(event["text"]))
            case "loaded":
                self.loads.append(bool(event["ok"]))
            case unknown:
                self.faults.append(f"The browser told “{unknown}”, which is not known here.")

    def pass_by(self, passed: Passed) -> None:
        """Hear of a connection."""
        answer = Answer.LOADED if passed.is_let else Answer.REFUSED
        self._others.append(self._made(passed.address, passed.what, Witness.PROXY, answer, passed.host))

    def find(self, address: str, what: str) -> None:
        """Add what a look at the page found, such as a hint the browser may have followed unseen."""
        self._others.append(self._made(address, what, Witness.SCRIPT, Answer.REFUSED))

    def asked(self) -> tuple[Asked, ...]:
        """Return everything so far, in the order it came."""
        return tuple(sorted((*self._asked.values(), *self._others), key=lambda each: each.at))

    def has_tried(self) -> bool:
        """Tell whether a script in the page has told of an attempt."""
        return any(each.witness is Witness.SCRIPT for each in self._others)

    def count(self) -> int:
        """Return how much there is so far."""
        return len(self._asked) + len(self._others)

    def _made(self, address: str, what: str, witness: Witness, answer: Answer, host: str | None = None) -> Asked:
        named = _host(address) if host is None else host
        if named in LOOPBACK:
            # Every port of this computer is somebody else.
            named = urlsplit(address if "//" in address else f"//{address}").netloc
        return Asked(address, named, what, witness, answer, moment.now(), self.consented)


def _host(address: str) -> str:
    scheme, _, rest = address.partition(":")
    if scheme in _NOBODY:
        return ""
    # A STUN address has no "//", and names its host all the same.
    return host_of(address) or rest.removeprefix("//").partition("/")[0].partition("?")[0].partition(":")[0] or address
