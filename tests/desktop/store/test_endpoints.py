from dataclasses import replace

import pytest

from desktop.domain.endpoint import EndpointKind, SecretSource
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationState
from desktop.store.problems import NameTaken, NotFound, StillInUse
from desktop.store.store import Store
from tests.desktop.store.desk import Desk


def test_endpoints_come_back_equal_by_id_and_by_name(store: Store, desk: Desk) -> None:
    other = replace(
        desk.endpoint, id=new_id(), name="Air", instance=None, secret_source=SecretSource.VARIABLE, secret_name="TOKEN"
    ).with_details(region="north", writers="one", gone="")
    changed = replace(desk.endpoint, url="http://127.0.0.1:10/", kind=EndpointKind.WORDPRESS, account="desk")
    with store.write() as writing:
        writing.put_endpoint(other)
        writing.put_endpoint(changed)
    with store.read() as reading:
        assert reading.endpoints() == (other, changed)
        assert reading.endpoint(other.id) == other
        assert (other.detail("region"), other.detail("gone", "none")) == ("north", "none")
        assert reading.endpoint_named("Rehearsal") == changed
        with pytest.raises(NotFound, match="“Nowhere” is not configured"):
            reading.endpoint_named("Nowhere")


def test_two_endpoints_never_share_a_name(store: Store, desk: Desk) -> None:
    with pytest.raises(NameTaken, match="“Rehearsal” already"), store.write() as writing:
        writing.put_endpoint(replace(desk.endpoint, id=new_id()))


def test_an_endpoint_is_removed_once_nothing_waits_for_it(store: Store, desk: Desk) -> None:
    with store.write() as writing:
        operation = writing.add_operation(desk.operation(desk.entry()))
    with pytest.raises(StillInUse, match="1 change waiting"), store.write() as writing:
        writing.remove_endpoint(desk.endpoint.id)
    with store.write() as writing:
        writing.set_operation(replace(operation, state=OperationState.REFUSED, reason="Not allowed."))
        writing.remove_endpoint(desk.endpoint.id)
    with store.read() as reading:
        assert reading.endpoints() == ()
        assert [each.state for each in reading.operations()] == [OperationState.CANCELLED]
        with pytest.raises(NotFound):
            reading.endpoint(desk.endpoint.id)
