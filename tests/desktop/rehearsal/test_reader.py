"""The reader's page, served from what was published and nothing else."""

from dataclasses import replace

import httpx
import pytest

from desktop.domain import moment, wire
from desktop.domain.blocks import Embed, Image
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import SummaryPoint
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.members import Json
from desktop.page.house import House
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.rehearsal.shelf import read_page
from tests.desktop.rehearsal.publisher import Publisher, refused
from tests.desktop.rehearsal.test_media import name_of, picture, send


def page(publisher: Publisher, path: str = "") -> httpx.Response:
    return publisher.client.get(f"/live/{publisher.coverage.id}/{path}")


def test_every_page_is_listed_by_its_headline(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    hostile = replace(live, coverage=replace(live.coverage, id=new_id(), headline="<script>alert(1)</script>"))
    hostile.put_page()
    listed = httpx.get(endpoint.reader_url)
    assert listed.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<a href="{live.coverage.id}/">{live.coverage.headline}</a>' in listed.text
    assert "&lt;script&gt;" in listed.text
    assert "<script" not in listed.text


def test_an_endpoint_without_pages_says_so(endpoint: RehearsalEndpoint) -> None:
    assert "No page has been published yet." in httpx.get(endpoint.reader_url).text


def test_a_page_shows_what_was_published_and_follows_every_change(live: Publisher) -> None:
    entry = live.entry("The water falls")
    etag = live.put_entry(entry).headers["etag"]
    assert "The water falls" in page(live).text
    edited = live.put_entry(replace(entry, headline="The water rises"), {"If-Match": etag})
    assert "The water rises" in page(live).text
    summary = replace(live.coverage, summary=(SummaryPoint(new_id(), "One thing to know", (entry.id,)),))
    live.put(f"{live.page}/summary", wire.summary_to_wire(summary, new_id()))
    assert "One thing to know" in page(live).text
    withdrawn = replace(entry, withdrawal=Withdrawal("The gauge was broken.", moment.now()))
    gone = live.put_entry(withdrawn, {"If-Match": edited.headers["etag"]})
    assert "The gauge was broken." in page(live).text
    live.client.delete(live.at(entry), headers={"If-Match": gone.headers["etag"]})
    assert "The gauge was broken." not in page(live).text


def test_a_rehearsal_is_marked_and_production_is_not(live: Publisher) -> None:
    assert "noindex" in page(live).text


@pytest.mark.parametrize("endpoint", [Environment.PRODUCTION], indirect=True)
def test_what_is_on_air_carries_no_mark(live: Publisher) -> None:
    assert page(live).status_code == 200
    assert "noindex" not in page(live).text


def test_a_page_nobody_changed_is_not_sent_again(live: Publisher) -> None:
    live.put_entry(live.entry())
    first = page(live)
    assert first.headers["cache-control"] == "no-cache"
    known = {"If-None-Match": first.headers["etag"]}
    address = f"/live/{live.coverage.id}/"
    assert live.client.get(address, headers=known).status_code == 304
    live.put_entry(live.entry("News"))
    assert live.client.get(address, headers=known).status_code == 200


def test_a_page_has_its_style_and_keeps_strangers_from_framing_it(live: Publisher) -> None:
    assert page(live, "page.css").headers["content-type"].startswith("text/css")
    headers = page(live).headers
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["referrer-policy"] == "same-origin"
    head = live.client.head(f"/live/{live.coverage.id}/")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", headers["etag"])


def test_slashes_are_put_right(live: Publisher) -> None:
    top = f"/live/{live.coverage.id}"
    for wrong, right in (
        ("/live", "/live/"),
        (top, f"{top}/"),
        (f"{top}?from=mail", f"{top}/?from=mail"),
        (f"{top}/index.html/", f"{top}/index.html"),
    ):
        answer = live.client.get(wrong)
        assert (answer.status_code, answer.headers["location"]) == (308, right)


def test_what_is_not_there_is_not_found(live: Publisher) -> None:
    for path in ("nothing.html", "media/x.png", "..%2f..%2fetc%2fpasswd", "embed/x/"):
        refused(page(live, path), 404, "not-found")
    refused(live.client.get(f"/live/{new_id()}/"), 404, "not-found")


def test_pictures_are_served_where_the_page_shows_them(live: Publisher) -> None:
    data = picture()
    send(live, data)
    path = f"media/{name_of(data)}.png"
    refused(page(live, path), 404, "not-found")
    entry = live.entry("The bridge", Image(name_of(data), "The bridge at noon"))
    etag = live.put_entry(entry).headers["etag"]
    assert path in page(live).text
    shown = page(live, path)
    assert (shown.content, "immutable" in shown.headers["cache-control"]) == (data, True)
    live.put_entry(replace(entry, withdrawal=Withdrawal("Not ours to show.", moment.now())), {"If-Match": etag})
    refused(page(live, path), 404, "not-found")


def test_a_picture_that_arrives_after_its_entry_appears(live: Publisher) -> None:
    data = picture()
    live.put_entry(live.entry("The bridge", Image(name_of(data), "The bridge at noon")))
    assert f"media/{name_of(data)}.png" not in page(live).text
    send(live, data)
    assert f"media/{name_of(data)}.png" in page(live).text


def test_an_accepted_embed_has_a_frame_of_its_own(live: Publisher) -> None:
    entry = live.entry("A film", Embed("youtube", "video", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"))
    live.put_entry(entry)
    found = [part.split('"')[0] for part in page(live).text.split('"embed/')[1:]]
    assert found
    assert page(live, f"embed/{found[0]}").headers["content-type"].startswith("text/html")


def test_a_page_is_worded_by_the_profile_it_carries(publisher: Publisher) -> None:
    house = House.shipped().to_json()
    house["publisher"]["name"] = "The Valley Herald"
    body = wire.page_to_wire(publisher.coverage, house, new_id())
    assert publisher.put(publisher.page, body).status_code == 201
    assert "The Valley Herald" in page(publisher).text


def test_a_profile_that_cannot_word_a_page_is_refused(publisher: Publisher) -> None:
    for house in ({"language": "en-GB"}, {"name": "ours", "colour": "red"}):
        body = wire.page_to_wire(publisher.coverage, house, new_id())
        refused(publisher.put(publisher.page, body), 422, "invalid-value")


@pytest.mark.parametrize(
    ("stated", "turns"),
    [
        ({"state": "upcoming"}, []),
        ({"state": "live", "coverage_start": "2026-11-22T09:00:00Z"}, [ClockTurn.STARTED]),
        ({"state": "live"}, [ClockTurn.STARTED]),
        ({"state": "paused", "resumes_at": "2026-11-23T06:00:00Z"}, [ClockTurn.STARTED, ClockTurn.PAUSED]),
        ({"state": "ended", "coverage_start": "2026-11-22T09:00:00Z"}, [ClockTurn.STARTED, ClockTurn.ENDED]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_page_without_a_clock_stands_where_it_says(stated: Json, turns: list[ClockTurn]) -> None:
    written = {"id": str(new_id()), "op": str(new_id()), "headline": "H", **stated}
    coverage, house = read_page(written, moment.from_json("2026-11-22T12:00:00Z"))
    assert [event.turn for event in coverage.clock] == turns
    assert house == House.shipped()
    for event in coverage.clock:
        assert isinstance(event, ClockEvent)


def test_a_page_outlives_the_profile_it_came_with() -> None:
    house = {"name": "ours", "language": "fr"}
    written = {"id": str(new_id()), "op": str(new_id()), "headline": "H", "state": "upcoming", "house": house}
    assert read_page(written, moment.now())[1] == House.shipped()
