"""What older workspaces held is there, and proved, after each upgrade."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.store import schema
from desktop.store.header import DATABASE
from desktop.store.rescue import rescue
from desktop.store.sealed import sealed
from desktop.store.seals import sealed_row
from desktop.store.store import Store


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A workspace as version 1 left it: a coverage, an endpoint, and an operation that was sent once."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    schema.create(folder, 0.1, {1: schema.MIGRATIONS[1]})
    coverage, endpoint = Coverage(id=new_id(), headline="The river").id.bytes, new_id().bytes
    rows: dict[str, dict[str, object]] = {
        "coverage": {"id": coverage, "headline": "The river", "state": "planned", **sealed({}), "changed_at": 0},
        "endpoint": sealed_row(
            {
                "id": endpoint,
                "name": "Rehearsal",
                "url": "http://127.0.0.1:9",
                "environment": "rehearsal",
                "kind": "native",
                "instance": None,
                "secret_source": "none",
                "secret_name": "",
            }
        ),
        "operation": sealed_row(
            {
                "sequence": 41,
                "id": new_id().bytes,
                "endpoint": endpoint,
                "instance": None,
                "coverage": coverage,
                "kind": "page",
                "target": coverage,
                "revision": 0,
                "digest": "d",
                "payload": b"{}",
                "media": "[]",
                "state": "queued",
                "attempts": 1,
                "reason": "",
                "by": "Ada",
                "made_at": 1,
                "not_before": None,
            }
        ),
    }
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        for table, row in rows.items():
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 - ours
    return folder


@pytest.mark.parametrize("way", ["upgraded", "rescued"])
def test_what_the_first_version_held_comes_back_whole(first_version: Path, way: str) -> None:
    if way == "rescued":
        assert rescue(first_version).lost == ()
    store = Store.open(first_version, patience=0.1)
    try:
        with store.read() as reading:
            endpoint, (operation,) = reading.endpoint_named("Rehearsal"), reading.operations()
        assert (endpoint.account, endpoint.details, operation.reserved, operation.rank) == ("", (), "", 0)
        assert (operation.sequence, operation.attempts, store.check()) == (41, 1, ())
    finally:
        store.close()
