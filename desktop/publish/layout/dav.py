"""A web folder as a place: plain HTTP PUT, with WebDAV's collections where the server asks for them."""

import asyncio
import base64
import time
from typing import Final

from desktop.domain.endpoint import Endpoint
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.layout.place import ABSENT, Clash, Failure, Item, Stored
from desktop.publish.layout.web_place import WebPlace
from desktop.publish.transport import Broken, Reply

_SETTLES: Final = 1.1
"""How long Apache names a new version by a weak ETag, which no If-Match can meet, in seconds."""


class DavPlace(WebPlace):
    """A web folder. With an account it signs in by name and password, without one its secret is a bearer token."""

    def __init__(self, endpoint: Endpoint, watch: DeadlineWatch, deadline: float) -> None:
        super().__init__(endpoint, watch, deadline)
        self._folders: set[str] = set()
        self._fresh: dict[str, float] = {}
        self._is_weak = False

    async def write(self, item: Item, expected: str | None = None) -> Stored | Clash | Failure:
        """Write an object; a folder that is missing is made, and a version just written is given time to settle."""
        await self._make_folders(item.path)
        since = time.monotonic() - self._fresh.get(item.path, 0.0)
        if expected and self._is_weak and since < _SETTLES:
            await asyncio.sleep(_SETTLES - since)
        written = await super().write(item, expected)
        if isinstance(written, Clash) and expected not in {None, ABSENT} and await self._is_unsettled(item, expected):
            self._is_weak = True
            await asyncio.sleep(_SETTLES)
            written = await super().write(item, expected)
        if isinstance(written, Stored):
            self._fresh[item.path] = time.monotonic()
        return written

    def _known(self, method: str, url: str, headers: dict[str, str], content: bytes) -> dict[str, str]:  # noqa: ARG002 - a password says the same of every request
        if not self._secret:
            return {}
        if not self.endpoint.account:
            return {"Authorization": f"Bearer {self._secret}"}
        pair = f"{self.endpoint.account}:{self._secret}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}

    async def _is_unsettled(self, item: Item, expected: str | None) -> bool:
        """Tell whether what is there is what was expected, only under a name that is still weak."""
        reply = await self._patiently("HEAD", item.path, {})
        etag = "" if isinstance(reply, Broken) else reply.headers.get("etag", "")
        return etag == f'W/"{expected}"'

    async def _make_folders(self, path: str) -> None:
        """Make the folders of a path that were not made before; a server that has no such request has them anyway."""
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in self._folders:
                made = await self._patiently("MKCOL", f"{folder}/", {})
                if isinstance(made, Reply) and made.status != 401 and made.status < 500:  # noqa: PLR2004
                    self._folders.add(folder)
