"""Ids made on the desk: UUID version 7, so that later ids sort after earlier ones."""

import secrets
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

_lock = threading.Lock()
_last = 0

_RANDOM_BITS = 62
_COUNTER_BITS = 12
_VERSION = 7


def made_at(made: UUID) -> datetime | None:
    """Return when an id was made, None for one that does not tell: of another version, or from outside."""
    if made.version != _VERSION:
        return None
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)


def new_id() -> UUID:
    """Make an id that sorts after every id this process made before, also when the clock steps back.

    Layout of RFC 9562, section 5.7: 48 bits of Unix milliseconds, 12 bits used as a counter, 62 random bits.
    """
    global _last  # noqa: PLW0603 - one counter a process is the point: ids must never go backwards
    with _lock:
        now = time.time_ns() // 1_000_000 << _COUNTER_BITS
        _last = max(now, _last + 1)
        stamp = _last
    milliseconds, counter = stamp >> _COUNTER_BITS, stamp & 0xFFF
    return UUID(
        int=milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    )
