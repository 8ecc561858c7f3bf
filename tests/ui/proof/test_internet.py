import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from desktop.consent.forecast import Reader, forecast
from desktop.consent.placed import embeds_on
from desktop.consent.scenario import Stub
from ui.proof import certificate
from ui.proof.internet import SLOW_SECONDS, UNKNOWN_COOKIE, Internet
from ui.proof.proxy import Passed, Proxy, Reply, Request
from ui.proof.subject import NO_HOST, Subject, of_file

POST = '<div class="embed" id="a"><p class="original"><a href="https://x.com/h/status/1234567890">x</a></p></div>'
FILM = '<div class="embed" id="b"><p class="original"><a href="https://youtu.be/abcdefghijk">x</a></p></div>'


@pytest.fixture
def page(tmp_path: Path) -> Subject:
    (tmp_path / "worker.js").write_text("let a;", encoding="utf-8")
    path = tmp_path / "page.html"
    path.write_text(POST + FILM, encoding="utf-8")
    return of_file(path)


def internet(page: Subject, stub: Stub = Stub.WORKS) -> Internet:
    everybody = forecast(page.placed, Reader(frozenset(each.id for each in page.placed)), page.own)
    return Internet(page, everybody, stub, "mark")


def ask(net: Internet, host: str, path: str = "/", dest: str = "") -> Reply | None:
    server = net.route(host, 443)
    assert server is not None
    answered: Awaitable[Reply | None] = server(Request("GET", "https", host, 443, path, {"sec-fetch-dest": dest}))

    async def wait() -> Reply | None:
        return await answered

    return asyncio.run(wait())


def cookies(reply: Reply | None) -> list[str]:
    assert reply is not None
    return [value.partition("=")[0] for name, value in reply.headers if name == "Set-Cookie"]


def test_only_the_publisher_and_third_parties_of_the_page_are_there(page: Subject) -> None:
    net = internet(page)
    assert len(embeds_on(POST + FILM)) == 2
    assert net.route("platform.twitter.com", 443)
    assert net.route("www.youtube-nocookie.com", 443)
    for host in ("www.instagram.com", "leak.example", "127.0.0.1", "eviltwitter.com"):
        assert net.route(host, 443) is None
    net.is_offline = True
    assert net.route("platform.twitter.com", 443) is None
    assert net.route(NO_HOST, 443) is None


def test_the_publishers_folder_is_served_and_nothing_above_it(page: Subject, tmp_path: Path) -> None:
    net = internet(page)
    (tmp_path.parent / "secret.txt").write_text("no", encoding="utf-8")
    html = ask(net, NO_HOST, "/page.html?x=1")
    assert html is not None
    assert (html.status, html.media_type) == (200, "text/html; charset=utf-8")
    for path in ("/nothing.html", "/../secret.txt", "/%2e%2e/secret.txt", "/"):
        missing = ask(net, NO_HOST, path)
        assert missing is not None
        assert missing.status == 404
    worker = ask(net, NO_HOST, "/worker.js", "sharedworker")
    assert worker is not None
    assert worker.body.endswith(b"let a;")
    assert b"BroadcastChannel" in worker.body
    plain = ask(net, NO_HOST, "/worker.js", "script")
    assert plain is not None
    assert plain.body == b"let a;"


def test_a_provider_puts_a_frame_in_place_and_sets_the_cookies_it_is_known_for(page: Subject) -> None:
    script = ask(internet(page), "platform.twitter.com", "/widgets.js", "script")
    assert script is not None
    assert b"https://platform.twitter.com/rehearsed" in script.body
    assert cookies(script) == ["guest_id"]
    every = cookies(ask(internet(page, Stub.COOKIES), "platform.twitter.com", "/widgets.js", "script"))
    assert {"guest_id", "ct0", UNKNOWN_COOKIE} <= set(every)


