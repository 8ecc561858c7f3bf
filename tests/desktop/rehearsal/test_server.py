"""The server: starts, stops, survives being killed, keeps its token to itself."""

import json
import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.domain.problem import Problem
from desktop.rehearsal.server import PortTaken, RehearsalEndpoint
from desktop.rehearsal.storage import StorageUnusable
from tests.desktop.rehearsal.publisher import Publisher, changes_of, client_of, entry_of

ROOT = Path(__file__).parents[3]
SERVE = """
import json, sys
from pathlib import Path
from desktop.rehearsal.server import RehearsalEndpoint
endpoint = RehearsalEndpoint(Path(sys.argv[1]))
endpoint.start()
print(json.dumps({"url": endpoint.url, "token": endpoint.token}), flush=True)
endpoint.serve_forever()
print("ended", flush=True)
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Serve from a process of its own."""
    command = [sys.executable, "-W", "error", "-c", SERVE, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def publisher_of(said: dict[str, str], coverage: Coverage) -> Publisher:
    headers = {"Authorization": f"Bearer {said['token']}", "Live-Environment": "rehearsal"}
    return Publisher(httpx.Client(base_url=said["url"], headers=headers, timeout=30), coverage)


def test_a_server_answers_once_it_has_started_and_no_more_once_it_has_stopped(tmp_path: Path) -> None:
    before = threading.active_count()
    endpoint = RehearsalEndpoint(tmp_path)
    endpoint.start()
    endpoint.start()
    url = endpoint.url
    assert endpoint.reader_url == f"{url}/live/"
    assert httpx.get(url).json()["name"] == "Rehearsal"
    endpoint.stop()
    endpoint.stop()
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_stopping_does_not_wait_for_idle_connections(tmp_path: Path) -> None:
    endpoint = RehearsalEndpoint(tmp_path)
    endpoint.start()
    with httpx.Client(base_url=endpoint.url) as client:
        client.get("/")
        stopping = threading.Thread(target=endpoint.stop)
        stopping.start()
        stopping.join(3)
        assert not stopping.is_alive()


def test_a_restart_keeps_the_instance_the_token_and_every_word(tmp_path: Path) -> None:
    endpoint, coverage = RehearsalEndpoint(tmp_path), Coverage(id=new_id(), headline="Flood")
    endpoint.start()
    token, instance = endpoint.token, endpoint.storage.instance
    with client_of(endpoint) as client:
        assert Publisher(client, coverage).put_page().status_code == 201
    endpoint.stop()
    endpoint.start()
    assert (endpoint.token, endpoint.storage.instance) == (token, instance)
    with client_of(endpoint) as client:
        assert client.get(f"/pages/{coverage.id}").json()["headline"] == "Flood"
    endpoint.stop()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_the_token_is_this_users_alone(tmp_path: Path) -> None:
    endpoint = RehearsalEndpoint(tmp_path / "rehearsal")
    endpoint.start()
    endpoint.stop()
    assert stat.S_IMODE((tmp_path / "rehearsal" / "token").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "rehearsal").stat().st_mode) == 0o700


def test_a_token_that_was_given_is_used_and_not_kept(tmp_path: Path) -> None:
    endpoint = RehearsalEndpoint(tmp_path, token="given-by-the-newsroom")
    endpoint.start()
    assert endpoint.token == "given-by-the-newsroom"
    endpoint.stop()
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and b"given-by-the" in path.read_bytes()]
    assert kept == []


def test_a_port_in_use_is_a_problem_and_leaves_the_folder_free(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port}"):
            RehearsalEndpoint(tmp_path, port=port).start()
    with pytest.raises(PortTaken):
        RehearsalEndpoint(tmp_path, port=99_999).start()
    endpoint = RehearsalEndpoint(tmp_path, port=port)
    endpoint.start()
    assert endpoint.url.endswith(f":{port}")
    endpoint.stop()


def test_two_endpoints_never_share_a_folder(endpoint: RehearsalEndpoint, tmp_path: Path) -> None:
    with pytest.raises(StorageUnusable, match="already serving"):
        RehearsalEndpoint(tmp_path / "rehearsal").start()
    assert httpx.get(endpoint.url).status_code == 200


def test_what_was_rehearsed_never_turns_up_on_air(tmp_path: Path) -> None:
    endpoint = RehearsalEndpoint(tmp_path)
    endpoint.start()
    endpoint.stop()
    with pytest.raises(StorageUnusable, match="rehearsal endpoint"):
        RehearsalEndpoint(tmp_path, environment=Environment.PRODUCTION).start()


def test_a_folder_that_cannot_be_used_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "endpoint.sqlite").write_bytes(b"this is no database, whatever its name says" * 40)
    for folder in (tmp_path / "file", tmp_path / "broken"):
        with pytest.raises(Problem, match="cannot be used"):
            RehearsalEndpoint(folder).start()


def test_no_secret_and_no_noise_in_the_logs(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    endpoint = RehearsalEndpoint(tmp_path)
    endpoint.start()
    with client_of(endpoint) as client:
        publisher = Publisher(client, Coverage(id=new_id(), headline="Flood"))
        publisher.put_page()
        publisher.put_page()
        client.get("/nothing")
    token = endpoint.token
    endpoint.stop()
    assert token not in caplog.text
    assert "GET" not in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as (process, said):
        assert httpx.get(said["url"]).status_code == 200
        process.send_signal(number)
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, out, errors) == (0, "ended\n", "")


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_in_the_middle_it_keeps_what_it_acknowledged_and_takes_nothing_twice(tmp_path: Path) -> None:
    coverage = Coverage(id=new_id(), headline="Flood")
    operations: dict[UUID, UUID] = {}
    acknowledged: set[UUID] = set()
    entries = [entry_of(coverage, f"Entry {number}") for number in range(60)]
    for round_ in range(3):
        with served(tmp_path) as (process, said):
            publisher = publisher_of(said, coverage)
            with publisher.client:
                assert publisher.put_page().status_code in {201, 412}
                killer = threading.Timer(0.04 + 0.03 * round_, process.kill)
                killer.start()
                try:
                    for entry in entries:
                        op = operations.setdefault(entry.id, new_id())
                        answer = publisher.put_entry(entry, op=op)
                        assert answer.status_code == (200 if entry.id in acknowledged else answer.status_code)
                        assert answer.status_code in {200, 201}
                        acknowledged.add(entry.id)
                except httpx.TransportError:
                    pass
                killer.join()
    endpoint = RehearsalEndpoint(tmp_path)
    endpoint.start()
    with client_of(endpoint) as client:
        publisher = Publisher(client, coverage)
        for entry in entries:
            answer = publisher.put_entry(entry, op=operations.setdefault(entry.id, new_id()))
            assert answer.status_code == 200 if entry.id in acknowledged else answer.status_code in {200, 201}
        assert len(client.get(f"{publisher.page}/entries", params={"limit": 100}).json()["entries"]) == 60
    assert {changes_of(endpoint, entry) for entry in entries} == {1}
    endpoint.stop()
