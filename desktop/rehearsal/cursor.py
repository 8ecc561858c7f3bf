"""Cursors: opaque to clients, good for this endpoint alone."""

import base64
import binascii
import json
from uuid import UUID

from desktop.domain import moment
from desktop.domain.members import read_id
from desktop.domain.problem import InvalidValue
from desktop.rehearsal.refusal import Ground, Refusal

_LENGTH = 200


def write_place(at: str, entry: UUID) -> str:
    """Write the cursor of an entry in the order readers see; `at` as RFC 3339."""
    return _write([at, str(entry)])


def read_place(cursor: str) -> tuple[str, str]:
    """Read the cursor of an entry; raises Refusal."""
    match _read(cursor):
        case [str(at), str(entry)]:
            try:
                return moment.to_json(moment.from_json(at)), str(read_id(entry))
            except InvalidValue as error:
                raise Refusal(Ground.CURSOR_INVALID) from error
        case _:
            raise Refusal(Ground.CURSOR_INVALID)


def write_sequence(instance: UUID, sequence: int) -> str:
    """Write the cursor of a change."""
    return _write([instance.hex[-12:], sequence])


def read_sequence(cursor: str, instance: UUID) -> int:
    """Read the cursor of a change; one of another instance, whose numbers mean nothing here, raises Refusal."""
    match _read(cursor):
        case [str(maker), int(sequence)] if maker == instance.hex[-12:] and 0 <= sequence < 1 << 60:
            return sequence
        case _:
            raise Refusal(Ground.CURSOR_INVALID)


def _write(value: list[str | int]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str) -> object:
    if len(cursor) > _LENGTH:
        raise Refusal(Ground.CURSOR_INVALID)
    try:
        return json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise Refusal(Ground.CURSOR_INVALID) from error
