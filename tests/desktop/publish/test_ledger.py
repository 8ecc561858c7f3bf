"""The outbox in the store: claims, settlements and recovery, each all or nothing."""

import asyncio
import sqlite3
from dataclasses import replace

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationState
from desktop.publish.answer import Done
from desktop.publish.ledger import Ledger
from desktop.publish.outcome import outcome
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.scripted import ScriptedEndpoint


def test_an_operation_is_claimed_once(desk: Desk) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    ledger = Ledger(desk.store)
    is_settled, claim = ledger.turn(None, page)
    assert is_settled
    assert claim is not None
    assert (claim.operation.state, claim.operation.attempts, claim.etag) == (OperationState.SENDING, 1, None)
    assert ledger.turn(None, page) == (True, None)


def test_what_the_desk_discarded_is_not_sent(desk: Desk, scripted: ScriptedEndpoint) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    with desk.store.write() as writing:
        writing.set_operation(replace(page, state=OperationState.CANCELLED))
    assert Ledger(desk.store).turn(None, page) == (True, None)
    desk.drain()
    assert scripted.ops(desk.path()) == []


def test_an_answer_to_what_the_desk_changed_meanwhile_is_not_written(desk: Desk) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    ledger = Ledger(desk.store)
    _, claim = ledger.turn(None, page)
    assert claim is not None
    with desk.store.write() as writing:
        writing.set_operation(replace(claim.operation, state=OperationState.QUEUED))
    made = outcome(claim.operation, Done('"1"', moment.now()), moment.now())
    assert ledger.turn((claim.operation, made), None) == (False, None)
    with desk.store.read() as reading:
        assert reading.publications(desk.endpoint.id, desk.coverage.id) == ()
        assert reading.receipts(endpoint_id=desk.endpoint.id) == ()


def test_what_was_being_sent_becomes_unknown_and_nothing_else_moves(desk: Desk) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    ledger = Ledger(desk.store)
    ledger.turn(None, page)
    assert [each.id for each in ledger.recover()] == [page.id]
    assert desk.states() == ["unknown", "queued"]
    assert ledger.recover() == ()


def test_a_pinned_server_stays_pinned(desk: Desk) -> None:
    ledger, first = Ledger(desk.store), new_id()
    assert ledger.pin(desk.endpoint.id, first).instance == first
    assert ledger.pin(desk.endpoint.id, new_id()).instance == first


def test_an_answer_that_could_not_be_written_down_is_read_back_later(desk: Desk, scripted: ScriptedEndpoint) -> None:
    """Another program holds the database just when answers come: longer than the store's patience."""
    entry = desk.write("Trains stop")
    _, sent = desk.publish(entry)
    scripted.delay = 0.3

    async def work() -> None:
        drained = asyncio.create_task(desk.runner(deadline=3).drain(desk.endpoint.id))
        while not scripted.changes():  # noqa: ASYNC110 - the endpoint's thread fills this
            await asyncio.sleep(0.01)
        other = sqlite3.connect(desk.store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(1.8)
        other.execute("ROLLBACK")
        other.close()
        await drained

    asyncio.run(work())
    assert desk.states() == ["done", "done"]
    assert scripted.ops(desk.path(entry)) == [str(sent.id)]
    assert len(scripted.ops(desk.path())) == 1
