import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from desktop.store import backups, schema, tables
from desktop.store.header import SCHEMA, open_read_only, version_of
from desktop.store.problems import StoreDamaged, StoreLocked, StoreTooNew, StoreUnwritable
from desktop.store.store import Store
from tests.desktop.store.desk import Desk


def test_the_migrations_make_the_tables_as_declared(store: Store) -> None:
    engine = sa.create_engine(f"sqlite:///{store.path}", poolclass=sa.NullPool)

    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not (name or "").startswith("entry_words")

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, tables.metadata) == []
        made = "SELECT sql FROM sqlite_schema WHERE name = 'operation_unfinished'"
        assert connection.exec_driver_sql(made).scalar_one().endswith(f"WHERE {tables.UNFINISHED}")
    assert max(schema.MIGRATIONS) == SCHEMA


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(50), b"\0" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(folder: Path, content: bytes) -> None:
    folder.mkdir()
    path = folder / "newsroom.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="not a readable database"):
        Store.open(folder)
    assert (path.read_bytes(), names(folder)) == (content, [path.name])


def test_a_database_of_another_program_is_refused_and_left_alone(folder: Path) -> None:
    folder.mkdir()
    path = folder / "newsroom.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="belongs to another program"):
        Store.open(folder)
    assert (path.read_bytes(), names(folder)) == (before, [path.name])


def test_a_newer_database_is_refused_and_left_alone(store: Store, folder: Path) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = store.path.read_bytes()
    with pytest.raises(StoreTooNew, match=rf"newer Newsroom Console \(format {SCHEMA + 1}, this one reads {SCHEMA}\)"):
        Store.open(folder)
    assert store.path.read_bytes() == before


def test_a_newer_version_that_still_stands_in_the_log_is_seen(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        assert version_of(store.path) == SCHEMA + 1
        with pytest.raises(StoreTooNew):
            Store.open(folder)


def test_a_missing_database_never_becomes_an_empty_one(store: Store, folder: Path) -> None:
    backup = store.backup()
    store.close()
    store.path.unlink()
    with pytest.raises(StoreDamaged, match="missing") as caught:
        Store.open(folder)
    assert str(backup) in caught.value.explanation.next_action
    backup.unlink()
    (folder / "newsroom.sqlite-wal").write_bytes(b"frames")
    with pytest.raises(StoreDamaged, match="missing"):
        Store.open(folder)
    assert not store.path.exists()


def test_a_half_made_database_of_a_killed_start_is_cleared_away(folder: Path) -> None:
    folder.mkdir()
    (folder / ".newsroom-00.part").write_bytes(b"half")
    Store.open(folder).close()
    assert names(folder) == ["newsroom.sqlite"]


def test_a_broken_page_is_told_as_damage(open_store: Callable[[], Store], store: Store, desk: Desk) -> None:
    with store.write() as writing:
        for number in range(50):
            writing.put_entry(desk.entry(f"Update {number}"))
    store.close()
    content = bytearray(store.path.read_bytes())
    for start in range(4096, len(content), 4096):
        if b"Update" in content[start : start + 4096]:
            content[start : start + 100] = b"\xee" * 100
    store.path.write_bytes(content)
    again = open_store()
    with pytest.raises(StoreDamaged, match="is damaged"), again.read() as reading:
        reading.entries(desk.coverage.id)


def test_a_database_broken_throughout_is_left_alone_and_the_backup_named(store: Store, folder: Path) -> None:
    newest = store.backup()
    store.close()
    content = bytearray(store.path.read_bytes())
    content[100:] = b"\xee" * (len(content) - 100)
    store.path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="is damaged") as caught:
        Store.open(folder)
    assert str(newest) in caught.value.explanation.next_action
    assert store.path.read_bytes() == bytes(content)


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def second() -> None:
    """Give every coverage a desk: rebuilds a table others refer to."""
    with op.batch_alter_table("coverage", recreate="always") as batch:
        batch.add_column(sa.Column("desk", sa.String, nullable=False, server_default="news"))


def failing() -> None:
    """Change what is there, and then fail."""
    second()
    op.execute("UPDATE coverage SET headline = 'gone'")
    op.execute("INSERT INTO nowhere VALUES (1)")


def test_an_older_database_is_backed_up_and_brought_up_to_date(store: Store, desk: Desk, folder: Path) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
    store.close()
    backup = schema.migrate(folder, SCHEMA, 0.1, {**schema.MIGRATIONS, SCHEMA + 1: second})
    assert version_of(store.path) == SCHEMA + 1
    assert (version_of(backup), backups.damage(backup)) == (SCHEMA, ())
    with closing(open_read_only(store.path)) as connection:
        assert connection.execute("SELECT headline, desk FROM coverage").fetchall() == [
            (desk.coverage.headline, "news")
        ]
        assert connection.execute("SELECT id FROM entry").fetchall() == [(entry.id.bytes,)]


def test_a_migration_that_fails_leaves_everything_as_it_was(
    open_store: Callable[[], Store], store: Store, desk: Desk, folder: Path
) -> None:
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(sa.exc.OperationalError, match="nowhere"):
        schema.migrate(folder, SCHEMA, 0.1, {**schema.MIGRATIONS, SCHEMA + 1: failing})
    assert store.path.read_bytes() == before
    with open_store().read() as reading:
        assert reading.coverage(desk.coverage.id) == desk.coverage


def test_a_migration_waits_for_nobody_who_is_writing(store: Store, folder: Path) -> None:
    with store.write() as writing:
        writing.put_setting("a", "b")
        with pytest.raises(StoreLocked):
            schema.migrate(folder, SCHEMA, 0.1, {**schema.MIGRATIONS, SCHEMA + 1: second})
    assert version_of(store.path) == SCHEMA


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this account")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnwritable, match="cannot be opened"):
        Store.open(tmp_path / "workspace")
    tmp_path.chmod(0o700)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "workspace").write_bytes(b"")
    with pytest.raises(StoreUnwritable, match="cannot be opened"):
        Store.open(tmp_path / "workspace")


def test_a_table_that_is_not_as_its_version_has_it_is_told_as_damage(store: Store, folder: Path) -> None:
    store.close()
    with closing(sqlite3.connect(folder / "newsroom.sqlite")) as connection:
        connection.execute("ALTER TABLE endpoint DROP COLUMN seal")
    with pytest.raises(StoreDamaged, match="lacks parts of its table “endpoint”"):
        Store.open(folder)
