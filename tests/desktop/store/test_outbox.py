from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.endpoint import Receipt
from desktop.domain.identity import new_id
from desktop.domain.outbox import WAITING, OperationKind, OperationState
from desktop.domain.revision import Reason
from desktop.store.problems import NotFound, StillInUse
from desktop.store.store import Store
from desktop.store.values import Answered
from tests.desktop.store.desk import NOON, Desk


def test_a_publish_is_all_there_or_not_at_all(store: Store, desk: Desk) -> None:
    entry = desk.entry()

    def publish(*, fails: bool) -> None:
        with store.write() as writing:
            revision = writing.add_revision(entry, Reason.PUBLISHED, "Ada")
            writing.add_operation(desk.operation(entry, revision))
            if fails:
                raise KeyError(entry.id)

    with pytest.raises(KeyError):
        publish(fails=True)
    with store.read() as reading:
        assert (reading.revisions(entry.id), reading.operations()) == ((), ())
    publish(fails=False)
    with store.read() as reading:
        assert (len(reading.revisions(entry.id)), len(reading.operations())) == (1, 1)


def test_operations_come_back_equal_in_the_order_they_were_made(store: Store, desk: Desk) -> None:
    operations = [desk.operation(desk.entry()) for _ in range(3)]
    operations[1] = replace(operations[1], made_at=NOON - timedelta(days=1), not_before=NOON, media=(), instance=None)
    with store.write() as writing:
        added = [writing.add_operation(each) for each in operations]
    assert [each.sequence for each in added] == sorted({each.sequence for each in added})
    with store.read() as reading:
        assert reading.operations() == tuple(added)
        assert reading.operation(added[1].id) == added[1]
        assert reading.operations(endpoint_id=desk.endpoint.id, coverage_id=desk.coverage.id) == tuple(added)
        assert reading.operations(endpoint_id=new_id()) == ()
        assert reading.operations(states=WAITING) == tuple(added)
        assert reading.operations(states={OperationState.DONE, OperationState.QUEUED}) == tuple(added)
        assert reading.operations(states=()) == ()
        assert reading.operations(limit=2) == tuple(added[:2])


def test_a_newer_operation_cancels_the_unsent_ones_of_its_target_alone(store: Store, desk: Desk) -> None:
    entry, other = desk.entry(), desk.entry()
    with store.write() as writing:
        first = writing.add_operation(desk.operation(entry))
        elsewhere = writing.add_operation(replace(desk.operation(entry), endpoint_id=new_id()))
        of_other = writing.add_operation(desk.operation(other))
        second = writing.add_operation(desk.operation(entry))
        writing.set_operation(replace(second, state=OperationState.SENDING))
        third = writing.add_operation(desk.operation(entry))
    with store.read() as reading:
        states = {each.id: each.state for each in reading.operations()}
    assert states == {
        first.id: OperationState.CANCELLED,
        elsewhere.id: OperationState.QUEUED,
        of_other.id: OperationState.QUEUED,
        second.id: OperationState.SENDING,
        third.id: OperationState.QUEUED,
    }


