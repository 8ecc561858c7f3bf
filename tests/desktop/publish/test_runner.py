"""The runner against a real store and endpoints on real sockets."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain import moment
from desktop.domain.change import ChangeKind
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.publish.conflict import put_on_top
from desktop.publish.credentials import Credentials
from desktop.publish.guard import GuardRefused
from desktop.publish.pause import set_paused
from desktop.publish.runner import PAUSED, Patience
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.desktop.publish.scripted import Fault, ScriptedEndpoint


async def until(done: Callable[[], bool]) -> None:
    for _ in range(500):
        if done():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came")


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


def test_a_page_goes_to_the_rehearsal_endpoint_once(store: Store, rehearsal: RehearsalEndpoint) -> None:
    coverage = Coverage(id=new_id(), headline="Storm over the coast", summary=(SummaryPoint(new_id(), "Trains stop."),))
    desk = Desk(store, coverage, endpoint_at(rehearsal.url), Credentials())
    desk.save()
    first, second = desk.write("Trains stop"), desk.write("Ferries wait")
    desk.publish(first, second)
    receipts = desk.drain()
    assert [receipt.outcome for receipt in receipts] == ["done"] * 4
    desk.publish(replace(first, headline="Trains run again"))
    assert [receipt.outcome for receipt in desk.drain()] == ["done"]
    assert desk.publish(replace(first, headline="Trains run again")) == ()
    with rehearsal.storage.read() as rows:
        taken = rows.changes(coverage.id, 0, 100)
    assert [each.target.kind.value for each in taken] == ["page", "summary", "entry", "entry", "entry"]
    assert {each.by for each in taken} == {"Ada"}
    with store.read() as reading:
        assert reading.endpoint(desk.endpoint.id).instance == rehearsal.storage.instance


def test_everything_is_told_after_it_is_committed(desk: Desk) -> None:
    entry = desk.write("Trains stop")
    desk.publish(entry)
    desk.drain()
    kinds = [change.kind for change in desk.changes]
    assert kinds.count(ChangeKind.ENDPOINTS) == 1
    assert [change.entry_ids for change in desk.changes if change.kind is ChangeKind.ENTRIES] == [(entry.id,)] * 2
    assert kinds.count(ChangeKind.OUTBOX) == 4


@pytest.mark.parametrize(
    "fault",
    [
        Fault.RESET_BEFORE,
        Fault.RESET_AFTER,
        Fault.ERROR_BEFORE,
        Fault.ERROR_AFTER,
        Fault.UNAVAILABLE,
        Fault.HANG_BEFORE,
        Fault.HANG_AFTER,
        Fault.LATE,
        Fault.TWICE,
        Fault.HTML,
        Fault.OTHER_OP,
        Fault.NO_ETAG,
        Fault.TRUNCATED,
        Fault.BUSY,
        Fault.HUGE,
        Fault.DRIP,
        Fault.GZIPPED,
    ],
)
def test_a_passing_fault_loses_nothing_and_doubles_nothing(
    fault: Fault, desk: Desk, scripted: ScriptedEndpoint
) -> None:
    entry = desk.write("Trains stop")
    (page, sent) = desk.publish(entry)
    scripted.script([Fault.NONE, fault])
    receipts = desk.drain(deadline=0.5)
    scripted.deliver_late()
    assert {receipt.operation_id: receipt.outcome for receipt in receipts} == {page.id: "done", sent.id: "done"}
    assert scripted.ops(desk.path(entry)) == [str(sent.id)]
    publication = desk.publication(entry)
    assert publication is not None
    assert publication.etag == scripted.held[desk.path(entry)][1]


def test_pictures_go_first_and_only_when_they_are_missing(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("Trains stop", pictures=[PICTURE, PICTURE + b"2"])
    desk.publish(entry)
    desk.drain()
    asked = [
        (each.method, each.path.split("/")[1])
        for each in scripted.requests
        if "entries" in each.path or "media" in each.path
    ]
    assert asked == [("HEAD", "media"), ("PUT", "media"), ("HEAD", "media"), ("PUT", "media"), ("PUT", "pages")]
    desk.publish(replace(entry, headline="Trains run"))
    scripted.requests.clear()
    desk.drain()
    assert [each.method for each in scripted.requests if "media" in each.path] == ["HEAD", "HEAD"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.FORBIDDEN, "Not your page."),
        (Fault.UNPROCESSABLE, "Too many words. Use fewer."),
        (Fault.REDIRECT, "elsewhere.example"),
    ],
)
def test_a_refused_entry_parks_with_its_reason_and_does_not_hold_the_others(
    fault: Fault, words: str, desk: Desk, scripted: ScriptedEndpoint
) -> None:
    refused, other = desk.write("Trains stop"), desk.write("Ferries wait")
    _, parked, passed = desk.publish(refused, other)
    scripted.script([Fault.NONE, fault])
    outcomes = {receipt.operation_id: receipt for receipt in desk.drain()}
    assert outcomes[parked.id].outcome == "refused"
    assert words in outcomes[parked.id].detail
    assert outcomes[passed.id].outcome == "done"
    assert scripted.ops(desk.path(refused)) == []
    assert not any("elsewhere" in request.headers["host"] for request in scripted.requests)


def test_a_wrong_secret_stops_the_endpoint_and_keeps_the_queue(
    desk: Desk, scripted: ScriptedEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish(desk.write("Trains stop"), desk.write("Ferries wait"))
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", "an-old-one")
    receipts = desk.drain()
    assert desk.states() == ["queued"] * 3
    assert len(scripted.changes()) == 1
    assert {receipt.outcome for receipt in receipts} == {"queued"}
    assert all("does not know the secret" in receipt.detail for receipt in receipts)
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", scripted.token)
    desk.drain()
    assert desk.states() == ["done"] * 3


def test_a_missing_secret_is_said_and_nothing_is_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(desk.write("Trains stop"))
    monkeypatch.delenv("NEWSROOM_TEST_TOKEN")
    receipts = desk.drain()
    assert all("NEWSROOM_TEST_TOKEN" in receipt.detail for receipt in receipts)
    assert desk.states() == ["queued", "queued"]


@pytest.mark.parametrize("environment", ["production", "test"])
def test_a_server_of_another_environment_gets_nothing_not_even_the_secret(
    environment: str, desk: Desk, scripted: ScriptedEndpoint
) -> None:
    desk.publish(desk.write("Trains stop"))
    scripted.environment = environment
    receipts = desk.drain()
    assert desk.states() == ["queued", "queued"]
    assert all(environment in receipt.detail for receipt in receipts)
    assert [request.path for request in scripted.requests] == ["/"]
    assert "authorization" not in scripted.requests[0].headers
    with desk.store.read() as reading:
        assert reading.endpoint(desk.endpoint.id).instance is None


def test_another_server_at_the_same_address_gets_nothing(desk: Desk, scripted: ScriptedEndpoint) -> None:
    desk.publish(desk.write("Trains stop"))
    desk.drain()
    scripted.instance = new_id()
    desk.publish(desk.write("Ferries wait"))
    sent = len(scripted.changes())
    receipts = desk.drain()
    assert [receipt.outcome for receipt in receipts] == ["queued"]
    assert "not the one this endpoint was connected to" in receipts[0].detail
    assert len(scripted.changes()) == sent


def test_a_server_that_turns_out_to_be_another_environment_stops_the_endpoint(
    desk: Desk, scripted: ScriptedEndpoint
) -> None:
    desk.publish(desk.write("Trains stop"), desk.write("Ferries wait"))
    scripted.script([Fault.NONE, Fault.OTHER_ENVIRONMENT])
    desk.drain()
    assert desk.states() == ["done", "queued", "queued"]
    assert len(scripted.changes()) == 2


def test_production_is_never_contacted_without_going_on_air(desk: Desk, scripted: ScriptedEndpoint) -> None:
    desk.endpoint = replace(desk.endpoint, environment=Environment.PRODUCTION)
    scripted.environment = "production"
    desk.save()
    desk.publish(desk.write("Trains stop"))
    with pytest.raises(GuardRefused, match="on air"):
        desk.drain()
    assert scripted.requests == []
    assert [receipt.outcome for receipt in desk.drain(on_air=True)] == ["done", "done"]


def test_a_change_made_elsewhere_is_a_conflict_and_names_its_author(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("Trains stop")
    desk.publish(entry)
    desk.drain()
    scripted.write_elsewhere(desk.path(entry), {"op": str(new_id()), "title": "Trains crawl"})
    (mine,) = desk.publish(replace(entry, headline="Trains run"))
    (receipt,) = desk.drain()
    assert (receipt.outcome, receipt.etag) == ("conflict", scripted.held[desk.path(entry)][1])
    assert "the night desk" in receipt.detail
    assert desk.states()[-1] == "conflict"
    with desk.store.write() as writing:
        put_on_top(writing, mine, moment.now())
    assert [each.outcome for each in desk.drain()] == ["done"]
    assert scripted.ops(desk.path(entry))[-1] == str(mine.id)


def test_an_entry_stored_by_somebody_else_is_never_overwritten(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("Trains stop")
    scripted.write_elsewhere(desk.path(entry), {"op": str(new_id()), "title": "Trains crawl"})
    desk.publish(entry)
    scripted.script([Fault.NONE, Fault.RESET_BEFORE])
    assert [receipt.outcome for receipt in desk.drain()] == ["done", "conflict"]
    assert scripted.ops(desk.path(entry)) == []


def test_offline_the_queue_waits_and_goes_out_once_later(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = ScriptedEndpoint()
    gone.stop()
    desk = Desk(store, Coverage(id=new_id(), headline="Storm"), endpoint_at(gone.url), Credentials())
    desk.save()
    entries = [desk.write(f"Update {number}") for number in range(3)]
    desk.publish(*entries)
    receipts = desk.drain()
    assert desk.states() == ["queued"] * 4
    assert "Nothing answers at 127.0.0.1" in receipts[0].detail
    served = ScriptedEndpoint()
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", served.token)
    desk.endpoint = replace(desk.endpoint, url=served.url)
    desk.save()
    try:
        desk.drain()
        assert desk.states() == ["done"] * 4
        assert len(served.ledger) == 4
    finally:
        served.stop()


def test_patience_that_was_asked_for_in_either_form_is_kept(desk: Desk, scripted: ScriptedEndpoint) -> None:
    desk.publish(desk.write("Trains stop"))
    scripted.script([Fault.BUSY_UNTIL])
    started = time.monotonic()
    receipts = desk.drain(patience=Patience(failures=3, seconds=2))
    assert time.monotonic() - started < 2, "a wait that is longer than patience is not begun"
    assert {receipt.outcome for receipt in receipts} == {"queued"}
    queued = desk.operation(receipts[0].operation_id)
    assert queued.not_before is not None
    assert 5 < (queued.not_before - moment.now()).total_seconds() <= 7


def test_a_stubborn_failure_of_one_entry_does_not_hold_the_others(desk: Desk, scripted: ScriptedEndpoint) -> None:
    ill, well = desk.write("Trains stop"), desk.write("Ferries wait")
    _, stuck, passed = desk.publish(ill, well)
    scripted.script([Fault.NONE, *[Fault.ERROR_BEFORE] * 3, Fault.NONE, *[Fault.ERROR_BEFORE] * 50])
    outcomes = {each.operation_id: each.outcome for each in desk.drain(patience=Patience(failures=9, seconds=6))}
    assert outcomes[passed.id] == "done"
    assert outcomes[stuck.id] in {"unknown", "queued"}


def test_what_was_being_sent_when_the_program_ended_is_read_back_first(desk: Desk, scripted: ScriptedEndpoint) -> None:
    entry = desk.write("Trains stop")
    _, sent = desk.publish(entry)

    async def cut_off() -> None:
        task = asyncio.create_task(desk.runner(deadline=5).drain(desk.endpoint.id))
        await until(lambda: len(scripted.changes()) == 2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    scripted.script([Fault.NONE, Fault.HANG_AFTER])
    asyncio.run(cut_off())
    assert desk.states() == ["done", "sending"]
    scripted.requests.clear()
    desk.drain()
    assert desk.states() == ["done", "done"]
    assert scripted.ops(desk.path(entry)) == [str(sent.id)]


def test_two_drains_at_once_send_everything_once(desk: Desk, scripted: ScriptedEndpoint) -> None:
    desk.publish(*(desk.write(f"Update {number}") for number in range(10)))
    scripted.delay = 0.01

    async def both() -> None:
        runner = desk.runner()
        await asyncio.gather(runner.drain(desk.endpoint.id), runner.drain(desk.endpoint.id))

    asyncio.run(both())
    assert len(scripted.changes()) == len(scripted.ledger) == 11


def test_the_window_runs_wakes_pauses_and_resumes(desk: Desk, scripted: ScriptedEndpoint) -> None:
    async def work() -> None:
        runner = desk.runner()
        running = asyncio.create_task(runner.run())
        desk.publish(desk.write("Trains stop"))
        await asyncio.to_thread(runner.wake)
        await until(lambda: desk.states() == ["done"] * 2)
        assert runner.held(desk.endpoint.id) == ""
        assert abs(runner.skew(desk.endpoint.id) or 0) < 5
        with desk.store.write() as writing:
            set_paused(writing, desk.endpoint.id, is_paused=True)
        runner.wake()
        await until(lambda: runner.held(desk.endpoint.id) != "")
        desk.publish(desk.write("Ferries wait"))
        runner.wake()
        await asyncio.sleep(0.1)
        assert desk.states()[-1] == "queued"
        receipts = await desk.runner().drain(desk.endpoint.id)
        assert [each.detail for each in receipts] == [PAUSED], "whatever is started keeps the pause"
        with desk.store.write() as writing:
            set_paused(writing, desk.endpoint.id, is_paused=False)
        runner.wake()
        await until(lambda: desk.states() == ["done"] * 3)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(work())
    assert len(scripted.ledger) == 3


def test_a_withdrawal_marks_what_readers_have(desk: Desk) -> None:
    entry = desk.write("Trains stop")
    desk.publish(entry)
    desk.drain()
    desk.withdraw(entry)
    desk.drain()
    publication = desk.publication(entry)
    assert publication is not None
    assert publication.is_withdrawn


def test_an_operation_made_for_another_server_is_refused(desk: Desk, scripted: ScriptedEndpoint) -> None:
    desk.endpoint = replace(desk.endpoint, instance=new_id())
    desk.save()
    desk.publish(desk.write("Trains stop"))
    desk.endpoint = replace(desk.endpoint, instance=scripted.instance)
    desk.save()
    receipts = desk.drain()
    assert {receipt.outcome for receipt in receipts} == {"refused", "queued"}
    assert scripted.changes() == []


def test_the_secret_is_in_no_log_no_row_and_no_receipt(
    desk: Desk, scripted: ScriptedEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.publish(desk.write("Trains stop"), desk.write("Ferries wait"))
    scripted.script([Fault.NONE, Fault.UNKNOWN_SECRET])
    receipts = desk.drain()
    assert scripted.token not in caplog.text
    assert scripted.token not in repr(receipts)
    desk.store.close()
    files = [path for path in desk.store.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(scripted.token.encode() in path.read_bytes() for path in files)
