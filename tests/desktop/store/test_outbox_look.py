from dataclasses import replace

from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, OperationState
from desktop.store.store import Store
from desktop.store.values import Outbox
from tests.desktop.store.desk import Desk


def test_an_empty_outbox_lists_nothing(store: Store, desk: Desk) -> None:
    del desk
    with store.read() as reading:
        assert reading.outbox(10) == Outbox()


def test_parked_items_come_first_and_everything_unfinished_is_counted(store: Store, desk: Desk) -> None:
    entries = [desk.entry(f"Entry {count}") for count in range(4)]
    with store.write() as writing:
        for entry in entries:
            writing.put_entry(entry, "Ada")
        page = desk.operation(entries[0])
        page = replace(page, kind=OperationKind.PAGE, target_id=desk.coverage.id, id=new_id())
        made = [writing.add_operation(each) for each in (page, *map(desk.operation, entries))]
        writing.set_operation(replace(made[1], state=OperationState.CANCELLED))
        for state in (OperationState.SENDING, OperationState.REFUSED):
            made[3] = replace(made[3], state=state, reason="Too large.", attempts=2)
            writing.set_operation(made[3])
    with store.read() as reading:
        seen = reading.outbox(3)
        assert [(item.id, item.headline) for item in seen.items] == [
            (made[3].id, "Entry 2"),
            (made[0].id, ""),
            (made[2].id, "Entry 1"),
        ]
        assert (seen.waiting, seen.failed) == (3, 1)
        refused = seen.items[0]
        assert (refused.state, refused.reason, refused.attempts) == (OperationState.REFUSED, "Too large.", 2)
        assert (refused.kind, refused.target_id) == (OperationKind.ENTRY, entries[2].id)
        assert (refused.made_at, refused.not_before) == (made[3].made_at, None)


def test_what_was_tried_without_an_answer_is_told_per_endpoint(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry, "Ada")
        operation = writing.add_operation(desk.operation(entry))
        assert not writing.is_unanswered(desk.endpoint.id)
        writing.set_operation(replace(operation, reason="Nobody answers there."))
        assert writing.is_unanswered(desk.endpoint.id)
        assert not writing.is_unanswered(new_id())
        writing.set_operation(replace(operation, state=OperationState.SENDING))
        assert not writing.is_unanswered(desk.endpoint.id)
        writing.set_operation(replace(operation, state=OperationState.UNKNOWN))
        assert writing.is_unanswered(desk.endpoint.id)
        writing.set_operation(replace(operation, state=OperationState.DONE))
        assert not writing.is_unanswered(desk.endpoint.id)
