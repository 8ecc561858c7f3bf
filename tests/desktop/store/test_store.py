import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.store.problems import NotFound, StoreGone, StoreLocked
from desktop.store.store import Store


def entry_of(coverage: Coverage, headline: str = "The bridge is closed") -> Entry:
    return Entry(id=new_id(), coverage_id=coverage.id, at=moment.now(), headline=headline)


def test_what_is_committed_is_there_after_opening_again(store: Store, coverage: Coverage, folder: Path) -> None:
    entry = entry_of(coverage)
    with store.write() as writing:
        writing.put_entry(entry, "Ada")
    store.close()
    again = Store.open(folder)
    with again.read() as reading:
        assert reading.coverage(coverage.id) == coverage
        assert reading.entry(entry.id) == entry
    again.close()


def test_a_block_that_raises_keeps_nothing(store: Store, coverage: Coverage) -> None:
    entry = entry_of(coverage)

    def write_and_fail() -> None:
        with store.write() as writing:
            writing.put_entry(entry)
            writing.put_setting("last_coverage", "x")
            raise KeyError(entry.id)

    with pytest.raises(KeyError):
        write_and_fail()
    with store.read() as reading:
        assert reading.entries(coverage.id) == ()
        assert reading.setting("last_coverage", "none") == "none"
    with store.write() as writing:
        writing.put_entry(entry)
    with store.read() as reading:
        assert reading.entries(coverage.id) == (entry,)


def test_a_writing_sees_its_own_changes_and_readers_do_not(store: Store, coverage: Coverage) -> None:
    entry = entry_of(coverage)
    with store.write() as writing:
        writing.put_entry(entry)
        assert writing.entry(entry.id) == entry
        with store.read() as reading, pytest.raises(NotFound):
            reading.entry(entry.id)


def test_a_reading_is_one_snapshot_while_others_write(store: Store, coverage: Coverage) -> None:
    entry = entry_of(coverage, "First")
    with store.write() as writing:
        writing.put_entry(entry)
    with store.read() as reading:
        assert reading.entry(entry.id).headline == "First"
        with store.write() as writing:
            writing.put_entry(replace(entry, headline="Second"))
            writing.put_entry(entry_of(coverage))
        assert reading.entry(entry.id).headline == "First"
        assert len(reading.timeline(coverage.id, None)) == 1
    with store.read() as reading:
        assert reading.entry(entry.id).headline == "Second"
        assert len(reading.timeline(coverage.id, None)) == 2


def test_a_write_inside_a_write_is_a_clear_error_and_spoils_nothing(store: Store, coverage: Coverage) -> None:
    entry = entry_of(coverage)
    with store.write() as writing:
        writing.put_entry(entry)
        with pytest.raises(RuntimeError, match="inside another"), store.write():
            pass
    with store.read() as reading:
        assert reading.entries(coverage.id) == (entry,)


def test_a_writing_is_refused_after_its_block(store: Store, coverage: Coverage) -> None:
    with store.write() as writing:
        pass
    with pytest.raises(RuntimeError, match="ended"):
        writing.put_coverage(coverage)


def test_threads_write_one_after_the_other_and_lose_nothing(store: Store, coverage: Coverage) -> None:
    made: list[Entry] = []
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(20):
                entry = entry_of(coverage, f"{number}-{turn}")
                with store.write() as writing:
                    count = int(writing.setting("count", "0"))
                    writing.put_entry(entry)
                    writing.put_setting("count", str(count + 1))
                made.append(entry)
                with store.read() as reading:
                    assert reading.entry(entry.id) == entry
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.read() as reading:
        assert reading.setting("count") == "120"
        assert {entry.id for entry in reading.entries(coverage.id)} == {entry.id for entry in made}


def test_a_database_another_process_writes_to_is_locked_in_words(
    store: Store, coverage: Coverage, folder: Path
) -> None:
    other = Store.open(folder, patience=0.1)
    with other.write() as held:
        held.put_setting("a", "b")
        with pytest.raises(StoreLocked, match="holds newsroom"), store.write() as writing:
            writing.put_coverage(coverage)
        with store.read() as reading:
            assert reading.coverage(coverage.id) == coverage
    with store.write() as writing:
        writing.put_coverage(replace(coverage, headline="Later"))
    other.close()


def test_a_database_replaced_while_open_is_noticed_before_a_write(store: Store, coverage: Coverage) -> None:
    store.path.rename(store.path.with_suffix(".moved"))
    with pytest.raises(StoreGone, match="moved, deleted or replaced"), store.write() as writing:
        writing.put_coverage(coverage)
    store.path.with_suffix(".moved").rename(store.path)
    with store.write() as writing:
        writing.put_coverage(coverage)
