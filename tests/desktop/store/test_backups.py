import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store import backups
from desktop.store.problems import StoreDamaged, StoreUnwritable
from desktop.store.store import Store
from tests.desktop.store.desk import Desk, damage


def test_a_backup_made_while_writing_opens_as_a_store_of_its_own(store: Store, desk: Desk, tmp_path: Path) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
    with store.write() as writing:
        writing.put_entry(desk.entry("Not committed yet"))
        copy = store.backup()
    assert copy.parent == store.folder / "backups"
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    assert backups.newest(store.folder) == copy
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "newsroom.sqlite").write_bytes(copy.read_bytes())
    restored = Store.open(elsewhere)
    with restored.read() as reading:
        assert reading.coverage(desk.coverage.id) == desk.coverage
        assert reading.entries(desk.coverage.id) == (entry,)
    restored.close()


def test_a_damaged_database_makes_no_backup_that_counts(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        writing.put_entry(desk.entry("shut"))
    damage(store, "UPDATE entry SET body = CAST(replace(body, 'shut', 'shot') AS BLOB)")
    with pytest.raises(StoreDamaged, match="row 1 of entry"):
        store.backup()
    assert backups.newest(store.folder) is None
    assert [each.suffix for each in (store.folder / "backups").iterdir()] == [".damaged"]


def test_a_backup_that_cannot_be_written_is_told(store: Store) -> None:
    (store.folder / "backups").write_bytes(b"in the way")
    with pytest.raises(StoreUnwritable, match="backup could not be written"):
        store.backup()


def test_damage_names_what_cannot_be_read(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        writing.put_entry(desk.entry())
    assert backups.damage(store.path) == ()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DROP TABLE revision")
    assert backups.damage(store.path) == ("no such table: revision",)
