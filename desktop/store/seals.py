"""Whole rows with their SHA-256 beside them, so that a column that is another one is noticed when it is read."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from desktop.store.kept import damaged, to_ms


def seal_row(row: Mapping[str, object]) -> bytes:
    """Return the SHA-256 of a row's columns by name, the same for values of ours and for those SQLite holds.

    A migration that adds a column to a sealed table seals its rows anew.
    """
    sum_up = hashlib.sha256()
    for name in sorted(row):
        if name != "seal":
            part = _as_kept(row[name])
            sum_up.update(f"{name}:{len(part)}:".encode())
            sum_up.update(part)
    return sum_up.digest()


def sealed_row(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row with its seal."""
    return {**row, "seal": seal_row(row)}


def prove(row: Mapping[str, object], what: str) -> None:
    """Raise StoreDamaged, naming what it is, when a row is not what was written."""
    if seal_row(row) != row["seal"]:
        raise damaged(what)


def _as_kept(value: object) -> bytes:
    match value:
        case UUID():
            return value.bytes
        case datetime():
            return str(to_ms(value)).encode()
        case bool():
            return str(int(value)).encode()
        case bytes():
            return value
        case None:
            return b"\0none"
        case _:
            return str(value).encode()
