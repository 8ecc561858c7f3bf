"""What stands on a page, as consoles keep it beside the page itself: enough to render it anew, anywhere.

Under desk/ of a page lie a root, named by head.json, the page's own record, and the entries' records, twenty to an
object in the order they first arrived: a new entry changes one of them, whatever the page's length. All are named by
their digest and never change. They hold what readers have, and who put it there.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.members import Json, Reader, canonical, parse, read_id, read_sha256, read_text
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.problem import InvalidValue
from desktop.page.site import PageFile

Target = tuple[OperationKind, UUID]

FOLDER: Final = "desk/"
TOGETHER: Final = 20
REMEMBERED: Final = 8
_JSON: Final = "application/json"
_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A media file of an entry; `width` and `height` are in pixels, 0 when not known."""

    sha256: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What stands for a target: its wire form, the operation that put it there, and those that did before, last first.

    `by` is who published, "" when not told, and `at` when, by that console's clock.
    """

    kind: OperationKind
    target_id: UUID
    op: UUID
    body: Json
    by: str = ""
    at: datetime
    media: tuple[Picture, ...] = ()
    before: tuple[UUID, ...] = ()

    @property
    def target(self) -> Target:
        """What it stands for."""
        return self.kind, self.target_id

    @property
    def etag(self) -> str:
        """The name of this version: the operation that made it."""
        return str(self.op)

    def onto(self, standing: "Record | None") -> "Record":
        """Return the record as it replaces what stands."""
        earlier = () if standing is None else (standing.op, *standing.before)
        return replace(self, before=earlier[:REMEMBERED])


@dataclass(frozen=True, slots=True)
class State:
    """Everything that stands on a page. `order` is that in which the entries first arrived.

    `documents` are those to be rewritten after the head that names this state; `assets` the digests of shared files.
    """

    records: Mapping[Target, Record] = field(default_factory=lambda: MappingProxyType({}))
    order: tuple[UUID, ...] = ()
    documents: tuple[str, ...] = ()
    assets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def put(self, record: Record) -> "State":
        """Return the state with a record in its place."""
        is_new = record.kind is OperationKind.ENTRY and record.target not in self.records
        order = (*self.order, record.target_id) if is_new else self.order
        # One page of the longest kind is some megabytes; the copy is of references alone.
        return replace(self, records={**self.records, record.target: record}, order=order)

    def get(self, target: Target) -> Record | None:
        """Return what stands for a target."""
        return self.records.get(target)


class StateFiles:
    """A state as objects, written once for each part of it that changes."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, ...], PageFile] = {}

    def write(self, state: State) -> tuple[PageFile, ...]:
        """Return every object of a state, the root last; those of parts that did not change are the same values."""
        entries = [state.records[OperationKind.ENTRY, each] for each in state.order]
        tops = [record for record in state.records.values() if record.kind is not OperationKind.ENTRY]
        parts = [("top", tops), *((str(n), part) for n, part in enumerate(_together(entries), 1))]
        kept: dict[tuple[int, ...], PageFile] = {}
        files = []
        for name, records in parts:
            key = tuple(record.op.int for record in records)
            kept[key] = self._kept.get(key) or _file(name, {"records": [_to_json(record) for record in records]})
            files.append(kept[key])
        self._kept = kept
        root = {
            "parts": [file.path for file in files],
            "documents": list(state.documents),
            "assets": dict(state.assets),
        }
        return (*files, _file("state", root))


@dataclass(frozen=True, slots=True)
class Root:
    """What a state's root names: the objects of its records, the top first, the documents and the shared files."""

    parts: tuple[str, ...]
    documents: tuple[str, ...]
    assets: Mapping[str, str]


def record_of(operation: Operation, media: tuple[Picture, ...]) -> Record:
    """Return what an operation puts in its target's place: the same record for each attempt."""
    return Record(
        kind=operation.kind,
        target_id=operation.target_id,
        op=operation.id,
        body=parse(operation.payload),
        by=operation.by,
        at=operation.made_at,
        media=media,
    )


def read_root(data: bytes) -> Root:
    """Read a state's root; anything else raises InvalidValue."""
    reader = Reader(parse(data), "A page's state")
    root = Root(
        parts=reader.many("parts", _read_path, required=True),
        documents=reader.many("documents", read_text),
        assets=reader.one("assets", _read_assets) or {},
    )
    reader.end()
    return root


def read_part(data: bytes) -> tuple[Record, ...]:
    """Read the records of one object; anything else raises InvalidValue."""
    reader = Reader(parse(data), "A page's records")
    records = reader.many("records", _from_json, required=True)
    reader.end()
    return records


def state_of(root: Root, parts: Iterable[tuple[Record, ...]]) -> State:
    """Put a state together from its root and the records of its parts, in the root's order."""
    records = [record for part in parts for record in part]
    order = tuple(record.target_id for record in records if record.kind is OperationKind.ENTRY)
    return State({record.target: record for record in records}, order, root.documents, root.assets)


def is_path(path: object) -> bool:
    """Tell whether a path is one of a state's own objects."""
    return isinstance(path, str) and path.startswith(FOLDER) and ".." not in path and path.isascii()


def digest_of(data: bytes) -> str:
    """Return the letters of a digest that name an object."""
    return hashlib.sha256(data).hexdigest()[:_LETTERS]


def _together(records: list[Record]) -> Iterator[list[Record]]:
    for start in range(0, len(records), TOGETHER):
        yield records[start : start + TOGETHER]


def _file(name: str, value: Json) -> PageFile:
    data = canonical(value)
    return PageFile(f"{FOLDER}{name}.{digest_of(data)}.json", _JSON, data)


def _to_json(record: Record) -> Json:
    return {
        "kind": record.kind.value,
        "target": str(record.target_id),
        "op": str(record.op),
        "body": record.body,
        "by": record.by,
        "at": moment.to_json(record.at),
        "media": [
            {"sha256": each.sha256, "type": each.media_type, "width": each.width, "height": each.height}
            for each in record.media
        ],
        "before": [str(each) for each in record.before],
    }


def _from_json(value: object) -> Record:
    reader = Reader(value, "A record")
    record = Record(
        kind=OperationKind(reader.text("kind")),
        target_id=reader.ident("target"),
        op=reader.ident("op"),
        body=reader.one("body", _read_object) or {},
        by=reader.text("by", ""),
        at=reader.time("at"),
        media=reader.many("media", _read_picture),
        before=reader.many("before", read_id),
    )
    reader.end()
    return record


def _read_picture(value: object) -> Picture:
    reader = Reader(value, "A picture")
    picture = Picture(
        read_sha256(reader.text("sha256")),
        reader.text("type"),
        reader.whole("width", 0),
        reader.whole("height", 0),
    )
    reader.end()
    return picture


def _read_object(value: object) -> Json:
    if not isinstance(value, dict):
        message = "A record's body is not an object."
        raise InvalidValue(message)
    return value


def _read_path(value: object) -> str:
    if not is_path(value):
        message = f"“{str(value)[:40]}” is not an object of a page's state."
        raise InvalidValue(message)
    return str(value)


def _read_assets(value: object) -> Mapping[str, str]:
    return {name: read_text(member) for name, member in _read_object(value).items()}
