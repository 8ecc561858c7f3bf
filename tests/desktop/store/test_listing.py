from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, event

from desktop.domain.entry import Stage, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationState
from desktop.domain.revision import Reason
from desktop.domain.status import Status
from desktop.store.header import open_read_only
from desktop.store.store import Store
from desktop.store.timeline_rows import NEWEST
from tests.desktop.store.desk import NOON, Desk


def test_the_timeline_is_newest_first_and_ids_decide_between_equal_times(store: Store, desk: Desk) -> None:
    one, two, three = desk.entry("One"), desk.entry("Two"), desk.entry("Three")
    late = replace(one, at=three.at)
    with store.write() as writing:
        for entry in (three, late, two):
            writing.put_entry(entry, "Ada")
    with store.read() as reading:
        rows = reading.timeline(desk.coverage.id, None)
        assert [row.headline for row in rows] == ["Three", "One", "Two"]
        assert [row.id for row in rows] == [entry.id for entry in reading.entries(desk.coverage.id)]
        assert reading.timeline(desk.coverage.id, None, limit=2) == rows[:2]
        assert reading.timeline_row(late.id, None) == rows[1]
        assert reading.timeline_row(new_id(), None) is None
        assert reading.timeline(new_id(), None) == ()


def test_an_entry_passes_through_every_status(store: Store, desk: Desk) -> None:
    entry = desk.entry("Ferry delayed")
    endpoint_id = desk.endpoint.id

    def now() -> tuple[Status, str]:
        with store.read() as reading:
            row = reading.timeline_row(entry.id, endpoint_id)
            assert row is not None
            assert reading.timeline(desk.coverage.id, endpoint_id) == (row,)
            return row.status, row.note

    def turn(operation: Operation, state: OperationState, reason: str = "") -> Operation:
        following = replace(operation, state=state, reason=reason)
        with store.write() as writing:
            writing.set_operation(following)
        return following

    with store.write() as writing:
        writing.put_entry(entry)
    assert now() == (Status.DRAFT, "")
    entry = replace(entry, stage=Stage.READY)
    with store.write() as writing:
        revision = writing.add_revision(entry, Reason.READY, "Ada")
    assert now() == (Status.READY, "")
    with store.write() as writing:
        operation = writing.add_operation(desk.operation(entry, revision))
    assert now() == (Status.QUEUED, "")
    operation = turn(operation, OperationState.SENDING)
    assert now() == (Status.SENDING, "")
    operation = turn(operation, OperationState.UNKNOWN)
    assert now() == (Status.UNKNOWN, "")
    operation = turn(operation, OperationState.REFUSED, "The picture is too large.")
    assert now() == (Status.FAILED, "The picture is too large.")
    operation = turn(turn(operation, OperationState.QUEUED), OperationState.SENDING)
    with store.write() as writing:
        writing.set_operation(replace(operation, state=OperationState.DONE))
        writing.put_publication(desk.publication(operation))
    assert now() == (Status.LIVE, "")
    edited = replace(entry, headline="Ferry cancelled")
    with store.write() as writing:
        writing.put_entry(edited)
    assert now() == (Status.LIVE_EDITED, "")
    withdrawn = replace(edited, withdrawal=Withdrawal("Not confirmed", NOON))
    with store.write() as writing:
        writing.put_entry(withdrawn)
        writing.put_publication(desk.publication(desk.operation(withdrawn), is_withdrawn=True))
    assert now() == (Status.WITHDRAWN, "Not confirmed")


