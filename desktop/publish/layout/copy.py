"""One page as this console knows it to stand at a place: read when it must be, and changed by one commit at a time."""

import asyncio
import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.members import Json
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.page.edition import HEAD
from desktop.page.site import REHEARSAL, PageFile
from desktop.publish.answer import NotSent, Refused, RetryLater, Unknown
from desktop.publish.layout.pictures import FOR_GOOD
from desktop.publish.layout.place import ABSENT, Clash, Failure, Held, Item, Missing, Place, Stored
from desktop.publish.layout.rendering import Drawn, Rendering
from desktop.publish.layout.state import FOLDER, Record, State, is_path, read_part, read_root, state_of

SOON: Final = "max-age=5, stale-while-revalidate=60, stale-if-error=86400"
_NOBODY: Final = "no-store"
_ROUNDS: Final = 8
_AT_ONCE: Final = 2
_PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Unclear:
    """The head may or may not have been written."""

    reason: str


class PageCopy:
    """A page's head and state as they were last read or written, and what is rendered of them.

    `keeps_conditions` is whether the place refuses a write onto another version than was expected; where it does not,
    only one console may write. `root` names the state, "" before there is one.
    """

    def __init__(self, place: Place, endpoint: Endpoint, coverage_id: UUID) -> None:
        self.path = f"{coverage_id}/"
        self.keeps_conditions = False
        self.root = ""
        self._place = place
        self._state = State()
        self._rendering = Rendering(coverage_id, "" if endpoint.environment is Environment.PRODUCTION else REHEARSAL)
        self._head: bytes | None = None
        self._etag: str | None = None
        self._parts: dict[str, tuple[Record, ...]] = {}
        self._written: set[str] = set()
        self._fixed: dict[str, bytes] = {}
        self._etags: dict[str, str] = {}
        self._gate = asyncio.Semaphore(_AT_ONCE)

    def standing(self, record: Record) -> Record | None:
        """Return what stands for a record's target."""
        return self._state.get(record.target)

    async def make_current(self) -> Failure | None:
        """Read the head unless it is known to be what was last written or read."""
        return None if self._etag is not None and self.keeps_conditions else await self.refresh()

    async def refresh(self) -> Failure | None:
        """Read the head, and the state where it names another one; None when all is known."""
        held = await self._place.read(self.path + HEAD)
        match held:
            case Missing():
                if self._head is not None:
                    await self._adopt(State(), {})
                self.root, self._head, self._etag = "", None, ABSENT
                return None
            case Held(data=data, etag=etag):
                if data != self._head:
                    failure = await self._load(data)
                    if failure is not None:
                        return failure
                self._etag = etag
                return None
            case _:
                return held

    async def since(self, root: str) -> tuple[Record, ...]:
        """Return what stands now and did not under an earlier root, everything where that can no longer be read."""
        state = await self._read_state(root) if is_path(root) and root != self.root else None
        known = self._state if root and root == self.root else state if isinstance(state, State) else State()
        records = self._state.records.items()
        stood = {target: record.op for target, record in known.records.items()}
        return tuple(record for target, record in records if stood.get(target) != record.op)

    async def write(self, record: Record) -> Stored | Clash | Unclear | Failure:
        """Commit a record: Stored when the head has it, Clash when another head was there; a failure when not."""
        state = self._state.put(record.onto(self._state.get(record.target)))
        drawn = await asyncio.to_thread(self._rendering.draw, state, self._head)
        if drawn is None:
            return Refused(tr("The page itself has not been published there."))
        failure = await self._write_objects(drawn) or await self._learn(self._rendering.pending)
        if failure is not None:
            return failure
        expected = (ABSENT if self._etag is None else self._etag) if self.keeps_conditions else None
        written = await self._place.write(self._item(drawn.head, SOON), expected)
        if isinstance(written, Stored):
            self._take(drawn, written.etag)
        else:
            self._etag = None
        return Unclear(written.reason) if isinstance(written, Unknown) else written

    async def settle(self) -> Failure | None:
        """Rewrite the documents that do not surely show the state; None when all do."""
        trouble: Failure | None = None
        await asyncio.to_thread(self._rendering.follow, self._state)
        for number in range(_ROUNDS):
            trouble = None
            for path in self._rendering.pending:
                trouble = await self._write_document(path) or trouble
            if not self._rendering.pending:
                return None
            if trouble is not None and not isinstance(trouble, Unknown | NotSent | RetryLater):
                return trouble
            await asyncio.sleep(_PAUSE * number)
            # First what stands there, then the head: what is then written is no older than what it replaces.
            self._forget_etags(self._rendering.pending)
            failure = await self._learn(self._rendering.pending) or await self.refresh()
            trouble = failure or trouble
        return trouble or RetryLater(tr("Others write to {host} all the time.").format(host=self._place.host))

    async def _write_document(self, path: str) -> Failure | None:
        file = await asyncio.to_thread(self._rendering.document, path)
        if file is None:
            self._rendering.settle(path)
            return None
        expected = self._etags.get(path, ABSENT) if self.keeps_conditions else None
        written = await self._place.write(self._item(file, SOON), expected)
        self._etags.pop(path, None)
        if isinstance(written, Stored):
            self._rendering.settle(path)
            if written.etag:
                self._etags[path] = written.etag
            return None
        return None if isinstance(written, Clash) else written

    async def _learn(self, paths: tuple[str, ...]) -> Failure | None:
        """Learn which version of each document stands, so that it is replaced and no other.

        A version that was learnt before the head is committed is no newer than the head.
        """
        unknown = [path for path in paths if path not in self._etags] if self.keeps_conditions else []
        found = await asyncio.gather(*(self._look(path) for path in unknown))
        for path, etag in zip(unknown, found, strict=True):
            if isinstance(etag, Missing):
                self._etags[path] = ABSENT
            elif isinstance(etag, str):
                self._etags[path] = etag
            else:
                return etag
        return None

    def _forget_etags(self, paths: tuple[str, ...]) -> None:
        for path in paths:
            self._etags.pop(path, None)

    async def _look(self, path: str) -> str | Missing | Failure:
        async with self._gate:
            return await self._place.look(self.path + path)

    async def _write_objects(self, drawn: Drawn) -> Failure | None:
        named = [file for file in drawn.named if file.path not in self._written]
        fixed = [file for file in drawn.fixed if self._fixed.get(file.path) != file.data]
        answers = await asyncio.gather(*(self._write_object(file) for file in (*named, *fixed)))
        failure = next((answer for answer in answers if answer is not None), None)
        self._fixed.update((file.path, file.data) for file in (() if failure else fixed))
        return failure

    async def _write_object(self, file: PageFile) -> Failure | None:
        is_fixed = file.path.startswith(("e/", "s/"))
        cache = FOR_GOOD if is_fixed else _NOBODY if file.path.startswith(FOLDER) else SOON
        async with self._gate:
            written = await self._place.write(self._item(file, cache))
        if isinstance(written, Stored):
            self._written.add(file.path)
            return None
        return Unknown(tr("{host} is busy.").format(host=self._place.host)) if isinstance(written, Clash) else written

    def _take(self, drawn: Drawn, etag: str) -> None:
        self._state, self._head, self._etag = drawn.state, drawn.head.data, etag or None
        self.root = _desk_of(_json(drawn.head.data))
        self._rendering.sent()

    async def _load(self, data: bytes) -> Failure | None:
        head = _json(data)
        root = _desk_of(head)
        if not root:
            return Refused(tr("The page at {host} was not put there by a newsroom.").format(host=self._place.host))
        state = self._state if root == self.root else await self._read_state(root)
        if not isinstance(state, State):
            return state
        try:
            await self._adopt(state, head)
        except InvalidValue as error:
            return Refused(
                tr("What is kept at {host} cannot be read: {error}").format(host=self._place.host, error=error)
            )
        self.root, self._head = root, data
        return None

    async def _adopt(self, state: State, head: Json) -> None:
        there = await asyncio.to_thread(self._rendering.adopt, state, head)
        self._state = state
        self._written.update(there, self._parts)

    async def _read_state(self, path: str) -> State | Failure:
        """Read a state; records that were read before are the same values, so that little is rendered anew."""
        data = await self._read_object(path)
        if not isinstance(data, bytes):
            return data
        try:
            root = read_root(data)
            unknown = [each for each in root.parts if each not in self._parts]
            for each, found in zip(unknown, await asyncio.gather(*map(self._read_object, unknown)), strict=True):
                if not isinstance(found, bytes):
                    return found
                self._parts[each] = read_part(found)
            parts = [self._parts[each] for each in root.parts]
        except InvalidValue as error:
            return Refused(
                tr("What is kept at {host} cannot be read: {error}").format(host=self._place.host, error=error)
            )
        return state_of(root, self._same(parts))

    def _same(self, parts: list[tuple[Record, ...]]) -> list[tuple[Record, ...]]:
        known = self._state.records
        return [
            tuple(known[each.target] if known.get(each.target) == each else each for each in part) for part in parts
        ]

    async def _read_object(self, path: str) -> bytes | Failure:
        async with self._gate:
            held = await self._place.read(self.path + path)
        if isinstance(held, Missing):
            return RetryLater(tr("{host} does not show {path} yet.").format(host=self._place.host, path=path))
        return held.data if isinstance(held, Held) else held

    def _item(self, file: PageFile, cache: str) -> Item:
        return Item(self.path + file.path, file.media_type, file.data, cache)


def _json(data: bytes) -> Json:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _desk_of(head: Json) -> str:
    root = head.get("desk")
    return root if isinstance(root, str) and is_path(root) else ""
