"""The rehearsed internet: the publisher's own pages, and stubs of third parties that behave as a scenario says."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from desktop.consent.forecast import Forecast, what_loads
from desktop.consent.placed import Placed
from desktop.consent.policy import matches
from desktop.consent.providers import table
from desktop.consent.scenario import Stub
from ui.proof.proxy import LOOPBACK, Reply, Request, Server
from ui.proof.recorders import in_workers
from ui.proof.subject import Subject

SLOW_SECONDS: Final = 3.0
UNKNOWN_COOKIE: Final = "rehearsed_unknown"

_FOREVER: Final = 3600.0
_WORKERS: Final = frozenset({"worker", "sharedworker", "serviceworker"})
_GIF: Final = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
# What a provider's script does, as far as a gate can tell: it puts a frame of its own in the place of the quotation.
_WIDGET: Final = """(() => {
  const post = document.querySelector("#post, blockquote") || document.body;
  const frame = document.createElement("iframe");
  frame.title = "Rehearsed post";
  frame.style.height = "240px";
  frame.src = FRAME;
  post.replaceChildren(frame);
})();"""
# A frame that a script of its provider's put there tells that script how high it is.
_SPEAKS: Final = "<script>parent.postMessage('rehearsed', '*')</script>"
_SAID: Final = {
    Stub.REMOVED: "This post is no longer available.",
    Stub.SUSPENDED: "This account has been suspended.",
    Stub.PRIVATE: "This post is private.",
    Stub.AGE_GATED: "Sign in to confirm your age.",
}
# Scripts put no frame in the place of a post they may not show.
_NO_FRAME: Final = frozenset({Stub.REMOVED, Stub.SUSPENDED, Stub.PRIVATE, Stub.AGE_GATED})
_STATUS: Final = {Stub.REMOVED: HTTPStatus.NOT_FOUND, Stub.SUSPENDED: HTTPStatus.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class _Party:
    """How one third party is rehearsed: where its frame stands, a picture's host, the cookies it is known for.

    `speaks` tells whether its frame sends messages.
    """

    frame: str
    picture: str
    cookies: tuple[str, ...]
    speaks: bool = False


class Internet:
    """Gives the servers of one rehearsal; whoever is neither the publisher nor a third party of the page has none."""

    def __init__(self, subject: Subject, everybody: Forecast, stub: Stub, mark: str) -> None:
        self.server = subject.server
        self.is_offline = False
        self.sent_gpc: list[bool] = []
        self._subject = subject
        self._everybody = everybody
        self._stub = stub
        self._mark = mark
        self._parties = _parties(subject.placed, subject.our_host)

    def route(self, host: str, port: int) -> Server | None:
        """Return who answers at a host and port."""
        if self.is_offline:
            return None
        if host in self._subject.own or f"{host}:{port}" in self._subject.own:
            return self._publisher
        if self._stub is Stub.REFUSED or host in LOOPBACK or self._everybody.provider_of(host) is None:
            return None
        return self._third_party

    async def _publisher(self, request: Request) -> Reply | None:
        self.sent_gpc.append(request.headers.get("sec-gpc") == "1")
        reply = await self.server(request)
        if reply is not None and request.headers.get("sec-fetch-dest") in _WORKERS and reply.status == HTTPStatus.OK:
            # Workers have no other place where their attempts could be written down.
            body = in_workers(self._mark).encode() + reply.body
            return Reply(body, reply.media_type, reply.status, reply.headers)
        return reply

    async def _third_party(self, request: Request) -> Reply | None:
        party = _of(self._parties, request.host)
        if self._stub is Stub.HANGS:
            await asyncio.sleep(_FOREVER)
        if self._stub is Stub.ERROR:
            return Reply(b"Service unavailable", status=HTTPStatus.SERVICE_UNAVAILABLE)
        # The provider is slow with what a post is made of; pictures in it come when they come.
        if self._stub is Stub.SLOW and request.headers.get("sec-fetch-dest") != "image":
            await asyncio.sleep(SLOW_SECONDS)
        cookies = party.cookies[:1] if self._stub is not Stub.COOKIES else (*party.cookies, UNKNOWN_COOKIE)
        headers = tuple(
            ("Set-Cookie", f"{name}=rehearsed; Path=/; Max-Age=31536000; Secure; SameSite=None") for name in cookies
        )
        return _rehearsed(request, party, self._stub, headers)


def _rehearsed(request: Request, party: _Party, stub: Stub, headers: tuple[tuple[str, str], ...]) -> Reply:
    match request.headers.get("sec-fetch-dest"):
        case "script":
            shown = "" if stub in _NO_FRAME else _WIDGET.replace("FRAME", json.dumps(party.frame))
            return Reply(shown.encode(), "text/javascript; charset=utf-8", headers=headers)
        case "image":
            return Reply(_GIF, "image/gif", headers=headers)
        case "iframe" | "frame" | "object" | "document":
            said = _SAID.get(stub, "A rehearsed post.")
            picture = f'<img src="{party.picture}" alt="">' if party.picture else ""
            html = f"<!doctype html><meta charset=utf-8><title>Rehearsed</title><p>{said}</p>{picture}"
            html += _SPEAKS if party.speaks else ""
            return Reply(html.encode(), "text/html; charset=utf-8", _STATUS.get(stub, HTTPStatus.OK), headers)
        case _:
            return Reply(status=_STATUS.get(stub, HTTPStatus.OK), headers=headers)


def _parties(placed: Sequence[Placed], our_host: str) -> Mapping[tuple[str, ...], _Party]:
    found: dict[tuple[str, ...], _Party] = {}
    for each in placed:
        loads = what_loads(each.embed, our_host)
        if loads is None:
            continue
        provider = table().get(each.embed.provider)
        hosts = tuple(dict.fromkeys(source for sources in loads.hosts.values() for source in sources))
        loaded = tuple(filter(None, (urlsplit(loads.script).hostname, urlsplit(loads.iframe).hostname)))
        frame = next(iter(_plain(loads.hosts.get("frame", ()))), "")
        picture = next(iter(_plain(loads.hosts.get("img", ()))), "")
        # "name@domain" is set by a domain of its own; a name that ends in "*" has any ending.
        cookies = tuple(name.replace("*", "rehearsed") for name in provider.cookies if "@" not in name)
        found[(*hosts, *loaded)] = _Party(
            f"https://{frame}/rehearsed" if frame else "about:blank",
            f"https://{picture}/rehearsed.gif" if picture else "",
            cookies,
            speaks=not loads.iframe,
        )
    return found


def _plain(sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(source.replace("*", "rehearsed") for source in sources)


def _of(parties: Mapping[tuple[str, ...], _Party], host: str) -> _Party:
    for sources, party in parties.items():
        if any(matches(host, source) for source in sources):
            return party
    return _Party("about:blank", "", ())
