"""One line to one server: kept alive, with one deadline, never further than it was sent."""

import asyncio
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.publish.answer import Done, NotSent, Unknown
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.native import NativeEndpoint
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.desktop.publish.scripted import Fault, ScriptedEndpoint


@asynccontextmanager
async def line_to(url: str, deadline: float = 1.0) -> AsyncIterator[NativeEndpoint]:
    line = NativeEndpoint(endpoint_at(url), "let-me-in", deadline=deadline)
    try:
        yield line
    finally:
        await line.close()


def test_one_connection_serves_every_request(desk: Desk, scripted: ScriptedEndpoint) -> None:
    page, entry = desk.publish(desk.write("Trains stop"))

    async def work() -> None:
        async with line_to(scripted.url) as line:
            await line.describe()
            assert isinstance(await line.put(page, None), Done)
            assert isinstance(await line.put(entry, None), Done)
            assert isinstance(await line.read_back(entry, None), Done)
            assert line.skew is not None
            assert abs(line.skew) < 3

    asyncio.run(work())
    assert scripted.connections == 1


def test_a_change_says_what_it_replaces_who_made_it_and_where_it_is_meant_to_go(
    desk: Desk, scripted: ScriptedEndpoint
) -> None:
    page, entry = desk.publish(desk.write("Trains stop"))

    async def work() -> None:
        async with line_to(scripted.url) as line:
            await line.put(page, None)
            await line.put(replace(entry, by="Zoë Ng"), '"7"')

    asyncio.run(work())
    first, second = (request.headers for request in scripted.changes())
    assert (first["if-none-match"], first["live-environment"]) == ("*", "rehearsal")
    assert (first["idempotency-key"], first["authorization"]) == (str(page.id), "Bearer let-me-in")
    assert (first["accept-encoding"], first["user-agent"]) == ("identity", "newsroom-console")
    assert (second["if-match"], second["live-by"]) == ('"7"', "Zo%C3%AB%20Ng")
    assert "if-none-match" not in second


def test_the_environment_s_proxies_are_not_asked(
    desk: Desk, scripted: ScriptedEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    page, _ = desk.publish(desk.write("Trains stop"))

    async def work() -> None:
        async with line_to(scripted.url) as line:
            assert isinstance(await line.put(page, None), Done)

    asyncio.run(work())


@pytest.mark.parametrize("fault", [Fault.HANG_BEFORE, Fault.DRIP])
def test_one_deadline_holds_for_the_whole_request(fault: Fault, desk: Desk, scripted: ScriptedEndpoint) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    scripted.script([fault])

    async def work() -> object:
        async with line_to(scripted.url, deadline=0.4) as line:
            return await line.put(page, None)

    started = time.monotonic()
    answer = asyncio.run(work())
    assert isinstance(answer, Unknown)
    assert "0.4 seconds" in answer.reason
    assert time.monotonic() - started < 2


def test_a_huge_answer_is_not_read_to_its_end(desk: Desk, scripted: ScriptedEndpoint) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    scripted.script([Fault.HUGE])

    async def work() -> object:
        async with line_to(scripted.url) as line:
            return await line.put(page, None)

    answer = asyncio.run(work())
    assert isinstance(answer, Unknown)
    assert "too large" in answer.reason


def test_nothing_was_sent_where_nobody_answers(desk: Desk, scripted: ScriptedEndpoint) -> None:
    page, _ = desk.publish(desk.write("Trains stop"))
    scripted.stop()

    async def work() -> None:
        async with line_to(scripted.url) as line:
            assert isinstance(await line.put(page, None), NotSent)
            assert isinstance(await line.read_back(page, None), Unknown)
            with pytest.raises(EndpointUnreachable, match="Nothing answers"):
                await line.describe()

    asyncio.run(work())


def test_a_redirect_is_named_and_not_followed(scripted: ScriptedEndpoint) -> None:
    with _answering(
        b"HTTP/1.1 301 Moved\r\nLocation: " + scripted.url.encode() + b"/\r\nContent-Length: 0\r\n\r\n"
    ) as url:

        async def work() -> None:
            async with line_to(url) as line:
                with pytest.raises(NotALivePage, match=r"127\.0\.0\.1"):
                    await line.describe()

        asyncio.run(work())
    assert scripted.requests == []


def test_a_certificate_nobody_vouches_for_is_refused_before_a_byte_is_sent(tmp_path: Path, desk: Desk) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    page, _ = desk.publish(desk.write("Trains stop"))
    with _answering(b"", _self_signed(tmp_path)) as url:

        async def work() -> object:
            async with line_to(url) as line:
                return await line.put(page, None)

        answer = asyncio.run(work())
    assert isinstance(answer, NotSent)
    assert "certificate" in answer.reason


def _self_signed(folder: Path) -> ssl.SSLContext:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=127.0.0.1"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@contextmanager
def _answering(answer: bytes, secured: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that answers one request with the same bytes, whatever it is."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            try:
                speaking = secured.wrap_socket(connection, server_side=True) if secured else connection
                speaking.recv(10_000)
                speaking.sendall(answer)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    scheme = "https" if secured else "http"
    yield f"{scheme}://127.0.0.1:{listening.getsockname()[1]}"
    thread.join(5)
    listening.close()
