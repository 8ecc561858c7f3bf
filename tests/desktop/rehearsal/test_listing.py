"""Lists: newest first, cut by cursor, and everything that was written, in its order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from desktop.domain import wire
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.members import canonical
from desktop.domain.outbox import OperationKind
from desktop.rehearsal import cursor
from desktop.rehearsal.ledger import Target
from desktop.rehearsal.precondition import strong_etag
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher, refused

START = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


def walk(publisher: Publisher, limit: int) -> list[str]:
    found: list[str] = []
    query: dict[str, str | int] = {"limit": limit}
    while True:
        read = publisher.client.get(f"{publisher.page}/entries", params=query).json()
        assert len(read["entries"]) <= limit
        assert [read["etags"][each["id"]][0] for each in read["entries"]] == ['"'] * len(read["entries"])
        found += [each["id"] for each in read["entries"]]
        if read["next"] is None:
            return found
        query["before"] = read["next"]


def test_entries_come_newest_first_and_ids_decide_between_equal_times(live: Publisher) -> None:
    made = [live.entry(f"Entry {number}", at=START + timedelta(minutes=number // 2)) for number in range(9)]
    for entry in reversed(made):
        assert live.put_entry(entry).status_code == 201
    wanted = [str(entry.id) for entry in reversed(made)]
    assert [walk(live, limit) for limit in (1, 2, 3, 9, 100)] == [wanted] * 5


def test_an_entry_whose_time_moves_is_listed_once(live: Publisher) -> None:
    made = [live.entry(f"Entry {number}", at=START + timedelta(minutes=number)) for number in range(3)]
    etags = [live.put_entry(entry).headers["etag"] for entry in made]
    moved = replace(made[0], at=START + timedelta(hours=1))
    assert live.put_entry(moved, {"If-Match": etags[0]}).status_code == 200
    assert walk(live, 2) == [str(made[each].id) for each in (0, 2, 1)]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=-1", "limit=1.5", "limit=²"])
def test_a_limit_out_of_bounds_is_refused(live: Publisher, query: str) -> None:
    refused(live.client.get(f"{live.page}/entries?{query}"), 400, "bad-request")


@pytest.mark.parametrize("made_up", ["", "x", "é", "W10", "WzFd", "WyJ4IiwieSJd", "A" * 300, "bnVsbA"])
def test_a_made_up_cursor_is_refused(live: Publisher, made_up: str) -> None:
    for address, name in (("entries", "before"), ("changes", "after")):
        refused(live.client.get(f"{live.page}/{address}", params={name: made_up}), 400, "cursor-invalid")


def test_changes_tell_everything_in_order_and_go_on_from_a_cursor(live: Publisher) -> None:
    entry, op = live.entry(), new_id()
    created = live.put_entry(entry, op=op)
    live.put_entry(entry, op=op)
    live.put_entry(replace(entry, headline="Edited"), {"If-Match": created.headers["etag"]})
    summary = replace(live.coverage, summary=(SummaryPoint(new_id(), "A point", (entry.id,)),))
    live.put(f"{live.page}/summary", wire.summary_to_wire(summary, new_id()))
    read = live.client.get(f"{live.page}/changes").json()
    assert [each["kind"] for each in read["changes"]] == ["page", "entry", "entry", "summary"]
    assert [each["value"].get("title") for each in read["changes"][1:3]] == [entry.headline, "Edited"]
    assert (read["changes"][1]["op"], read["more"]) == (str(op), False)
    nothing_new = live.client.get(f"{live.page}/changes", params={"after": read["cursor"]}).json()
    assert nothing_new == {"changes": [], "cursor": read["cursor"], "more": False}
    seen: list[str] = []
    query: dict[str, str | int] = {"limit": 1}
    while True:
        part = live.client.get(f"{live.page}/changes", params=query).json()
        seen += [each["op"] for each in part["changes"]]
        query["after"] = part["cursor"]
        if not part["more"]:
            break
    assert seen == [each["op"] for each in read["changes"]]


def test_a_cursor_of_another_endpoint_is_refused(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    other = cursor.write_sequence(new_id(), 1)
    ahead = cursor.write_sequence(endpoint.storage.instance, 99)
    for made_elsewhere in (other, ahead):
        answer = live.client.get(f"{live.page}/changes", params={"after": made_elsewhere})
        refused(answer, 400, "cursor-invalid")


def test_a_cursor_comes_back_as_it_was_written() -> None:
    instance, entry = new_id(), new_id()
    assert cursor.read_sequence(cursor.write_sequence(instance, 7), instance) == 7
    assert cursor.read_place(cursor.write_place("2026-03-14T09:00:00.000Z", entry)) == (
        "2026-03-14T09:00:00.000Z",
        str(entry),
    )


def fill(endpoint: RehearsalEndpoint, page: UUID, entries: list[Entry]) -> None:
    with endpoint.storage.write() as rows:
        for entry in entries:
            op = new_id()
            written = canonical(wire.entry_to_wire(entry, op))
            target = Target(page, OperationKind.ENTRY, entry.id)
            rows.add(target, op, written, strong_etag(written), "", entry.at)


def test_ten_thousand_entries_are_walked_through_and_read(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    made = [live.entry(f"Entry {number}", at=START + timedelta(seconds=number)) for number in range(10_000)]
    fill(endpoint, live.coverage.id, made)
    assert walk(live, 100) == [str(entry.id) for entry in reversed(made)]
    front = live.client.get(f"/live/{live.coverage.id}/")
    assert (front.status_code, "Entry 9999" in front.text, "Entry 9000" in front.text) == (200, True, False)
    added = live.entry("The newest of all", at=START + timedelta(days=1))
    assert live.put_entry(added).status_code == 201
    assert "The newest of all" in live.client.get(f"/live/{live.coverage.id}/").text