def test_sequences_are_never_used_twice(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
        last = writing.add_operation(desk.operation(entry))
        writing.set_operation(replace(last, state=OperationState.CANCELLED))
        writing.delete_coverage(desk.coverage.id)
        writing.put_coverage(desk.coverage)
        again = writing.add_operation(desk.operation(entry))
    assert again.sequence > last.sequence


def test_an_operation_goes_only_where_it_can(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        queued = writing.add_operation(desk.operation(desk.entry()))
        with pytest.raises(ValueError, match="queued cannot become done"):
            writing.set_operation(replace(queued, state=OperationState.DONE))
        with pytest.raises(ValueError, match="never changes"):
            writing.set_operation(replace(queued, payload=b"{}"))
        waiting = replace(queued, attempts=2, reason="No answer.", not_before=NOON)
        writing.set_operation(waiting)
        assert writing.operation(queued.id) == waiting
        sending = replace(waiting, state=OperationState.SENDING, not_before=None)
        writing.set_operation(sending)
        with pytest.raises(NotFound, match="not in the outbox"):
            writing.set_operation(replace(sending, id=new_id()))
    with store.read() as reading:
        assert reading.operations() == (sending,)


def test_opening_again_changes_nothing_in_the_outbox(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        queued = writing.add_operation(desk.operation(desk.entry()))
        writing.set_operation(replace(queued, state=OperationState.SENDING))
    store.close()
    again = Store.open(store.folder)
    with again.read() as reading:
        assert [each.state for each in reading.operations()] == [OperationState.SENDING]
    again.close()


def test_what_an_endpoint_holds_is_kept_per_target(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    publication = desk.publication(desk.operation(entry))
    page = replace(publication, kind=OperationKind.PAGE, target_id=desk.coverage.id)
    newer = replace(publication, etag='"2"', revision=2, is_withdrawn=True)
    with store.write() as writing:
        for each in (publication, page, newer):
            writing.put_publication(each)
    with store.read() as reading:
        assert reading.publication(desk.endpoint.id, OperationKind.ENTRY, entry.id) == newer
        assert reading.publication(desk.endpoint.id, OperationKind.SUMMARY, entry.id) is None
        assert set(reading.publications(desk.endpoint.id, desk.coverage.id)) == {page, newer}
        assert reading.publications(new_id(), desk.coverage.id) == ()


def test_receipts_outlive_their_coverage_newest_first(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        operation = writing.add_operation(desk.operation(desk.entry()))
        kept = [
            Receipt(new_id(), operation.id, desk.endpoint.id, NOON - timedelta(hours=hour), "done", "", '"1"')
            for hour in range(3)
        ]
        for receipt in kept:
            writing.add_receipt(receipt)
        with pytest.raises(NotFound):
            writing.add_receipt(replace(kept[0], id=new_id(), operation_id=new_id()))
        writing.set_operation(replace(operation, state=OperationState.CANCELLED))
        writing.delete_coverage(desk.coverage.id)
    with store.read() as reading:
        assert reading.receipts() == tuple(reversed(kept))
        assert reading.receipts(coverage_id=desk.coverage.id, limit=1) == (kept[2],)
        assert reading.receipts(endpoint_id=new_id()) == ()


def test_a_receipt_says_what_it_was_for_as_long_as_that_is_known(store: Store, desk: Desk) -> None:
    entry = desk.entry("Ferry delayed")
    with store.write() as writing:
        writing.put_entry(entry)
        operation = writing.add_operation(desk.operation(entry))
        page = replace(desk.operation(entry), kind=OperationKind.PAGE, target_id=desk.coverage.id)
        page = writing.add_operation(page)
        kept = [Receipt(new_id(), each.id, desk.endpoint.id, NOON, "done", "", '"1"') for each in (operation, page)]
        for receipt in kept:
            writing.add_receipt(receipt)
    with store.read() as reading:
        assert reading.answered(coverage_id=desk.coverage.id) == (
            Answered(kept[1], OperationKind.PAGE, "", desk.coverage.id, page.revision, page.by),
            Answered(kept[0], OperationKind.ENTRY, "Ferry delayed", entry.id, operation.revision, operation.by),
        )
        assert len(reading.answered(limit=1)) == 1
    with store.write() as writing:
        for each in (operation, page):
            writing.set_operation(replace(each, state=OperationState.CANCELLED))
        writing.delete_coverage(desk.coverage.id)
    with store.read() as reading:
        assert [each.kind for each in reading.answered()] == [None, None]


def test_a_coverage_with_waiting_changes_is_not_deleted(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
        operation = writing.add_operation(desk.operation(entry))
    with pytest.raises(StillInUse, match="1 change in the outbox"), store.write() as writing:
        writing.delete_coverage(desk.coverage.id)
    with store.write() as writing:
        writing.set_operation(replace(operation, state=OperationState.CANCELLED))
        writing.delete_coverage(desk.coverage.id)
        with pytest.raises(NotFound):
            writing.delete_coverage(desk.coverage.id)
    with store.read() as reading:
        assert (reading.coverages(), reading.operations(), reading.search("bridge")) == ((), (), ())
        with pytest.raises(NotFound):
            reading.entry(entry.id)
