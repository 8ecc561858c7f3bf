"""Bodies: capped before they are parsed, however they arrive."""

import gzip
import json
import socket
from collections.abc import Iterator

import pytest

from desktop.domain import wire
from desktop.domain.identity import new_id
from desktop.domain.members import canonical
from desktop.rehearsal import body
from desktop.rehearsal.limits import BODY_BYTES
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import CREATE, Publisher, refused

JSON = {**CREATE, "Content-Type": "application/json"}


def test_a_body_at_the_limit_is_parsed_and_one_over_it_is_not(publisher: Publisher) -> None:
    written = canonical(wire.page_to_wire(publisher.coverage, {}, new_id()))
    over = written + b" " * (BODY_BYTES + 1 - len(written))
    refused(publisher.client.put(publisher.page, content=over, headers=JSON), 413, "too-large")
    assert publisher.client.put(publisher.page, content=over[:-1], headers=JSON).status_code == 201


def test_chunked_bodies_are_taken_and_capped(publisher: Publisher) -> None:
    def slices(size: int) -> Iterator[bytes]:
        for start in range(0, len(written), size):
            yield written[start : start + size]

    def flood() -> Iterator[bytes]:
        for _ in range(BODY_BYTES // 60_000 + 2):
            yield b" " * 60_000

    written = canonical(wire.page_to_wire(publisher.coverage, {}, new_id()))
    refused(publisher.client.put(publisher.page, content=flood(), headers=JSON), 413, "too-large")
    assert publisher.client.put(publisher.page, content=slices(7), headers=JSON).status_code == 201


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"id": NaN}',
        b'{"id": 1, "id": 2}',
        b'{"id": 12345678901234567890}',
        b"\xff\xfe\xff",
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"[" * 100_000,
    ],
    ids=range(10),
)
def test_what_is_no_json_object_is_refused(publisher: Publisher, written: bytes) -> None:
    refused(publisher.client.put(publisher.page, content=written, headers=JSON), 400, "bad-request")


def test_a_body_must_be_json_and_uncompressed(publisher: Publisher) -> None:
    written = canonical(wire.page_to_wire(publisher.coverage, {}, new_id()))
    for stated in ({"Content-Type": "text/plain"}, {"Content-Type": "application/json5"}, {}):
        answer = publisher.client.put(publisher.page, content=written, headers={**CREATE, **stated})
        refused(answer, 415, "media-type-unknown")
    zipped = {**JSON, "Content-Encoding": "gzip"}
    answer = publisher.client.put(publisher.page, content=gzip.compress(written), headers=zipped)
    refused(answer, 415, "media-type-unknown")
    stated = {**CREATE, "Content-Type": "Application/JSON; charset=utf-8"}
    assert publisher.client.put(publisher.page, content=written, headers=stated).status_code == 201


def test_text_that_no_store_can_hold_is_cleaned(publisher: Publisher) -> None:
    page = wire.page_to_wire(publisher.coverage, {}, new_id()) | {"headline": "A\ud800B\x00C"}
    answer = publisher.client.put(publisher.page, content=json.dumps(page).encode(), headers=JSON)
    assert (answer.status_code, answer.json()["headline"]) == (201, "A\ufffdB\ufffdC")


def test_a_number_too_large_to_keep_is_refused(publisher: Publisher) -> None:
    page = canonical(wire.page_to_wire(publisher.coverage, {}, new_id()))
    written = page.replace(b'"headline"', b'"house":{"name":1e999},"headline"', 1)
    refused(publisher.client.put(publisher.page, content=written, headers=JSON), 422, "invalid-value")


def test_a_body_that_drips_is_not_waited_for(
    publisher: Publisher, endpoint: RehearsalEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.3)
    host = endpoint.url.removeprefix("http://")
    lines = [
        f"PUT {publisher.page} HTTP/1.1",
        f"Host: {host}",
        f"Authorization: Bearer {endpoint.token}",
        "Live-Environment: rehearsal",
        "If-None-Match: *",
        "Content-Type: application/json",
        "Content-Length: 1000",
    ]
    with socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", "{"]).encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 408 ")
