"""What waited too long goes nowhere before a producer has looked at it, whatever state a start finds it in."""

from dataclasses import replace
from datetime import timedelta

from desktop.domain import moment
from desktop.domain.outbox import OperationState
from desktop.publish.review import WAITED
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.scripted import ScriptedEndpoint


def later(desk: Desk) -> Desk:
    """The same desk, started anew a quarter of an hour later."""
    return replace(desk, started_after=timedelta(minutes=15))


def test_what_was_queued_long_before_the_start_is_held_until_it_is_let_go(
    desk: Desk, scripted: ScriptedEndpoint
) -> None:
    desk.publish(desk.write("Trains stop"))
    receipts = later(desk).drain()
    assert {(each.outcome, each.detail) for each in receipts} == {("held", WAITED)}
    assert scripted.ledger == []
    with desk.store.write() as writing:
        for operation in writing.operations():
            writing.set_operation(replace(operation, state=OperationState.QUEUED, reason=""))
    assert {each.outcome for each in desk.drain()} == {"done"}


def test_what_was_queued_just_now_goes_out(desk: Desk) -> None:
    desk.publish(desk.write("Trains stop"))
    assert {each.outcome for each in desk.drain()} == {"done"}


def test_what_may_have_been_sent_is_read_back_and_held_when_it_never_arrived(
    desk: Desk, scripted: ScriptedEndpoint
) -> None:
    entry = desk.write("Trains stop")
    desk.publish(entry)
    desk.drain()
    desk.publish(replace(entry, headline="Trains run"), desk.write("Ferries wait"))
    with desk.store.write() as writing:
        for operation in writing.operations(states={OperationState.QUEUED}):
            writing.set_operation(replace(operation, state=OperationState.SENDING, attempts=1))
    later(desk).drain()
    assert desk.states() == ["done", "done", "held", "held"]
    assert len(scripted.ledger) == 2


def test_what_is_stale_is_sent_when_it_is_published_anew(desk: Desk, store: Store) -> None:
    entry = desk.write("Trains stop")
    old = desk.publish(entry, at=moment.now() - timedelta(minutes=15))
    assert len(desk.publish(entry)) == len(old) == 2
    assert {each.outcome for each in desk.drain()} == {"done"}
    with store.read() as reading:
        assert [each.state.value for each in reading.operations()] == ["cancelled"] * 2 + ["done"] * 2
