"""Ours on top of theirs: by an explicit act, and only onto the version that was seen."""

from dataclasses import replace

import pytest

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationState
from desktop.domain.problem import InvalidValue
from desktop.publish.conflict import put_on_top
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.scripted import ScriptedEndpoint


def _conflict(desk: Desk, scripted: ScriptedEndpoint) -> tuple[str, Operation]:
    """Let somebody else change what was published, and try to publish over it."""
    entry = desk.write("Trains stop")
    desk.publish(entry)
    desk.drain()
    path = desk.path(entry)
    scripted.write_elsewhere(path, {"op": str(new_id()), "title": "Trains crawl"})
    (mine,) = desk.publish(replace(entry, headline="Trains run"))
    desk.drain()
    return path, desk.operation(mine.id)


def _put_on_top(desk: Desk, mine: Operation) -> None:
    with desk.store.write() as writing:
        put_on_top(writing, mine, moment.now())


def test_ours_goes_on_top_of_the_version_that_was_seen(desk: Desk, scripted: ScriptedEndpoint) -> None:
    path, mine = _conflict(desk, scripted)
    _put_on_top(desk, mine)
    assert [each.outcome for each in desk.drain()] == ["done"]
    assert scripted.ops(path)[-1] == str(mine.id)


def test_a_version_nobody_has_seen_is_a_conflict_again(desk: Desk, scripted: ScriptedEndpoint) -> None:
    path, mine = _conflict(desk, scripted)
    _put_on_top(desk, mine)
    scripted.held[path] = (b'{"op": "01a20505-9bb4-7000-9fe8-fb9f9c1ec267", "title": "Trains fly"}', '"unseen"')
    assert [(each.outcome, each.etag) for each in desk.drain()] == [("conflict", '"unseen"')]


def test_a_retry_alone_overwrites_nothing(desk: Desk, scripted: ScriptedEndpoint) -> None:
    path, mine = _conflict(desk, scripted)
    before = scripted.held[path]
    with desk.store.write() as writing:
        writing.set_operation(replace(mine, state=OperationState.QUEUED))
    assert [each.outcome for each in desk.drain()] == ["conflict"]
    assert scripted.held[path] == before


def test_what_is_in_no_conflict_cannot_be_put_on_top(desk: Desk) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    with pytest.raises(InvalidValue), desk.store.write() as writing:
        put_on_top(writing, page, moment.now())


def test_what_vanished_at_the_endpoint_is_made_anew(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("Trains stop")
    desk.publish(entry)
    desk.drain()
    del scripted.held[desk.path(entry)]
    (mine,) = desk.publish(replace(entry, headline="Trains run"))
    (receipt,) = desk.drain()
    assert (receipt.outcome, receipt.etag) == ("conflict", "")
    assert "no longer holds" in receipt.detail
    _put_on_top(desk, mine)
    assert [each.outcome for each in desk.drain()] == ["done"]
