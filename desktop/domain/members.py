"""JSON for values: canonical when written, distrusted when read."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from desktop.domain import moment
from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean

Json = dict[str, Any]
Value = TypeVar("Value")

MAX_DEPTH: Final = 32
_SHA256 = re.compile("[0-9a-f]{64}")


def canonical(value: Json) -> bytes:
    """Write JSON so that equal values are equal bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def parse(written: bytes | str) -> Json:
    """Read one JSON object; NaN, duplicate keys, numbers over 15 digits and deep nesting raise InvalidValue."""
    try:
        value = json.loads(written, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_small_int)
    except (ValueError, RecursionError) as error:
        message = "This is not readable JSON."
        raise InvalidValue(message, detail=f"{str(error)[:120]}.") from error
    if not isinstance(value, dict):
        message = "This JSON is not an object."
        raise InvalidValue(message)
    _check_depth(value)
    return value


class Reader:
    """Takes typed members out of a JSON object, and at the end refuses those nobody took."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            message = f"{where} is not an object."
            raise InvalidValue(message)
        self._rest: Json = dict(value)
        self.where = where

    def _take(self, key: str, kind: type[Value], default: Value | None) -> Value:
        found = self._rest.pop(key, None)
        if found is None:
            if default is None:
                message = f"{self.where} lacks “{key}”."
                raise InvalidValue(message)
            return default
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            message = f"“{key}” in {self.where} is not of the right type."
            raise InvalidValue(message)
        return found

    def text(self, key: str, default: str | None = None) -> str:
        """Take a string, cleaned as typed text is."""
        return clean(self._take(key, str, default))

    def flag(self, key: str) -> bool:
        """Take a boolean, False when absent."""
        return self._take(key, bool, default=False)

    def whole(self, key: str, default: int | None = None) -> int:
        """Take a whole number."""
        return self._take(key, int, default)

    def fraction(self, key: str, default: float) -> float:
        """Take a number from 0 to 1."""
        found = self._rest.pop(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1 or math.isnan(found):
            message = f"“{key}” in {self.where} is not a number from 0 to 1."
            raise InvalidValue(message)
        return float(found)

    def many(self, key: str, read: Callable[[object], Value], *, required: bool = False) -> tuple[Value, ...]:
        """Take an array, each item read by `read`; empty when absent and not required."""
        return tuple(read(item) for item in self._take(key, list, None if required else []))

    def one(self, key: str, read: Callable[[object], Value]) -> Value | None:
        """Take a member read by `read`, None when absent or null."""
        found = self._rest.pop(key, None)
        return None if found is None else read(found)

    def ident(self, key: str) -> UUID:
        """Take a required id."""
        return read_id(self._take(key, str, None))

    def time(self, key: str) -> datetime:
        """Take a required moment."""
        return moment.from_json(self._take(key, str, None))

    def end(self) -> None:
        """Refuse whatever was not taken."""
        if self._rest:
            message = f"{self.where} holds “{min(self._rest)}”, which is not known here."
            raise InvalidValue(message)


def read_text(value: object) -> str:
    """Read a string, cleaned as typed text is."""
    if not isinstance(value, str):
        message = "A text is not a string."
        raise InvalidValue(message)
    return clean(value)


def read_id(value: object) -> UUID:
    """Read an id."""
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError as error:
        message = f"“{str(value)[:40]}” is not an id."
        raise InvalidValue(message) from error


def read_time(value: object) -> datetime:
    """Read a moment."""
    return moment.from_json(read_text(value))


def read_sha256(value: object) -> str:
    """Read a SHA-256 in lower-case hex."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        message = "A media file is not named by its SHA-256."
        raise InvalidValue(message)
    return value


def lean(value: Mapping[str, Any], *, keep: str) -> Json:
    """Drop members that say nothing (null, "", 0, False, []), but for those named in `keep`."""
    kept = keep.split()
    return {key: member for key, member in value.items() if key in kept or member}


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a name stands twice in one object"
        raise ValueError(message)
    return found


def _no_constant(name: str) -> float:
    message = f"{name} is not a JSON number"
    raise ValueError(message)


def _small_int(digits: str) -> int:
    if len(digits) > 15:  # noqa: PLR2004 - beyond 2**53 other readers of the same JSON see another number
        message = "a number has too many digits"
        raise ValueError(message)
    return int(digits)


def _check_depth(value: object) -> None:
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        level = [
            member
            for item in level
            for member in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        ]
        if not level:
            return
    message = f"This JSON is nested more than {MAX_DEPTH} levels deep."
    raise InvalidValue(message)