def test_what_readers_have_is_told_per_endpoint(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    publication = desk.publication(desk.operation(entry))
    with store.write() as writing:
        writing.put_entry(entry)
        writing.put_publication(publication)
        writing.add_operation(replace(desk.operation(entry), endpoint_id=UUID(int=9)))
    with store.read() as reading:
        (here,) = reading.timeline(desk.coverage.id, desk.endpoint.id)
        (there,) = reading.timeline(desk.coverage.id, UUID(int=9))
        (nowhere,) = reading.timeline(desk.coverage.id, None)
    assert (here.status, here.live_at) == (Status.LIVE, publication.acknowledged_at)
    assert (there.status, there.live_at) == (Status.QUEUED, None)
    assert (nowhere.status, nowhere.live_at) == (Status.DRAFT, None)


def test_the_newest_unfinished_operation_decides(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
        first = writing.add_operation(desk.operation(entry))
        writing.set_operation(replace(first, state=OperationState.SENDING))
        second = writing.add_operation(desk.operation(entry))
    with store.read() as reading:
        assert reading.timeline(desk.coverage.id, desk.endpoint.id)[0].status is Status.QUEUED
    with store.write() as writing:
        writing.set_operation(replace(second, state=OperationState.CANCELLED, reason="Discarded."))
    with store.read() as reading:
        row = reading.timeline(desk.coverage.id, desk.endpoint.id)[0]
    assert (row.status, row.note) == (Status.SENDING, "")


def test_the_pinned_entry_is_marked(store: Store, desk: Desk) -> None:
    entry, other = desk.entry(), desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
        writing.put_entry(other)
        writing.put_coverage(replace(desk.coverage, pinned=entry.id))
    with store.read() as reading:
        assert [row.is_pinned for row in reading.timeline(desk.coverage.id, None)] == [False, True]


def test_coverages_are_listed_by_their_last_change(store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(NOON + timedelta(minutes=minute) for minute in range(10))
    monkeypatch.setattr("desktop.domain.moment.now", lambda: next(times))
    other = replace(desk.coverage, id=new_id(), headline="Elsewhere")
    with store.write() as writing:
        writing.put_coverage(desk.coverage)
        writing.put_coverage(other)
    with store.read() as reading:
        assert [row.headline for row in reading.coverages()] == ["Elsewhere", desk.coverage.headline]
    with store.write() as writing:
        writing.put_entry(desk.entry())
    with store.read() as reading:
        rows = reading.coverages()
    assert [(row.id, row.entries) for row in rows] == [(desk.coverage.id, 1), (other.id, 0)]


def test_a_long_timeline_takes_one_statement(store: Store, desk: Desk) -> None:
    entries = [desk.entry(f"Update {number}") for number in range(300)]
    with store.write() as writing:
        writing.add_revisions(entries, Reason.IMPORTED, "Ada")
        for entry in entries[::3]:
            writing.add_operation(desk.operation(entry))
    asked: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    with store.read() as reading:
        rows = reading.timeline(desk.coverage.id, desk.endpoint.id)
    event.remove(Engine, "before_cursor_execute", note)
    assert len(rows) == 300
    assert sum(row.status is Status.QUEUED for row in rows) == 100
    assert len([statement for statement in asked if "SELECT" in statement]) == 1


def test_every_row_of_the_timeline_is_found_by_index(store: Store) -> None:
    with closing(open_read_only(store.path)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {NEWEST}", {"coverage": b"", "endpoint": b"", "limit": 20}
        ).fetchall()
    steps = [row[3] for row in plan]
    assert not [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step or "AUTOMATIC" in step]
    assert any("operation_unfinished" in step for step in steps)


def test_rows_of_some_entries_come_at_once_and_say_what_the_timeline_says(store: Store, desk: Desk) -> None:
    entries = [desk.entry(f"Entry {count}") for count in range(4)]
    with store.write() as writing:
        for entry in entries:
            writing.put_entry(entry, "Ada")
        writing.bin_entry(entries[3].id)
    with store.read() as reading:
        listed = {row.id: row for row in reading.timeline(desk.coverage.id, desk.endpoint.id)}
        wanted = [entries[2].id, entries[0].id, entries[3].id, new_id(), entries[0].id]
        found = reading.timeline_rows(wanted, desk.endpoint.id)
        assert found == {entry_id: listed[entry_id] for entry_id in wanted[:2]}
        assert reading.timeline_rows((), None) == {}
        assert set(reading.timeline_rows([new_id() for _ in range(1200)] + [entries[1].id], None)) == {entries[1].id}
