"""The native contract's pages, summaries, entries and changes."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from desktop.domain import moment, wire
from desktop.domain.endpoint import Environment
from desktop.domain.members import Json, canonical, parse
from desktop.domain.outbox import OperationKind
from desktop.rehearsal import cursor
from desktop.rehearsal.acceptance import Accepted, accept_entry, accept_page, accept_summary
from desktop.rehearsal.body import read_json
from desktop.rehearsal.deposit import Deposit, Outcome, check_page, take, take_down
from desktop.rehearsal.hints import Hints
from desktop.rehearsal.ledger import Ledger, Taken, Target
from desktop.rehearsal.limits import CHANGES_A_READ, ENTRIES_A_READ
from desktop.rehearsal.precondition import Precondition, is_unchanged, strong_etag
from desktop.rehearsal.refusal import Ground, Refusal
from desktop.rehearsal.storage import Storage

Value = TypeVar("Value")
JSON = "application/json"
_MISSING = {
    OperationKind.PAGE: Ground.PAGE_MISSING,
    OperationKind.SUMMARY: Ground.SUMMARY_MISSING,
    OperationKind.ENTRY: Ground.ENTRY_MISSING,
}
_BY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Native:
    """Answers requests out of the storage; every method but the constructor is a handler."""

    storage: Storage
    environment: Environment
    hints: Hints

    async def get_one(self, request: Request) -> Response:
        """Answer what stands: a page, a summary or an entry."""
        target = _target(request)
        taken = await run_in_threadpool(self._standing, target)
        return answer_json(request, taken.body or b"", taken.etag)

    async def put_page(self, request: Request) -> Response:
        """Take a page."""
        page = _target(request).page
        return await self._put(request, lambda written: accept_page(written, page))

    async def put_summary(self, request: Request) -> Response:
        """Take a summary."""
        return await self._put(request, accept_summary)

    async def put_entry(self, request: Request) -> Response:
        """Take an entry."""
        target = _target(request)
        return await self._put(request, lambda written: accept_entry(written, target.page, target.id, self.environment))

    async def delete_entry(self, request: Request) -> Response:
        """Take an entry down for good."""
        target, expected, by = _target(request), Precondition.of(request.headers), _by(request)
        await _for_certain(lambda: self._take_down(target, expected, by))
        return Response(status_code=204)

    async def list_entries(self, request: Request) -> Response:
        """List entries newest first, and where the list goes on."""
        page, query = _target(request).page, request.query_params
        place = cursor.read_place(query["before"]) if "before" in query else None
        limit = _limit(query, default=20, most=ENTRIES_A_READ)
        found = await run_in_threadpool(self._entries, page, place, limit)
        body = canonical(_listed(found[:limit], has_more=len(found) > limit))
        return answer_json(request, body, strong_etag(body))

    async def list_changes(self, request: Request) -> Response:
        """List what was written after a cursor, oldest first."""
        page, query, instance = _target(request).page, request.query_params, self.storage.instance
        after = cursor.read_sequence(query["after"], instance) if "after" in query else 0
        limit = _limit(query, default=100, most=CHANGES_A_READ)
        found = await run_in_threadpool(self._changes, page, after, limit)
        listed = found[:limit]
        last = cursor.write_sequence(instance, listed[-1].sequence if listed else after)
        body = canonical({"changes": [_change(each) for each in listed], "cursor": last, "more": len(found) > limit})
        return answer_json(request, body, strong_etag(body))

    async def _put(self, request: Request, accept: Callable[[Json], Accepted]) -> Response:
        target, expected, by = _target(request), Precondition.of(request.headers), _by(request)
        written = await read_json(request)
        taken, outcome = await _for_certain(lambda: self._take(target, accept(written), expected, by))
        headers = {"ETag": taken.etag, "Cache-Control": "no-cache"}
        if outcome is Outcome.CREATED:
            headers["Location"] = request.url.path
        return Response(taken.body, 201 if outcome is Outcome.CREATED else 200, headers, JSON)

    def _take(self, target: Target, accepted: Accepted, expected: Precondition, by: str) -> tuple[Taken, Outcome]:
        deposit = Deposit(
            target=target,
            op=accepted.op,
            body=accepted.body,
            at=accepted.at,
            media=accepted.media,
            needs_media=self.environment is Environment.PRODUCTION,
            by=by,
        )
        with self.storage.write() as rows:
            taken = take(rows, deposit, expected)
        self.hints.tell(target.page)
        return taken

    def _take_down(self, target: Target, expected: Precondition, by: str) -> None:
        with self.storage.write() as rows:
            left = take_down(rows, target, expected, by)
        self.hints.tell(target.page)
        for file in left:
            self.storage.media_folder.remove(file)

    def _standing(self, target: Target) -> Taken:
        with self.storage.read() as rows:
            check_page(rows, target)
            taken = rows.standing(target)
            if taken is None:
                raise Refusal(Ground.TAKEN_DOWN if rows.is_taken_down(target) else _MISSING[target.kind])
            return taken

    def _entries(self, page: UUID, place: tuple[str, str] | None, limit: int) -> tuple[Taken, ...]:
        with self.storage.read() as rows:
            _check_known(rows, page)
            return rows.entries(page, place, limit + 1)

    def _changes(self, page: UUID, after: int, limit: int) -> tuple[Taken, ...]:
        with self.storage.read() as rows:
            _check_known(rows, page)
            if after > rows.newest(page):
                raise Refusal(Ground.CURSOR_INVALID)
            return rows.changes(page, after, limit + 1)


async def _for_certain(write: Callable[[], Value]) -> Value:
    # A client that hangs up must not cancel a write half-way through being answered for: it runs to its end.
    return await asyncio.shield(asyncio.ensure_future(run_in_threadpool(write)))


def _check_known(rows: Ledger, page: UUID) -> None:
    check_page(rows, Target(page, OperationKind.SUMMARY, page))


def _target(request: Request) -> Target:
    page: UUID = request.path_params["page"]
    entry: UUID | None = request.path_params.get("entry")
    if entry is not None:
        return Target(page, OperationKind.ENTRY, entry)
    kind = OperationKind.SUMMARY if request.url.path.endswith("/summary") else OperationKind.PAGE
    return Target(page, kind, page)


def _by(request: Request) -> str:
    return unquote(request.headers.get("live-by", ""), errors="replace")[:_BY_LENGTH].strip()


def _limit(query: QueryParams | Mapping[str, str], default: int, most: int) -> int:
    written = query.get("limit", str(default))
    if not written.isascii() or not written.isdecimal() or len(written) > 4 or not 1 <= int(written) <= most:  # noqa: PLR2004 - no limit has five digits
        raise Refusal(Ground.BAD_REQUEST, f"“limit” is a number from 1 to {most}.")
    return int(written)


def answer_json(request: Request, body: bytes, etag: str) -> Response:
    """Answer JSON, or that the reader already has it."""
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if is_unchanged(request.headers, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, JSON)


def _listed(found: tuple[Taken, ...], *, has_more: bool) -> Json:
    entries = [parse(taken.body or b"") for taken in found]
    last = found[-1] if has_more else None
    place = cursor.write_place(_at(last), last.target.id) if last else None
    return {"entries": entries, "etags": {str(each.target.id): each.etag for each in found}, "next": place}


def _at(taken: Taken) -> str:
    entry, _ = wire.entry_from_wire(parse(taken.body or b""), taken.target.page)
    return moment.to_json(entry.at)


def _change(taken: Taken) -> Json:
    change: Json = {
        "kind": taken.target.kind.value,
        "id": str(taken.target.id),
        "change": "removed" if taken.body is None else "stored",
        "at": moment.to_json(taken.taken_at),
    }
    if taken.by:
        change["by"] = taken.by
    if taken.body is not None:
        change |= {"op": str(taken.op), "etag": taken.etag, "value": parse(taken.body)}
    return change
