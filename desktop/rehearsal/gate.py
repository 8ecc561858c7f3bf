"""The gate before every request: the right host, a known origin, and for writes the token; then the environment.

A page of any web site can make a browser ask this computer; it can neither know the token nor choose the Host and
Origin that its browser sends.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.domain.endpoint import Environment
from desktop.rehearsal.refusal import Ground, Refusal, problem

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# Any other method changes nothing here: it is refused, as one that is not known, to whoever asks.
WRITING = frozenset({"PUT", "POST", "PATCH", "DELETE"})
_EVERYWHERE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Whom the gate lets pass.

    `hosts` are the names it is hosted under, with their port unless it is the scheme's own; empty for loopback names
    with the port it listens on.
    """

    token: str
    hosts: Collection[str] = ()


class Gate:
    """ASGI middleware that refuses strangers before the request's body is read."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _EVERYWHERE.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._check(scope)
        except Refusal as refusal:
            await problem(refusal)(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        self._check_host(headers, self._hosts(scope))
        if scope["method"] in WRITING:
            self._check_token(headers)

    def _hosts(self, scope: Scope) -> frozenset[str]:
        if self._rules.hosts:
            return frozenset(host.lower() for host in self._rules.hosts)
        _, port = scope.get("server") or ("", None)
        return frozenset(f"{name}:{port}" for name in LOOPBACK) | (frozenset(LOOPBACK) if port == 80 else frozenset())  # noqa: PLR2004 - HTTP's own port is left out of Host

    def _check_host(self, headers: Headers, hosts: frozenset[str]) -> None:
        if [host.lower() for host in headers.getlist("host")] not in [[host] for host in hosts]:
            raise Refusal(Ground.STRANGER, "The Host of this request is not this endpoint.")
        ours = {f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")}
        if any(origin.lower() not in ours for origin in headers.getlist("origin")):
            raise Refusal(Ground.STRANGER, "The Origin of this request is not this endpoint.")

    def _check_token(self, headers: Headers) -> None:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not given:
            raise Refusal(Ground.TOKEN_NEEDED, headers={"WWW-Authenticate": 'Bearer realm="live-page"'})
        if not hmac.compare_digest(given.strip().encode(), self._rules.token.encode()):
            challenge = 'Bearer realm="live-page", error="invalid_token"'
            raise Refusal(Ground.TOKEN_NEEDED, "This is not the token.", headers={"WWW-Authenticate": challenge})


def check_environment(headers: Headers, environment: Environment) -> None:
    """Refuse a write that was made for another environment than this endpoint's, or names none."""
    ours, stated = environment.value, headers.getlist("live-environment")
    if stated != [ours]:
        said = f"“{stated[0][:40]}”" if stated else "no environment"
        detail = f"This is a {ours} endpoint; the request says {said}."
        raise Refusal(Ground.ENVIRONMENT_MISMATCH, detail, environment=ours)