@pytest.mark.parametrize(
    ("stub", "status", "said"),
    [
        (Stub.REMOVED, 404, b"no longer available"),
        (Stub.SUSPENDED, 403, b"suspended"),
        (Stub.PRIVATE, 200, b"private"),
        (Stub.AGE_GATED, 200, b"your age"),
        (Stub.ERROR, 503, b"unavailable"),
    ],
)
def test_a_post_that_cannot_be_shown_says_so_in_its_frame_and_has_no_script_for_it(
    page: Subject, stub: Stub, status: int, said: bytes
) -> None:
    frame = ask(internet(page, stub), "www.youtube-nocookie.com", "/embed/abcdefghijk", "iframe")
    assert frame is not None
    assert (frame.status, said in frame.body) == (status, True)
    script = ask(internet(page, stub), "platform.twitter.com", "/widgets.js", "script")
    assert script is not None
    assert b"iframe" not in script.body


def test_a_slow_provider_takes_its_time_and_a_refusing_one_is_not_there(page: Subject) -> None:
    begun = time.perf_counter()
    assert ask(internet(page, Stub.SLOW), "platform.twitter.com", "/", "image") is not None
    assert time.perf_counter() - begun < SLOW_SECONDS / 2
    assert internet(page, Stub.REFUSED).route("platform.twitter.com", 443) is None
    assert internet(page, Stub.REFUSED).route(NO_HOST, 443) is not None


def talk(said: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bytes]]) -> tuple[bytes, list[Passed]]:
    passed: list[Passed] = []

    async def serve(request: Request) -> Reply:
        return Reply(f"{request.scheme} {request.host}:{request.port} {request.path} {request.body!r}".encode())

    async def walk() -> bytes:
        made = await asyncio.to_thread(certificate.make)
        proxy = Proxy(made.context, passed.append)
        proxy.route = lambda host, _port: serve if host in {"a.example", "127.0.0.1"} else None
        await proxy.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        try:
            return await said(reader, writer)
        finally:
            writer.close()
            await proxy.stop()

    return asyncio.run(walk()), passed


def test_plain_requests_are_answered_written_down_and_kept_on_one_connection() -> None:
    async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"POST http://127.0.0.1:80/x?y=1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi")
        first = await reader.readuntil(b"'hi'")
        writer.write(b"GET http://leak.example HTTP/1.1\r\n\r\n")
        return first + await reader.readuntil(b"\r\n\r\n")

    answered, passed = talk(said)
    assert b"http 127.0.0.1:80 /x?y=1 b'hi'" in answered
    assert b"502 Bad Gateway" in answered
    assert [(each.what, each.host, each.is_let) for each in passed] == [
        ("POST", "127.0.0.1", True),
        ("GET", "leak.example", False),
    ]


def test_a_tunnel_ends_in_a_rehearsed_server_or_nowhere() -> None:
    async def inside(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"CONNECT a.example:443 HTTP/1.1\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        blind = ssl.create_default_context()
        blind.check_hostname = False
        blind.verify_mode = ssl.CERT_NONE
        await writer.start_tls(blind, server_hostname="a.example")
        writer.write(b"HEAD /x HTTP/1.1\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"GET /y HTTP/1.1\r\n\r\n")
        return head + await reader.readuntil(b"b''")

    answered, passed = talk(inside)
    assert b"https a.example:443 /y" in answered
    assert b"/x b''" not in answered
    assert [each.address for each in passed] == ["a.example:443"]

    async def outside(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"CONNECT leak.example:443 HTTP/1.1\r\n\r\n")
        return await reader.read()

    answered, passed = talk(outside)
    assert answered.startswith(b"HTTP/1.1 502")
    assert [each.is_let for each in passed] == [False]


@pytest.mark.parametrize("nonsense", [b"\x16\x03\x01", b"GET", b"CONNECT a.example:443 HTTP/1.1\r\n\r\nnot tls at all"])
def test_whoever_speaks_nonsense_is_hung_up_on(nonsense: bytes) -> None:
    async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(nonsense)
        writer.write_eof()
        return await reader.read()

    answered, _ = talk(said)
    assert b"rehearsed" not in answered
