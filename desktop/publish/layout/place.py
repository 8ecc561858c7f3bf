"""A place that keeps objects by their path: what the layout needs of a bucket, a web folder or a folder."""

from dataclasses import dataclass
from typing import Final, Protocol

from desktop.publish.answer import NotSent, Refused, RetryLater, Unauthorised, Unknown, WrongPlace

ABSENT: Final = ""
"""In the place of an ETag: nothing may be there yet."""


@dataclass(frozen=True, slots=True)
class Held:
    """An object as it was read."""

    data: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing is there."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object is there as it was sent; `etag` is "" where the server did not name the version."""

    etag: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Something else is there than was expected; nothing was written."""


Failure = NotSent | Refused | RetryLater | Unauthorised | Unknown | WrongPlace
"""Why a place did not do as asked. Only Unknown leaves open whether it did."""


@dataclass(frozen=True, slots=True)
class Item:
    """An object to write. `cache` is how long others may keep it, as a Cache-Control header."""

    path: str
    media_type: str
    data: bytes
    cache: str = ""


class Place(Protocol):
    """Keeps objects. Belongs to one event loop, ends with `close()`. Paths are relative to the endpoint's address."""

    host: str
    skew: float | None

    def use(self, secret: str | None) -> None:
        """Use this secret from now on."""

    async def read(self, path: str, *, openly: bool = False) -> Held | Missing | Failure:
        """Read an object; `openly` as anybody may, without any secret."""

    async def look(self, path: str) -> str | Missing | Failure:
        """Return an object's ETag without reading it."""

    async def write(self, item: Item, expected: str | None = None) -> Stored | Clash | Failure:
        """Write an object onto the version `expected`, ABSENT for none, None for whatever is there.

        What is written onto whatever is there is tried again for a while when no answer comes.
        """

    async def close(self) -> None:
        """Let go."""
