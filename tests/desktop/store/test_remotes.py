from dataclasses import replace

import pytest

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, OperationState
from desktop.domain.remote import RemoteVersion
from desktop.store.problems import StillInUse
from desktop.store.store import Store
from tests.desktop.store.desk import Desk


def test_what_others_put_there_is_kept_until_it_is_taken_over(store: Store, desk: Desk) -> None:
    endpoint, entry = new_id(), desk.entry("The river")
    theirs = RemoteVersion(
        endpoint_id=endpoint,
        coverage_id=desk.coverage.id,
        kind=OperationKind.ENTRY,
        target_id=entry.id,
        etag='"1"',
        body=b"{}",
        op=new_id(),
        by="Ben",
        at=moment.now(),
    )
    newer = replace(theirs, etag='"2"', body=b"", op=None)
    with store.write() as writing:
        writing.put_remote(theirs)
        assert writing.remote(endpoint, OperationKind.ENTRY, entry.id) == theirs
        writing.put_remote(newer)
    with store.write() as writing:
        assert writing.remotes(endpoint, desk.coverage.id) == (newer,)
        writing.drop_remote(endpoint, OperationKind.ENTRY, entry.id)
        assert writing.remote(endpoint, OperationKind.ENTRY, entry.id) is None


def test_a_coverage_is_not_deleted_while_something_of_it_is_held(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        entry = desk.entry("The river")
        writing.put_entry(entry, "Ada")
        made = writing.add_operation(desk.operation(entry))
        writing.set_operation(replace(made, state=OperationState.HELD, rank=-1))
        with pytest.raises(StillInUse):
            writing.delete_coverage(desk.coverage.id)
        assert writing.operation(made.id).rank == -1
        assert (writing.outbox(1).waiting, writing.outbox(1).held) == (1, 1)
