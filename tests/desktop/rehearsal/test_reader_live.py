"""What the endpoint does for open pages: heads, parts, hints and smaller copies of pictures."""

import json
import time
from dataclasses import replace
from io import BytesIO

import httpx
from PIL import Image as Canvas

from desktop.domain.blocks import Image
from desktop.domain.identity import new_id
from desktop.rehearsal.hints import LISTENERS, Hints
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher, refused
from tests.desktop.rehearsal.test_media import name_of, send


def test_a_head_names_parts_that_stay(live: Publisher) -> None:
    entry = live.entry("The water falls")
    etag = live.put_entry(entry).headers["etag"]
    top = f"/live/{live.coverage.id}"
    head = live.client.get(f"{top}/head.json")
    assert (head.headers["cache-control"], head.headers["live-events"]) == ("no-cache", "events")
    assert live.client.get(f"{top}/head.json", headers={"If-None-Match": head.headers["etag"]}).status_code == 304
    told = head.json()
    part = live.client.get(f"{top}/e/{told['newest'][0]}.html")
    assert "The water falls" in part.text
    assert "immutable" in part.headers["cache-control"]
    live.put_entry(replace(entry, headline="The water rises"), {"If-Match": etag})
    assert live.client.get(f"{top}/head.json").json()["newest"] != told["newest"]
    refused(live.client.get(f"{top}/e/{told['newest'][0]}.html"), 404, "not-found")


def test_who_listens_hears_of_every_change_and_of_no_other_page(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    other = replace(live, coverage=replace(live.coverage, id=new_id()))
    other.put_page()
    with httpx.stream("GET", f"{endpoint.reader_url}{live.coverage.id}/events", timeout=10) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        arriving = stream.iter_lines()
        assert next(arriving) == ": here"
        other.put_entry(other.entry())
        live.put_entry(live.entry())
        assert next(line for line in arriving if line) == "data: news"


def test_nobody_listens_to_a_page_that_is_not_there(live: Publisher) -> None:
    refused(live.client.get(f"/live/{new_id()}/events"), 404, "not-found")
    assert live.client.head(f"/live/{live.coverage.id}/events").status_code == 204


def test_the_endpoint_stops_at_once_with_readers_listening(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    with httpx.stream("GET", f"{endpoint.reader_url}{live.coverage.id}/events", timeout=10) as stream:
        next(stream.iter_lines())
        start = time.monotonic()
        endpoint.stop()
        assert time.monotonic() - start < 3


def test_there_is_an_end_to_listening() -> None:
    hints = Hints()
    hints.close()
    hints.tell(new_id())
    assert LISTENERS > 0


def test_a_smaller_copy_is_made_once_and_goes_with_its_picture(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    out = BytesIO()
    Canvas.new("RGB", (1_200, 600), "teal").save(out, "JPEG")
    send(live, out.getvalue(), "image/jpeg")
    sha256 = name_of(out.getvalue())
    entry = live.entry("The bridge", Image(sha256, "The bridge at noon"))
    etag = live.put_entry(entry).headers["etag"]
    address = f"/live/{live.coverage.id}/media/{sha256}.480.jpg"
    first, second = live.client.get(address), live.client.get(address)
    with Canvas.open(BytesIO(first.content)) as copy:
        assert copy.size == (480, 240)
    assert (second.content, "immutable" in second.headers["cache-control"]) == (first.content, True)
    assert live.client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    refused(live.client.get(address.replace(".480.", ".481.")), 404, "not-found")
    assert json.loads(live.client.get(f"/live/{live.coverage.id}/head.json").content)["newest"]
    copies = endpoint.storage.media_folder.file(sha256).parent.parent / "copies"
    assert len(list(copies.rglob("*.jpg"))) == 1
    live.client.delete(live.at(entry), headers={"If-Match": etag})
    assert list(copies.rglob("*.jpg")) == []
