"""Asking a WordPress site over its REST interface, as one of its users."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from desktop.domain import moment
from desktop.publish import verdict
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.transport import DEADLINE, Broken, Reply, Transport

ROOT: Final = "/wp-json"


@dataclass(frozen=True, slots=True)
class Told:
    """A whole reply, read: `value` is its JSON, None for what is no JSON."""

    reply: Reply
    value: Any

    @property
    def status(self) -> int:
        """Its status."""
        return self.reply.status

    @property
    def is_ok(self) -> bool:
        """Whether it is a yes that says something."""
        return 200 <= self.reply.status < 300 and isinstance(self.value, dict | list)  # noqa: PLR2004 - statuses

    @property
    def code(self) -> str:
        """WordPress's own name of an error, "" when it gave none."""
        code = self.value.get("code") if isinstance(self.value, dict) else None
        return code[:80] if isinstance(code, str) else ""


class WordPressApi:
    """One site over one kept-alive connection. Belongs to one event loop, ends with `close()`.

    `skew` is how many seconds the server's clock is ahead of ours, None before its first reply.
    """

    def __init__(self, url: str, account: str, watch: DeadlineWatch, deadline: float = DEADLINE) -> None:
        self._account = account
        self._deadline = deadline
        self._transport = Transport(url, watch)
        self._authorization = ""
        self.host = self._transport.host
        self.skew: float | None = None

    def use(self, secret: str | None) -> None:
        """Sign requests with an application password from now on."""
        # WordPress shows a password in groups of four; the spaces are not part of it.
        pair = f"{self._account}:{(secret or '').replace(' ', '')}".encode()
        self._authorization = f"Basic {base64.b64encode(pair).decode()}" if secret else ""

    async def get(self, path: str, *, is_signed: bool = True, **query: str | int) -> Told | Broken:
        """Read something."""
        return await self._ask("GET", path, query, {}, None, is_signed=is_signed)

    async def post(self, path: str, value: Mapping[str, object], **query: str | int) -> Told | Broken:
        """Send JSON."""
        written = json.dumps(value, ensure_ascii=False).encode()
        return await self._ask("POST", path, query, {"Content-Type": "application/json"}, written)

    async def delete(self, path: str) -> Told | Broken:
        """Delete something for good, past the bin."""
        return await self._ask("DELETE", path, {"force": "true"}, {}, None)

    async def upload(
        self, path: str, headers: Mapping[str, str], data: bytes, within: float, **query: str | int
    ) -> Told | Broken:
        """Send a file as it is; `within` seconds."""
        return await self._ask("POST", path, query, headers, data, within=within)

    async def close(self) -> None:
        """Hang up."""
        await self._transport.close()

    async def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int],
        headers: Mapping[str, str],
        content: bytes | None,
        *,
        within: float | None = None,
        is_signed: bool = True,
    ) -> Told | Broken:
        sent = dict(headers)
        if is_signed and self._authorization:
            sent["Authorization"] = self._authorization
        asked = f"{ROOT}{path}?{urlencode(query)}" if query else f"{ROOT}{path}"
        reply = await self._transport.ask(method, asked, sent, content=content, within=within or self._deadline)
        if isinstance(reply, Broken):
            return reply
        if (told := verdict.date_of(reply)) is not None:
            self.skew = (told - moment.now()).total_seconds() + reply.took / 2
        return Told(reply, _json(reply.body))


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
