"""Media over a real socket: whole, verified, typed by their own bytes."""

import base64
import hashlib
import io
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from PIL import Image as Pillow

from desktop.domain.blocks import Image
from desktop.rehearsal.limits import MEDIA_BYTES
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher, refused


def picture(format_: str = "PNG", colour: tuple[int, int, int] = (200, 40, 40)) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (31, 17), colour).save(out, format_)
    return out.getvalue()


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def send(publisher: Publisher, data: bytes, media_type: str = "image/png", **headers: str) -> httpx.Response:
    stated = {"Content-Type": media_type, "Content-Digest": digest_of(data), **headers}
    return publisher.client.put(f"/media/{name_of(data)}", content=data, headers=stated)


def test_a_file_is_taken_once_and_comes_back_whole(publisher: Publisher) -> None:
    data = picture()
    address = f"/media/{name_of(data)}"
    refused(publisher.client.get(address), 404, "media-missing")
    assert publisher.client.head(address).status_code == 404
    first, again = send(publisher, data), send(publisher, data)
    assert (first.status_code, first.headers["location"], again.status_code) == (201, address, 204)
    read = publisher.client.get(address)
    assert (read.content, read.headers["content-type"]) == (data, "image/png")
    assert "immutable" in read.headers["cache-control"]
    head = publisher.client.head(address)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(data)), b"")


def test_a_known_file_is_not_sent_again_and_parts_can_be_asked_for(publisher: Publisher) -> None:
    data = picture()
    send(publisher, data)
    address = f"/media/{name_of(data)}"
    etag = publisher.client.get(address).headers["etag"]
    assert publisher.client.get(address, headers={"If-None-Match": etag}).status_code == 304
    part = publisher.client.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, data[4:8])


@pytest.mark.parametrize(
    ("format_", "media_type"), [("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/gif")]
)
def test_each_kind_of_picture_is_known_by_its_bytes(publisher: Publisher, format_: str, media_type: str) -> None:
    data = picture(format_)
    refused(send(publisher, data, "image/png"), 415, "media-type-unknown")
    assert send(publisher, data, media_type).status_code == 201


def test_a_video_is_known_by_its_bytes(publisher: Publisher) -> None:
    assert send(publisher, b"\x00\x00\x00\x20ftypisom" + bytes(64), "video/mp4").status_code == 201
    assert send(publisher, b"\x1aE\xdf\xa3" + bytes(64), "video/webm").status_code == 201


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<html></html>", "image/png"),
        (b"", "image/png"),
        (picture()[:20], "image/png"),
        (picture(), "text/html"),
        (picture(), ""),
    ],
)
def test_what_is_no_picture_is_refused(publisher: Publisher, data: bytes, media_type: str) -> None:
    refused(send(publisher, data, media_type), 415, "media-type-unknown")
    assert publisher.client.head(f"/media/{name_of(data)}").status_code == 404


def test_bytes_must_be_those_announced(publisher: Publisher, tmp_path: Path) -> None:
    data, other = picture(), picture(colour=(0, 0, 0))
    headers = {"Content-Type": "image/png", "Content-Digest": digest_of(data)}
    refused(publisher.client.put(f"/media/{name_of(data)}", content=other, headers=headers), 422, "digest-mismatch")
    refused(publisher.client.put(f"/media/{name_of(other)}", content=other, headers=headers), 422, "digest-mismatch")
    refused(send(publisher, data, **{"Content-Digest": ""}), 400, "bad-request")
    refused(send(publisher, data, **{"Content-Digest": "sha-256=:a:"}), 400, "bad-request")
    assert [path for path in (tmp_path / "rehearsal" / "media").rglob("*") if path.is_file()] == []


def test_a_name_that_is_no_digest_is_not_found(publisher: Publisher) -> None:
    for name in ("x", "A" * 64, "..%2f..%2ftoken"):
        refused(publisher.client.get(f"/media/{name}"), 404, "not-found")


def test_too_large_a_file_is_refused_before_it_is_read(publisher: Publisher, endpoint: RehearsalEndpoint) -> None:
    name = "0" * 64
    lines = [
        f"PUT /media/{name} HTTP/1.1",
        f"Host: {endpoint.url.removeprefix('http://')}",
        f"Authorization: Bearer {endpoint.token}",
        "Live-Environment: rehearsal",
        "Content-Type: image/png",
        f"Content-Digest: sha-256=:{base64.b64encode(bytes(32)).decode()}:",
        f"Content-Length: {MEDIA_BYTES + 1}",
    ]
    host, port = endpoint.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    assert publisher.client.head(f"/media/{name}").status_code == 404


def test_a_broken_off_upload_leaves_nothing(publisher: Publisher, tmp_path: Path) -> None:
    data = picture() + bytes(500_000)

    def cut_off() -> object:
        yield data[:200_000]
        raise ConnectionAbortedError

    headers = {"Content-Type": "image/png", "Content-Digest": digest_of(data), "Content-Length": str(len(data))}
    with pytest.raises(ConnectionAbortedError):
        publisher.client.put(f"/media/{name_of(data)}", content=cut_off(), headers=headers)  # type: ignore[arg-type]  # a generator is an Iterable of bytes
    assert publisher.client.head(f"/media/{name_of(data)}").status_code == 404
    assert send(publisher, data).status_code == 201
    left = [path.name for path in (tmp_path / "rehearsal" / "media").rglob("*") if path.is_file()]
    assert left == [name_of(data)]


def test_many_at_once_send_one_file(publisher: Publisher) -> None:
    data = picture()
    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(lambda _: send(publisher, data).status_code, range(20)))
    assert answers <= {201, 204}
    assert publisher.client.get(f"/media/{name_of(data)}").content == data


def test_a_take_down_removes_the_files_nothing_else_shows(live: Publisher) -> None:
    alone, shared = picture(), picture(colour=(1, 2, 3))
    for data in (alone, shared):
        send(live, data)
    pictures = [Image(name_of(data), "A bridge") for data in (alone, shared)]
    entry, other = live.entry("Two", *pictures), live.entry("One", pictures[1])
    etag = live.put_entry(entry).headers["etag"]
    live.put_entry(other)
    assert live.client.delete(live.at(entry), headers={"If-Match": etag}).status_code == 204
    refused(live.client.get(f"/media/{name_of(alone)}"), 404, "media-missing")
    assert live.client.head(f"/media/{name_of(shared)}").status_code == 200


def test_captions_are_known_by_their_first_word(publisher: Publisher) -> None:
    data = b"WEBVTT\n\n00:00.000 --> 00:01.000\nA horn.\n"
    assert send(publisher, data, "text/vtt").status_code == 201
    assert publisher.client.get(f"/media/{name_of(data)}").headers["content-type"].startswith("text/vtt")
    refused(send(publisher, b"1\n00:00,000 --> 00:01,000\n", "text/vtt"), 415, "media-type-unknown")
