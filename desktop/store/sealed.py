"""Bytes with their SHA-256 beside them: what comes back is what was put in, or StoreDamaged."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from desktop.domain.members import Json, canonical, parse
from desktop.domain.problem import InvalidValue
from desktop.store.problems import StoreDamaged

Value = TypeVar("Value")


def seal(data: bytes) -> bytes:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).digest()


def sealed(value: Json) -> dict[str, bytes]:
    """Return the two columns a JSON value is kept in."""
    body = canonical(value)
    return {"body": body, "seal": seal(body)}


def unseal(data: bytes, kept: bytes, what: str) -> bytes:
    """Return bytes that still are what was written."""
    if seal(data) != kept:
        raise _damaged(what)
    return data


def read_sealed(body: bytes, kept: bytes, read: Callable[[Json], Value], what: str) -> Value:
    """Read a value whose bytes still are what was written; `what` names it for a person."""
    try:
        return read(parse(unseal(body, kept, what)))
    except InvalidValue as error:
        raise _damaged(what) from error


def _damaged(what: str) -> StoreDamaged:
    return StoreDamaged(
        f"{what} was damaged on this computer's disk.",
        done="It is left as it is and not shown, since its text cannot be trusted.",
        next_action="Take it from a backup or from an earlier version.",
    )
