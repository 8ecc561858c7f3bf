"""A web folder as a place: plain HTTP PUT, with WebDAV's collections where the server knows them.

Apache compares a precondition first and replaces the file a moment later: two writes at that very moment both pass.
Making a collection is one act, so one named after the head stands for as long as the head is being written.
"""

import asyncio
import base64
import re
import time
from email.utils import parsedate_to_datetime
from typing import Final

from desktop.domain.endpoint import Endpoint
from desktop.domain.words import tr
from desktop.page.edition import HEAD
from desktop.publish.answer import RetryLater
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.layout.place import ABSENT, Clash, Failure, Item, Stored
from desktop.publish.layout.web_place import WebPlace
from desktop.publish.transport import Broken, Reply
from desktop.publish.verdict import date_of

_SETTLES: Final = 1.1
"""How long Apache names a new version by a weak ETag, which no If-Match can meet, in seconds."""

_FORGOTTEN: Final = 10.0
"""How old a mark of somebody who writes may get before it is taken for one that was left behind, in seconds."""

_OURS: Final = 0.5
"""After so many seconds a mark whose making had no answer is taken for ours: who writes is done long before."""

_TRIES: Final = 60
_PAUSE: Final = 0.03
_MODIFIED: Final = re.compile(rb"getlastmodified[^>]*>([^<]{1,60})<")


class DavPlace(WebPlace):
    """A web folder. With an account it signs in by name and password, without one its secret is a bearer token."""

    def __init__(self, endpoint: Endpoint, watch: DeadlineWatch, deadline: float) -> None:
        super().__init__(endpoint, watch, deadline)
        self._folders: set[str] = set()
        self._has_collections = False
        self._fresh: dict[str, float] = {}
        self._is_weak = False

    async def write(self, item: Item, expected: str | None = None) -> Stored | Clash | Failure:
        """Write an object; a folder that is missing is made, and a version just written is given time to settle."""
        await self._make_folders(item.path)
        since = time.monotonic() - self._fresh.get(item.path, 0.0)
        if expected and self._is_weak and since < _SETTLES:
            await asyncio.sleep(_SETTLES - since)
        written = await self._write(item, expected)
        if isinstance(written, Clash) and expected and await self._is_unsettled(item, expected):
            self._is_weak = True
            await asyncio.sleep(_SETTLES)
            written = await self._write(item, expected)
        if isinstance(written, Stored):
            self._fresh[item.path] = time.monotonic()
        return written

    async def _write(self, item: Item, expected: str | None) -> Stored | Clash | Failure:
        if expected is None or not self._has_collections or not item.path.endswith(f"/{HEAD}"):
            return await super().write(item, expected)
        mark = f"{item.path}.writing/"
        if not await self._make_mark(mark):
            return RetryLater(tr("Somebody else writes to {host} at this very moment.").format(host=self.host), 0.5)
        try:
            return await super().write(item, expected)
        finally:
            await self._patiently("DELETE", mark, {})

    async def _make_mark(self, mark: str) -> bool:
        """Say that the head is being written; False while somebody else says so."""
        unanswered: float | None = None
        for _ in range(_TRIES):
            made = await self._ask("MKCOL", mark, {})
            if isinstance(made, Broken) or made.status >= 500:  # noqa: PLR2004
                unanswered = time.monotonic() if unanswered is None else unanswered
            elif made.status in {201, 401} or (unanswered is not None and time.monotonic() - unanswered > _OURS):
                return True
            # 405 where it is there already; 403 where that was only seen while it was made.
            elif unanswered is None and await self._is_forgotten(mark):
                await self._patiently("DELETE", mark, {})
            await asyncio.sleep(_PAUSE)
        return False

    async def _is_forgotten(self, mark: str) -> bool:
        """Tell whether a mark was left behind by a console that ended while it wrote, by the server's own clock."""
        reply = await self._ask("PROPFIND", mark, {"Depth": "0"})
        found = None if isinstance(reply, Broken) else _MODIFIED.search(reply.body)
        now = None if isinstance(reply, Broken) else date_of(reply)
        if found is None or now is None:
            return False
        try:
            made = parsedate_to_datetime(found[1].decode("ascii", "replace"))
            return (now - made).total_seconds() > _FORGOTTEN
        except (ValueError, TypeError):
            return False

    def _known(self, method: str, url: str, headers: dict[str, str], content: bytes) -> dict[str, str]:  # noqa: ARG002 - a password says the same of every request
        if not self._secret:
            return {}
        if not self.endpoint.account:
            return {"Authorization": f"Bearer {self._secret}"}
        pair = f"{self.endpoint.account}:{self._secret}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}

    async def _is_unsettled(self, item: Item, expected: str) -> bool:
        """Tell whether what is there is what was expected, only under a name that is still weak."""
        reply = await self._patiently("HEAD", item.path, {})
        etag = "" if isinstance(reply, Broken) else reply.headers.get("etag", "")
        return expected != ABSENT and etag == f'W/"{expected}"'

    async def _make_folders(self, path: str) -> None:
        """Make the folders of a path that were not made before; a server that has no such request has them anyway."""
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in self._folders:
                made = await self._patiently("MKCOL", f"{folder}/", {})
                if isinstance(made, Reply) and made.status == 403:  # noqa: PLR2004 - also what Apache says while another makes it
                    made = await self._patiently("MKCOL", f"{folder}/", {})
                if isinstance(made, Reply) and made.status != 401 and made.status < 500:  # noqa: PLR2004
                    self._folders.add(folder)
                    # Where one was made, or is said to be there, the server knows what a collection is.
                    self._has_collections |= made.status in {201, 405}
