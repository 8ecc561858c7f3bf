from pathlib import Path

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError, OperationalError

from desktop.store import tables
from desktop.store.connection import reading_engine, told_as_problems, writing_engine
from desktop.store.header import APPLICATION_ID, SCHEMA
from desktop.store.problems import StoreUnwritable
from desktop.store.store import Store


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_is_durable_and_strict(store: Store) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA,
    }
    for engine in (writing_engine(store.path, 0.1), reading_engine(store.path, 0.1)):
        assert {name: pragma(engine, name) for name in wanted} == wanted
        engine.dispose()


def test_a_reader_cannot_write(store: Store) -> None:
    engine = reading_engine(store.path, 0.1)
    with engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM entry")
    engine.dispose()


def test_a_writer_takes_its_turn_at_once_and_not_at_its_first_write(store: Store) -> None:
    engine, other = writing_engine(store.path, 0.1), writing_engine(store.path, 0.1)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
        with pytest.raises(OperationalError, match="locked"), other.begin():
            pass
    engine.dispose()
    other.dispose()


def test_values_never_stand_in_errors(store: Store) -> None:
    engine = writing_engine(store.path, 0.1)
    twice = [{"key": "k", "value": "canary"}, {"key": "k", "value": "canary"}]
    with pytest.raises(IntegrityError) as caught, engine.begin() as connection:
        connection.execute(insert(tables.setting), twice)
    engine.dispose()
    assert "canary" not in str(caught.value)


def test_a_full_disk_is_told_and_the_store_goes_on_when_there_is_room(store: Store) -> None:
    engine = writing_engine(store.path, 0.1)
    row = {"key": "k", "value": "x" * 500_000}
    with engine.connect() as connection:
        # SQLite's own limit on pages is the same fault, at the same place, as a disk without room.
        connection.exec_driver_sql("PRAGMA max_page_count = 60")
        connection.commit()
        with (
            pytest.raises(StoreUnwritable, match="The disk is full"),
            told_as_problems(store.path),
            connection.begin(),
        ):
            connection.execute(insert(tables.setting), row)
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        connection.commit()
        with connection.begin():
            connection.execute(insert(tables.setting), row)
    engine.dispose()
    with store.read() as reading:
        assert reading.setting("k") == row["value"]


def test_a_mistake_of_ours_stays_what_it_is(tmp_path: Path) -> None:
    engine = writing_engine(tmp_path / "any.sqlite", 0.1)
    with (
        pytest.raises(OperationalError, match="no such table"),
        told_as_problems(tmp_path),
        engine.connect() as connection,
    ):
        connection.exec_driver_sql("SELECT * FROM nowhere")
    engine.dispose()
