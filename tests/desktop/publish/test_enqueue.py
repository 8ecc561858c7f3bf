"""What a publish puts into the outbox: what the endpoint lacks, once, in order."""

from dataclasses import replace

import pytest

from desktop.domain import wire
from desktop.domain.coverage import SummaryPoint
from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.domain.members import parse
from desktop.domain.outbox import Operation, OperationState
from desktop.domain.revision import digest
from desktop.publish.enqueue import check_change
from desktop.publish.guard import GuardRefused
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.scripted import Fault, ScriptedEndpoint


def _kinds(operations: tuple[Operation, ...]) -> list[str]:
    return [operation.kind.value for operation in operations]


def test_the_page_goes_first_then_the_summary_then_entries_oldest_first(desk: Desk) -> None:
    desk.coverage = replace(desk.coverage, summary=(SummaryPoint(new_id(), "Trains stop."),))
    older, newer = desk.write("First"), desk.write("Second")
    made = desk.publish(newer, older)
    assert _kinds(made) == ["page", "summary", "entry", "entry"]
    assert [each.target_id for each in made[2:]] == [older.id, newer.id]
    assert [each.sequence for each in made] == sorted(each.sequence for each in made)


def test_a_payload_is_the_wire_form_and_names_its_operation(desk: Desk) -> None:
    entry = desk.write("First")
    page, sent = desk.publish(entry)
    assert wire.entry_from_wire(parse(sent.payload), desk.coverage.id) == (entry, sent.id)
    coverage, house, op = wire.page_from_wire(parse(page.payload))
    assert (coverage.headline, op) == (desk.coverage.headline, page.id)
    assert house
    assert sent.digest == digest(entry)


def test_what_is_published_is_kept_as_a_revision(desk: Desk) -> None:
    entry = desk.write("First")
    (_, sent) = desk.publish(entry)
    with desk.store.read() as reading:
        revision = reading.newest_revision(entry.id)
    assert revision is not None
    assert (revision.number, revision.digest) == (sent.revision, sent.digest)


def test_what_is_on_its_way_or_live_is_not_queued_again(desk: Desk) -> None:
    entry = desk.write("First")
    desk.publish(entry)
    assert desk.publish(entry) == ()
    desk.drain()
    assert desk.publish(entry) == ()
    assert _kinds(desk.publish(entry, is_forced=True)) == ["page", "entry"]


def test_an_edit_before_it_is_sent_replaces_what_waits(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("First")
    _, before = desk.publish(entry)
    (after,) = desk.publish(replace(entry, headline="Better"))
    assert desk.operation(before.id).state is OperationState.CANCELLED
    desk.drain()
    assert scripted.ops(desk.path(entry)) == [str(after.id)]


def test_an_edit_after_the_first_connection_replaces_what_was_made_before_it(
    desk: Desk, scripted: ScriptedEndpoint
) -> None:
    entry = desk.write("First")
    _, before = desk.publish(entry)
    desk.endpoint = replace(desk.endpoint, instance=scripted.instance)
    desk.save()
    desk.publish(replace(entry, headline="Better"))
    assert desk.operation(before.id).state is OperationState.CANCELLED


def test_a_changed_page_goes_before_the_entry_that_needs_it(desk: Desk) -> None:
    desk.publish(desk.write("First"))
    desk.drain()
    desk.coverage = replace(desk.coverage, headline="Storm moves inland")
    assert _kinds(desk.publish(desk.write("Second"))) == ["page", "entry"]


def test_an_emptied_summary_is_sent_and_one_that_never_was_is_not(desk: Desk) -> None:
    assert _kinds(desk.publish()) == ["page"]
    desk.coverage = replace(desk.coverage, summary=(SummaryPoint(new_id(), "Trains stop."),))
    assert _kinds(desk.publish()) == ["summary"]
    desk.drain()
    desk.coverage = replace(desk.coverage, summary=())
    assert _kinds(desk.publish()) == ["summary"]
    desk.drain()
    assert desk.publish() == ()


def test_what_is_withdrawn_before_it_was_sent_only_leaves_the_outbox(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("First")
    desk.publish(entry)
    assert desk.withdraw(entry) == ()
    desk.drain()
    assert scripted.ops(desk.path(entry)) == []
    assert desk.states() == ["done", "cancelled"]


def test_what_may_have_been_sent_is_withdrawn_at_the_endpoint_too(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("First")
    desk.publish(entry)
    scripted.script([Fault.NONE, Fault.LATE, *[Fault.ERROR_BEFORE] * 3])
    desk.drain()
    (withdrawal,) = desk.withdraw(entry)
    scripted.faults.clear()
    desk.drain()
    assert scripted.ops(desk.path(entry))[-1] == str(withdrawal.id)


def test_what_was_refused_can_be_published_again(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("First")
    desk.publish(entry)
    scripted.script([Fault.NONE, Fault.UNPROCESSABLE])
    desk.drain()
    (again,) = desk.publish(entry)
    desk.drain()
    assert scripted.ops(desk.path(entry)) == [str(again.id)]


def test_what_waits_or_is_parked_keeps_its_environment(desk: Desk) -> None:
    on_air = replace(desk.endpoint, environment=Environment.PRODUCTION)
    with desk.store.write() as writing:
        check_change(writing, replace(on_air, id=new_id()))
        check_change(writing, on_air)
    desk.publish(desk.write("First"))
    with desk.store.write() as writing:
        check_change(writing, replace(desk.endpoint, name="Another name"))
        with pytest.raises(GuardRefused):
            check_change(writing, on_air)
