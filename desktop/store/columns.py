"""Column types: ids as 16 bytes, moments as whole milliseconds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from desktop.store.kept import from_ms, ident, to_ms


class Id(TypeDecorator[UUID]):
    """A UUID as 16 bytes, which sort as the ids do."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's
        """Write an id."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:  # noqa: ARG002 - SQLAlchemy's
        """Read an id."""
        return None if value is None else ident(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment as milliseconds since 1970, UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Write a moment."""
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """Read a moment."""
        return None if value is None else from_ms(value)
