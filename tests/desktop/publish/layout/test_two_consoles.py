"""Consoles that share a page: nothing is lost, a real conflict is told, and a new machine takes over."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Entry
from desktop.domain.outbox import OperationKind
from desktop.domain.timeline import newest_first
from desktop.publish.books import StoreBooks
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.line import Changes, Line
from desktop.publish.lines import open_line
from desktop.publish.runner import Patience
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.layout.conftest import MakeDesk
from tests.desktop.publish.layout.standing import Standing

PATIENT = Patience(failures=8, seconds=60.0)


async def _all_at_once(desks: Sequence[Desk]) -> None:
    runners = [desk.runner(deadline=5.0).drain(desk.endpoint.id, patience=PATIENT) for desk in desks]
    await asyncio.gather(*runners)


def _open(desk: Desk) -> Line:
    books = StoreBooks(desk.store, asyncio.to_thread, desk.endpoint.id)
    line = open_line(desk.endpoint, DeadlineWatch(), 5.0, books)
    line.use("made-up" if desk.endpoint.account else None)
    return line


def _changes(desk: Desk, after: str) -> Changes:
    async def ask() -> Changes:
        line = _open(desk)
        try:
            return await line.changes(desk.coverage.id, after)
        finally:
            await line.close()

    return asyncio.run(ask())


def test_two_consoles_write_on_one_page_at_once(place: Endpoint, standing: Standing, make_desk: MakeDesk) -> None:
    desks = [make_desk(place), make_desk(place)]
    desks[0].publish()
    desks[0].drain(deadline=5.0)
    entries: list[Entry] = []
    for desk in desks:
        made = [desk.write(f"Update {number}") for number in range(12)]
        # What the other made of the page stands there already, as it would publish it itself.
        _take_over(desk, desks[0])
        desk.publish(*made)
        entries += made
    asyncio.run(_all_at_once(desks))
    for desk in desks:
        desk.drain(deadline=5.0, patience=PATIENT)
        assert set(desk.states()) == {"done"}
    assert standing.check_whole() == [entry.id for entry in newest_first(entries)]
    assert standing.head()["revision"] == len(entries) + 2
    # The documents follow the head; those of a web folder can pass each other, until the next change at the latest.
    entries.append(desks[1].write("The last word"))
    desks[1].publish(entries[-1])
    desks[1].drain(deadline=5.0, patience=PATIENT)
    standing.check_shown([entry.id for entry in newest_first(entries)])


def test_the_same_entry_changed_by_two_is_a_conflict_that_says_who(
    place: Endpoint, standing: Standing, make_desk: MakeDesk
) -> None:
    ada, ben = make_desk(place), make_desk(place)
    entry = ada.write("Trains stop")
    ada.publish(entry)
    ada.drain(deadline=5.0)
    with ben.store.write() as writing:
        writing.put_entry(entry)
    _take_over(ben, ada)
    (theirs,) = ada.publish(replace(entry, headline="Trains run"))
    ada.drain(deadline=5.0)
    (ours,) = ben.publish(replace(entry, headline="Trains stop for good"))
    (receipt,) = ben.drain(deadline=5.0)
    assert (receipt.outcome, receipt.etag) == ("conflict", str(theirs.id))
    assert "Ada" in receipt.detail
    assert ben.operation(ours.id).state == "conflict"
    assert "Trains run" in standing.text("index.html")


def test_a_new_machine_knows_everything_from_the_place_alone_and_goes_on(
    place: Endpoint, standing: Standing, make_desk: MakeDesk
) -> None:
    first = make_desk(place)
    entries = [first.write(f"Update {number}", pictures=[b"made up %d" % number]) for number in range(23)]
    first.publish(*entries)
    first.drain(deadline=5.0)
    second = make_desk(place)
    told = _changes(second, "")
    assert {change.target_id for change in told.changes if change.kind is OperationKind.ENTRY} == {
        entry.id for entry in entries
    }
    assert {(change.by, change.body is not None) for change in told.changes} == {("Ada", True)}
    assert _changes(second, told.cursor).changes == ()
    _take_over(second, first)
    entries.append(second.write("By another machine"))
    second.publish(entries[-1])
    second.drain(deadline=5.0)
    assert set(second.states()) == {"done"}
    standing.check_shown([entry.id for entry in newest_first(entries)])
    assert standing.text("page-1.html").count("<img") == 20
    (news,) = _changes(first, told.cursor).changes
    assert (news.target_id, news.etag) == (entries[-1].id, str(news.op))


def _take_over(desk: Desk, other: Desk) -> None:
    """Let a desk know what another has published, as reading the place's changes would."""
    if desk is other:
        return
    with other.store.read() as reading:
        instance = reading.endpoint(other.endpoint.id).instance
        held = [*reading.publications(other.endpoint.id, other.coverage.id)]
        operations = [reading.operation(each.operation_id) for each in held]
    with desk.store.write() as writing:
        writing.put_endpoint(replace(writing.endpoint(desk.endpoint.id), instance=instance))
        for publication, operation in zip(held, operations, strict=True):
            writing.add_operation(replace(operation, endpoint_id=desk.endpoint.id))
            writing.put_publication(replace(publication, endpoint_id=desk.endpoint.id))
