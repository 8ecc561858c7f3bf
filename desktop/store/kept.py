"""Single values as the store keeps them: what cannot have been written by us is damage, told as such."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from desktop.store.problems import StoreDamaged

Member = TypeVar("Member", bound=StrEnum)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Return an aware moment as whole milliseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """Return the moment, exact for every year a datetime can hold."""
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except (OverflowError, TypeError) as error:
        what = "A time in the database"
        raise damaged(what) from error


def ident(sixteen: bytes) -> UUID:
    """Return an id kept as its 16 bytes."""
    try:
        return UUID(bytes=sixteen)
    except (ValueError, TypeError) as error:
        what = "An id in the database"
        raise damaged(what) from error


def member(kind: type[Member], written: str) -> Member:
    """Return the member of an enumeration kept as its value."""
    try:
        return kind(written)
    except ValueError as error:
        what = f"A {kind.__name__.lower()} in the database"
        raise damaged(what) from error


def damaged(what: str) -> StoreDamaged:
    """Say that something was damaged."""
    return StoreDamaged(
        f"{what} was damaged on this computer’s disk.",
        done="It is left as it is and not shown, since it cannot be trusted.",
        next_action="Take it from a backup or from an earlier version.",
    )
