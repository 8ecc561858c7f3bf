"""The endpoint's own file: durable, this process's alone, never half written."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind
from desktop.domain.problem import Problem
from desktop.rehearsal.ledger import Target
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.rehearsal.storage import Storage, StorageUnusable
from tests.desktop.rehearsal.publisher import Publisher, refused


def pragma(storage: Storage, name: str) -> object:
    return storage._connection.execute(f"PRAGMA {name}").fetchone()[0]  # noqa: SLF001 - what no caller can see is tested here


def test_what_is_acknowledged_is_on_disk(tmp_path: Path) -> None:
    storage = Storage.open(tmp_path)
    wanted = {"journal_mode": "wal", "synchronous": 2, "locking_mode": "exclusive", "foreign_keys": 1}
    assert {name: pragma(storage, name) for name in wanted} == wanted
    storage.close()
    storage.close()


def test_a_file_of_a_newer_console_is_left_alone(tmp_path: Path) -> None:
    Storage.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "endpoint.sqlite") as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = (tmp_path / "endpoint.sqlite").read_bytes()
    with pytest.raises(StorageUnusable, match="newer console"):
        Storage.open(tmp_path)
    assert (tmp_path / "endpoint.sqlite").read_bytes() == before


def test_a_write_that_raises_writes_nothing(tmp_path: Path) -> None:
    storage, page = Storage.open(tmp_path), new_id()
    target = Target(page, OperationKind.PAGE, page)
    with pytest.raises(Problem, match="stop"), storage.write() as rows:  # noqa: PT012 - the write and what stops it belong together
        rows.add(target, new_id(), b"{}", '"x"', "", moment.now())
        message = "stop"
        raise Problem(message)
    with storage.read() as rows:
        assert rows.history(target) == ()
    storage.close()


def test_a_full_disk_refuses_for_now_and_loses_nothing(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    storage, entry, op = endpoint.storage, live.entry("x" * 200_000), new_id()
    pages = pragma(storage, "page_count")
    pragma(storage, f"max_page_count = {pages}")
    answer = live.put_entry(entry, op=op)
    refused(answer, 503, "store-unwritable")
    assert answer.headers["retry-after"] == "5"
    assert live.client.get(live.page).status_code == 200
    pragma(storage, "max_page_count = 1000000")
    assert live.put_entry(entry, op=op).status_code == 201


def test_the_tally_counts_each_change_once(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    entry, other, op = live.entry(), live.entry(), new_id()
    etag = live.put_entry(entry, op=op).headers["etag"]
    live.put_entry(entry, op=op)
    live.put_entry(replace(entry, headline="Edited"), {"If-Match": etag})
    live.put_entry(other)
    live.put_entry(other)
    assert endpoint.storage.tally(live.coverage.id) == {entry.id: 2, other.id: 1}
