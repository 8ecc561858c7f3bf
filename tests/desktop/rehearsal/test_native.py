"""What the contract says about writing and reading, over a real socket."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest

from desktop.domain import moment, wire
from desktop.domain.blocks import Block, Embed, Gallery, Image, InternalNote, Video
from desktop.domain.coverage import SummaryPoint
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.members import canonical
from desktop.domain.outbox import OperationKind
from desktop.rehearsal.ledger import Target
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import CREATE, Publisher, changes_of, refused


def test_the_service_says_what_it_is(endpoint: RehearsalEndpoint) -> None:
    service = httpx.get(endpoint.url).json()
    assert (service["api"], service["environment"]) == ("live-page/1", "rehearsal")
    assert service["instance"] == str(endpoint.storage.instance)
    assert abs((moment.from_json(service["time"]) - moment.now()).total_seconds()) < 5


def test_a_page_is_created_read_and_changed(publisher: Publisher) -> None:
    created = publisher.put_page()
    assert (created.status_code, created.headers["location"]) == (201, publisher.page)
    read = publisher.client.get(publisher.page)
    assert (read.headers["etag"], read.content) == (created.headers["etag"], created.content)
    changed = publisher.put_page({"If-Match": read.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != created.headers["etag"]


def test_bytes_come_back_as_they_were_sent(live: Publisher) -> None:
    entry, op = live.entry("Ünïcode “quotes” 🌊"), new_id()
    sent = canonical(wire.entry_to_wire(entry, op))
    headers = {**CREATE, "Content-Type": "application/json"}
    live.client.put(live.at(entry), content=sent, headers=headers)
    assert live.client.get(live.at(entry)).content == sent


def test_a_repeated_operation_is_recognised_and_never_applied_again(
    live: Publisher, endpoint: RehearsalEndpoint
) -> None:
    entry, first = live.entry(), new_id()
    created = live.put_entry(entry, op=first)
    newer = live.put_entry(replace(entry, headline="Closed again"), {"If-Match": created.headers["etag"]})
    assert (created.status_code, newer.status_code) == (201, 200)
    for headers in (CREATE, {"If-Match": '"stale"'}):
        again = live.put_entry(entry, headers, first)
        assert (again.status_code, again.headers["etag"]) == (200, created.headers["etag"])
        assert again.json()["op"] == str(first)
    assert live.client.get(live.at(entry)).json()["title"] == "Closed again"
    assert changes_of(endpoint, entry) == 2


def test_an_operation_cannot_carry_another_body(live: Publisher) -> None:
    entry, op = live.entry(), new_id()
    live.put_entry(entry, op=op)
    other = replace(entry, headline="Something else")
    refused(live.put_entry(other, op=op), 422, "operation-reused")


def test_a_conflict_shows_what_stands_and_who_put_it(live: Publisher) -> None:
    entry = live.entry()
    created = live.put_entry(entry, {**CREATE, "Live-By": "Zo%C3%AB"})
    for headers in (CREATE, {"If-Match": '"another"'}, {"If-Match": f"W/{created.headers['etag']}"}):
        stated = refused(live.put_entry(entry, headers), 412, "conflict")
        assert stated["current"] == created.json()
        assert (stated["etag"], stated["by"]) == (created.headers["etag"], "Zoë")


def test_a_write_must_say_what_it_expects(live: Publisher) -> None:
    entry = live.entry()
    body = wire.entry_to_wire(entry, new_id())
    refused(live.client.put(live.at(entry), json=body), 428, "precondition-needed")
    refused(live.put_entry(entry, {"If-Match": '"any"'}), 412, "nothing-to-change")
    refused(live.put_entry(entry, {"If-None-Match": '"some"'}), 400, "bad-request")
    refused(live.put_entry(entry, {"If-Match": "not a tag"}), 400, "bad-request")


def test_a_read_with_a_known_tag_is_not_modified(live: Publisher) -> None:
    etag = live.client.get(live.page).headers["etag"]
    for known in (etag, f'"x", W/{etag}', "*"):
        answer = live.client.get(live.page, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert live.client.get(live.page, headers={"If-None-Match": '"x"'}).status_code == 200


def test_head_answers_as_get_without_a_body(live: Publisher) -> None:
    head, get = live.client.head(live.page), live.client.get(live.page)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", get.headers["etag"])
    assert head.headers["content-length"] == str(len(get.content))


def test_a_summary_has_a_tag_of_its_own(live: Publisher) -> None:
    refused(live.client.get(f"{live.page}/summary"), 404, "summary-missing")
    entry = live.entry()
    covered = replace(live.coverage, summary=(SummaryPoint(new_id(), "The bridge is open", (entry.id,)),))
    body = wire.summary_to_wire(covered, new_id())
    created = live.put(f"{live.page}/summary", body, CREATE)
    assert (created.status_code, live.client.get(f"{live.page}/summary").json()) == (201, body)
    assert live.put_entry(entry).status_code == 201
    unchanged = live.client.get(f"{live.page}/summary", headers={"If-None-Match": created.headers["etag"]})
    assert unchanged.status_code == 304


def test_nothing_belongs_to_a_page_that_is_not_there(publisher: Publisher) -> None:
    entry = publisher.entry()
    refused(publisher.put_entry(entry), 404, "page-missing")
    for address in ("", "/summary", "/entries", "/changes", f"/entries/{entry.id}"):
        refused(publisher.client.get(publisher.page + address), 404, "page-missing")


def test_an_entry_that_is_not_there_is_missing(live: Publisher) -> None:
    refused(live.client.get(live.at(live.entry())), 404, "entry-missing")
    refused(live.client.delete(live.at(live.entry()), headers={"If-Match": "*"}), 404, "entry-missing")


def test_a_withdrawal_keeps_its_place(live: Publisher) -> None:
    entry = live.entry()
    created = live.put_entry(entry)
    withdrawn = replace(entry, withdrawal=Withdrawal("Wrong bridge.", moment.now()))
    assert live.put_entry(withdrawn, {"If-Match": created.headers["etag"]}).status_code == 200
    listed = live.client.get(f"{live.page}/entries").json()["entries"]
    assert [(each["id"], each["state"]) for each in listed] == [(str(entry.id), "retracted")]


def test_a_take_down_is_for_good_and_leaves_no_words(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    entry, op = live.entry("A name that must not stand here"), new_id()
    etag = live.put_entry(entry, op=op).headers["etag"]
    refused(live.client.delete(live.at(entry)), 428, "precondition-needed")
    refused(live.client.delete(live.at(entry), headers={"If-Match": '"old"'}), 412, "conflict")
    assert live.client.delete(live.at(entry), headers={"If-Match": etag}).status_code == 204
    refused(live.client.get(live.at(entry)), 410, "taken-down")
    refused(live.put_entry(entry, op=op), 410, "taken-down")
    refused(live.client.delete(live.at(entry), headers={"If-Match": etag}), 410, "taken-down")
    assert live.client.get(f"{live.page}/entries").json()["entries"] == []
    changes = live.client.get(f"{live.page}/changes").json()["changes"]
    assert [(each["kind"], each["change"]) for each in changes] == [("page", "stored"), ("entry", "removed")]
    with endpoint.storage.read() as rows:
        kept = rows.history(Target(entry.coverage_id, OperationKind.ENTRY, entry.id))
    assert [each.body for each in kept] == [None, None]


def test_an_internal_note_is_refused(live: Publisher) -> None:
    entry = live.entry()
    body = wire.entry_to_wire(entry, new_id())
    body["blocks"].append({"type": "internal_note", "text": InternalNote("Call her back").text})
    stated = refused(live.put(live.at(entry), body, CREATE), 422, "invalid-value")
    assert "internal note" in stated["detail"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": 7},
        {"at": "yesterday"},
        {"at": "2026-11-22T10:00:00"},
        {"state": "draft"},
        {"op": "no id"},
        {"unknown": 1},
        {"blocks": [{"type": "poem"}]},
        {"blocks": [{"type": "image", "media": "../../etc", "alt": ""}]},
    ],
    ids=str,
)
def test_a_body_against_the_rules_is_refused_with_a_sentence(live: Publisher, change: dict[str, Any]) -> None:
    entry = live.entry()
    body = wire.entry_to_wire(entry, new_id()) | change
    assert refused(live.put(live.at(entry), body, CREATE), 422, "invalid-value")["detail"].endswith(".")
    refused(live.client.get(live.at(entry)), 404, "entry-missing")


def test_a_body_must_be_of_its_address(live: Publisher) -> None:
    body = wire.entry_to_wire(live.entry(), new_id())
    refused(live.put(live.at(live.entry()), body, CREATE), 422, "invalid-value")


def test_a_page_stands_where_its_clock_stands(publisher: Publisher) -> None:
    body = wire.page_to_wire(publisher.coverage, {}, new_id())
    body["clock"] = [{"turn": "started", "at": "2026-11-22T10:00:00Z"}]
    refused(publisher.put(publisher.page, body, CREATE), 422, "invalid-value")


def test_an_embed_without_address_is_taken_in_rehearsal(live: Publisher) -> None:
    assert live.put_entry(live.entry("A post", Embed("x", "post"))).status_code == 201


def test_fifty_at_once_create_one_entry(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    entry = live.entry()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: live.put_entry(entry).status_code, range(50)))
    assert sorted(answers) == [201] + [412] * 49
    assert changes_of(endpoint, entry) == 1


def test_fifty_repeats_at_once_are_one_change(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    entry, op = live.entry(), new_id()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: live.put_entry(entry, op=op).status_code, range(50)))
    assert sorted(answers) == [200] * 49 + [201]
    assert changes_of(endpoint, entry) == 1


@pytest.mark.parametrize("endpoint", [Environment.PRODUCTION], indirect=True)
@pytest.mark.parametrize(
    "block",
    [Embed("x", "post"), Image(None, "A bridge"), Gallery((Image(None),)), Video()],
    ids=lambda block: str(block)[:12],
)
def test_nothing_goes_on_air_with_a_hole_in_it(live: Publisher, block: Block) -> None:
    refused(live.put_entry(live.entry("A hole", block)), 422, "invalid-value")


@pytest.mark.parametrize("endpoint", [Environment.PRODUCTION], indirect=True)
def test_nothing_goes_on_air_before_its_pictures(live: Publisher) -> None:
    entry, missing = live.entry("A picture", Image("0" * 64, "A bridge")), "0" * 64
    assert refused(live.put_entry(entry), 422, "media-unsent")["media"] == [missing]
    withdrawn = replace(entry, withdrawal=Withdrawal("Wrong picture.", moment.now()))
    assert live.put_entry(withdrawn).status_code == 201


def test_every_refusal_is_explained_at_its_type(live: Publisher) -> None:
    stated = live.client.get(f"{live.page}/summary").json()
    assert live.client.get(stated["type"]).json() == {
        "type": stated["type"],
        "title": stated["title"],
        "status": 404,
    }
    refused(live.client.get("/problems/unheard-of"), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("POST", "/", {"GET", "HEAD"}),
        ("DELETE", "{page}", {"GET", "HEAD", "PUT"}),
        ("PUT", "{page}/entries", {"GET", "HEAD"}),
        ("PATCH", "{page}/summary", {"GET", "HEAD", "PUT"}),
        ("OPTIONS", "/live/", {"GET", "HEAD"}),
    ],
)
def test_a_method_an_address_does_not_take_is_refused(
    live: Publisher, method: str, address: str, allowed: set[str]
) -> None:
    answer = live.client.request(method, address.format(page=live.page))
    refused(answer, 405, "method-not-allowed")
    assert set(answer.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize("address", ["/nothing", "/pages", "/pages/x", "/pages/1/entries", "/live/x/"])
def test_an_address_without_anything_is_not_found(publisher: Publisher, address: str) -> None:
    refused(publisher.client.get(address), 404, "not-found")
