"""Bytes with their SHA-256 beside them: what comes back is what was put in, or StoreDamaged."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desktop.domain.codec import coverage_from_json, entry_from_json, entry_to_json
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.domain.members import Json, canonical, parse
from desktop.domain.problem import InvalidValue
from desktop.domain.revision import digest
from desktop.store.kept import damaged

Value = TypeVar("Value")


def seal(data: bytes) -> bytes:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).digest()


def sealed(value: Json) -> dict[str, bytes]:
    """Return the two columns a JSON value is kept in."""
    body = canonical(value)
    return {"body": body, "seal": seal(body)}


def read_sealed(body: bytes, kept: bytes, read: Callable[[Json], Value], what: str) -> Value:
    """Read a value whose bytes still are what was written; `what` names it for a person."""
    if seal(body) != kept:
        raise damaged(what)
    return read_body(body, read, what)


def read_body(body: bytes, read: Callable[[Json], Value], what: str) -> Value:
    """Read a value from bytes that were proved."""
    try:
        return read(parse(body))
    except InvalidValue as error:
        raise damaged(what) from error


def coverage_of(headline: str, body: bytes, kept: bytes) -> Coverage:
    """Read a coverage; `headline` names it should it be damaged."""
    return read_sealed(body, kept, coverage_from_json, f"The coverage “{headline}”")


def entry_of(headline: str, body: bytes, kept: bytes) -> Entry:
    """Read an entry; `headline` names it should it be damaged."""
    return read_sealed(body, kept, entry_from_json, f"The entry “{headline}”" if headline else "An entry")


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written down, once for its working copy and its revision."""

    entry: Entry
    digest: str
    body: bytes
    seal: bytes


def write_down(entry: Entry) -> Written:
    """Write an entry down."""
    body = canonical(entry_to_json(entry))
    return Written(entry, digest(entry), body, seal(body))
