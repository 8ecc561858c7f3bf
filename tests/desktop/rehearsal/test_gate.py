"""Strangers are refused: other hosts, other origins, writers without the token or of another environment."""

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from desktop.domain.endpoint import Environment
from desktop.rehearsal import app
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.rehearsal.storage import Storage
from tests.desktop.rehearsal.publisher import Publisher, refused


def port_of(endpoint: RehearsalEndpoint) -> int:
    return int(endpoint.url.rpartition(":")[2])


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_loopback_names_are_ours(endpoint: RehearsalEndpoint, name: str) -> None:
    assert httpx.get(endpoint.url, headers={"Host": f"{name}:{port_of(endpoint)}"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/live/", "/nothing", "/openapi.json"])
def test_a_rebound_name_reads_nothing(endpoint: RehearsalEndpoint, path: str) -> None:
    for host in (f"evil.example:{port_of(endpoint)}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"):
        refused(httpx.get(endpoint.url + path, headers={"Host": host}), 403, "stranger")


def test_two_hosts_are_none(endpoint: RehearsalEndpoint) -> None:
    with socket.create_connection(("127.0.0.1", port_of(endpoint)), timeout=10) as connection:
        ours = f"Host: 127.0.0.1:{port_of(endpoint)}\r\n"
        connection.sendall(f"GET / HTTP/1.1\r\n{ours}Host: evil.example\r\n\r\n".encode())
        assert connection.recv(64).split()[1] in {b"400", b"403"}


def test_another_origin_is_refused_and_ours_is_not(publisher: Publisher, endpoint: RehearsalEndpoint) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        refused(publisher.client.get("/", headers={"Origin": origin}), 403, "stranger")
        refused(publisher.client.put(publisher.page, json={}, headers={"Origin": origin}), 403, "stranger")
    assert publisher.client.get("/", headers={"Origin": endpoint.url}).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic d3Jvbmc=", "Bearer é"])
def test_writing_needs_the_token(endpoint: RehearsalEndpoint, publisher: Publisher, given: str) -> None:
    headers = {b"Authorization": given.encode("latin-1"), b"Live-Environment": b"rehearsal", b"If-None-Match": b"*"}
    for method in ("PUT", "DELETE", "POST", "PATCH"):
        answer = httpx.request(method, endpoint.url + publisher.page, headers=headers)
        refused(answer, 401, "token-needed")
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    refused(publisher.client.get(publisher.page), 404, "page-missing")


def test_reading_needs_no_token(live: Publisher, endpoint: RehearsalEndpoint) -> None:
    assert httpx.get(endpoint.url + live.page).status_code == 200


@pytest.mark.parametrize("stated", ["production", "test", "", "Rehearsal"])
def test_a_writer_of_another_environment_is_refused(publisher: Publisher, stated: str) -> None:
    answer = publisher.put_page({"If-None-Match": "*", "Live-Environment": stated})
    assert refused(answer, 409, "environment-mismatch")["environment"] == "rehearsal"
    refused(publisher.client.get(publisher.page), 404, "page-missing")


def test_every_answer_forbids_guessing_at_types(publisher: Publisher) -> None:
    for path in ("/", "/nothing", publisher.page, "/live/"):
        answer = publisher.client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


async def _ask(storage: Storage, host: str) -> int:
    built = app.build(storage, environment=Environment.PRODUCTION, token="t", hosts=["live.example"])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(built), base_url=f"https://{host}") as client:
        return (await client.get("/")).status_code


def test_a_hosted_endpoint_answers_to_its_own_name(tmp_path: Path) -> None:
    storage = Storage.open(tmp_path, Environment.PRODUCTION)
    try:
        answers = [asyncio.run(_ask(storage, host)) for host in ("live.example", "localhost", "evil.example")]
    finally:
        storage.close()
    assert answers == [200, 403, 403]
