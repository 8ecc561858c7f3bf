"""Choices of the desk, by key."""

from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from desktop.store.tables import setting as table

_INSERT: Final = insert(table)
_PUT: Final = _INSERT.on_conflict_do_update(index_elements=[table.c.key], set_={"value": _INSERT.excluded["value"]})


_ONE: Final = select(table.c.value).where(table.c.key == bindparam("wanted"))


def one(connection: Connection, key: str, default: str) -> str:
    """Read a setting, the default when it was never made."""
    found = connection.execute(_ONE, {"wanted": key}).scalar()
    return default if found is None else str(found)


def put(connection: Connection, key: str, value: str) -> None:
    """Keep a setting."""
    connection.execute(_PUT, {"key": key, "value": value})
