"""One trial of an endpoint: a page nobody else knows, and requests whose replies are held against the contract."""

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.blocks import Block, Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.members import Json, canonical
from desktop.domain.text import text
from desktop.domain.wire import entry_to_wire, page_to_wire
from desktop.publish.service import Service
from desktop.publish.transport import Broken, Reply, Transport
from desktop.publish.verdict import document

CREATE: Final = {"If-None-Match": "*"}


class RuleBroken(Exception):
    """What an endpoint did where the contract asks for something else, in a sentence."""


@dataclass(slots=True)
class Trial:
    """What the rules share. `known` keeps what earlier rules stored, for later ones to build on."""

    transport: Transport
    secret: str | None
    service: Service
    coverage: Coverage = field(default_factory=lambda: Coverage(id=new_id(), headline="A page to try this endpoint"))
    known: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """Where the page of this trial is."""
        return f"/pages/{self.coverage.id}"

    def entry(self, headline: str = "A first entry", *blocks: Block, minutes: int = 0, **members: Any) -> Entry:
        """Make an entry of the trial's page, so many minutes after the hour."""
        said = blocks or (Paragraph(text("Something to read, with <angle> brackets & more.")),)
        at = moment.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2) + timedelta(minutes=minutes)
        made = Entry(
            id=new_id(), coverage_id=self.coverage.id, at=at, headline=headline, blocks=said, stage=Stage.READY
        )
        return replace(made, **members)

    def place(self, entry: Entry) -> str:
        """Say where an entry is."""
        return f"{self.page}/entries/{entry.id}"

    async def ask(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        is_known: bool = True,
    ) -> Reply:
        """Ask, with the secret and the environment where something is written unless `headers` say otherwise."""
        sent = {"Live-Environment": self.service.environment.value} if method not in {"GET", "HEAD"} else {}
        if is_known and self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        if isinstance(body, dict):
            sent["Content-Type"] = "application/json"
        sent |= dict(headers or {})
        content = canonical(body) if isinstance(body, dict) else body
        given = {name: value for name, value in sent.items() if value}
        reply = await self.transport.ask(method, path, given, content=content)
        if isinstance(reply, Broken):
            raise RuleBroken(reply.reason)
        return reply

    async def put_page(self, op: UUID | None = None, headers: Mapping[str, str] = CREATE, **members: Any) -> Reply:
        """Put the page."""
        coverage = replace(self.coverage, **members)
        return await self.ask("PUT", self.page, page_to_wire(coverage, {}, op or new_id()), headers)

    async def put_entry(self, entry: Entry, op: UUID | None = None, headers: Mapping[str, str] = CREATE) -> Reply:
        """Put an entry."""
        return await self.ask("PUT", self.place(entry), entry_to_wire(entry, op or new_id()), headers)

    async def created(self, entry: Entry, op: UUID | None = None) -> Reply:
        """Put an entry that is not there yet, and expect it to be taken."""
        return expect(await self.put_entry(entry, op), 201, "to a new entry")

    async def changes(self) -> list[Json]:
        """Read every change of the page, oldest first."""
        found: list[Json] = []
        cursor = ""
        for _ in range(200):
            query = f"?after={cursor}" if cursor else ""
            told = members(expect(await self.ask("GET", f"{self.page}/changes{query}"), 200, "when asked for changes"))
            found += listed(told, "changes")
            cursor = str(told.get("cursor") or "")
            check(bool(cursor), "the list of changes names no cursor to go on from")
            if not told.get("more"):
                self.known["cursor"] = cursor
                return found
        message = "the list of changes has no end"
        raise RuleBroken(message)

    async def together(self, *asked: Any) -> list[Reply]:
        """Ask several things at the same time."""
        return list(await asyncio.gather(*asked))


def expect(reply: Reply, status: int | tuple[int, ...], when: str) -> Reply:
    """Expect a status; anything else breaks the rule."""
    allowed = status if isinstance(status, tuple) else (status,)
    if reply.status not in allowed:
        wanted = " or ".join(map(str, allowed))
        message = f"it answered {reply.status} {when}, where {wanted} belongs"
        raise RuleBroken(message)
    return reply


def refusal(reply: Reply, status: int | tuple[int, ...], when: str) -> Json:
    """Expect a refusal that says why: problem details with a type, a title and the status (RFC 9457)."""
    told = members(expect(reply, status, when))
    if reply.headers.get("content-type", "").partition(";")[0].strip() != "application/problem+json":
        message = f"the refusal {when} is not application/problem+json"
        raise RuleBroken(message)
    if not isinstance(told.get("type"), str) or not isinstance(told.get("title"), str):
        message = f"the refusal {when} has no type or no title"
        raise RuleBroken(message)
    if told.get("status") != reply.status:
        message = f"the refusal {when} states another status than it is sent with"
        raise RuleBroken(message)
    return told


def members(reply: Reply) -> Json:
    """Expect a JSON object."""
    told = document(reply)
    if told is None:
        message = f"it answered {reply.status} with something that is no JSON object"
        raise RuleBroken(message)
    return told


def listed(told: Json, name: str) -> list[Json]:
    """Expect a member that is a list of objects."""
    found = told.get(name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        message = f"there is no list “{name}”"
        raise RuleBroken(message)
    return found


def etag(reply: Reply) -> str:
    """Expect a strong entity tag."""
    found = reply.headers.get("etag", "")
    if not found.startswith('"') or not found.endswith('"'):
        message = f"it names the version with “{found[:40]}”, which is not a strong entity tag"
        raise RuleBroken(message)
    return found


def digest(data: bytes) -> tuple[str, str]:
    """Return the SHA-256 of bytes in hex, and as Content-Digest states it (RFC 9530)."""
    found = hashlib.sha256(data)
    return found.hexdigest(), f"sha-256=:{base64.b64encode(found.digest()).decode()}:"


def check(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Expect something; `otherwise` says what is wrong."""
    if not holds:
        raise RuleBroken(otherwise)
