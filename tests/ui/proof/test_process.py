import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.problem import Problem
from ui.proof import certificate
from ui.proof.process import BrowserFailed, SealedProcess, own_command
from ui.proof.proxy import Passed, Proxy, Reply, Request, Server
from ui.proof.recorders import in_workers

ROOT = Path(__file__).parents[3]
NOSY = b"""<!doctype html><link rel="preconnect" href="https://early.example"><p>hello
<iframe src="https://third.example/f"></iframe><script>
document.cookie = "seen=1";
new RTCPeerConnection({ iceServers: [{ urls: "stun:stun.example:3478" }] });
new SharedWorker("/shared.js");
navigator.credentials.get({ identity: { providers: [{ configURL: "https://fed.example/c.json", clientId: "1" }] } })
  .catch(() => {});
</script>"""


class Watched:
    """A sealed browser around one page, and all that was heard of it."""

    def __init__(self) -> None:
        self.events: list[Mapping[str, Any]] = []
        self.passed: list[Passed] = []
        self.requests: list[Request] = []
        self.mark = ""
        self.loaded = asyncio.Event()

    def hear(self, event: Mapping[str, Any]) -> None:
        self.events.append(event)
        if event["event"] == "loaded":
            self.loaded.set()

    def route(self, host: str, _port: int) -> Server | None:
        return self.serve if host == "page.example" else None

    async def serve(self, request: Request) -> Reply:
        self.requests.append(request)
        if request.path == "/shared.js":
            written = f'{in_workers(self.mark)}new WebSocket("wss://socket.example/");'
            return Reply(written.encode(), "text/javascript")
        return Reply(NOSY, "text/html")


async def visited(watched: Watched, stack: AsyncExitStack) -> SealedProcess:
    made = certificate.make()
    proxy = Proxy(made.context, watched.passed.append)
    proxy.route = watched.route
    await proxy.start()
    stack.push_async_callback(proxy.stop)
    browser = await stack.enter_async_context(SealedProcess(proxy.port, made.fingerprint, watched.hear))
    watched.mark = (await browser.do("visit"))["mark"]
    await browser.do("permit", own=["page.example"])
    await browser.devtools("Network.enable")
    await browser.do("load", address="https://page.example/", days=3, gpc=True)
    await asyncio.wait_for(watched.loaded.wait(), 30)
    await asyncio.sleep(0.5)
    return browser


def test_everything_a_page_tries_is_seen_by_somebody_and_reaches_nobody(tmp_path: Path) -> None:
    watched = Watched()

    async def walk() -> None:
        async with AsyncExitStack() as stack:
            browser = await visited(watched, stack)
            said = await browser.devtools(
                "Runtime.evaluate", expression="navigator.globalPrivacyControl && Date.now() - performance.timeOrigin"
            )
            assert said["result"]["value"] > 3 * 86_400_000
            cookies = (await browser.devtools("Network.getAllCookies"))["cookies"]
            assert [(each["name"], each["domain"]) for each in cookies] == [("seen", "page.example")]
            assert await browser.do("print", path=str(tmp_path / "page.pdf")) is True
            with pytest.raises(BrowserFailed, match="not known here"):
                await browser.do("dance")
            with pytest.raises(BrowserFailed, match="wasn't found"):
                await browser.devtools("Nothing.such")
            await browser.do("leave")
            with pytest.raises(BrowserFailed, match="no visit"):
                await browser.do("permit")

    asyncio.run(walk())
    asked = {each["address"]: each["number"] for each in watched.events if each["event"] == "asked"}
    judged = {each["number"]: each["answer"] for each in watched.events if each["event"] == "judged"}
    assert judged[asked["https://page.example/"]] == "loaded"
    assert judged[asked["https://third.example/f"]] == "refused"
    tried = {(each["what"], each["address"]) for each in watched.events if each["event"] == "attempt"}
    assert tried >= {
        ("RTCPeerConnection", "stun:stun.example:3478"),
        ("FedCM", "https://fed.example/c.json"),
        ("WebSocket", "wss://socket.example/"),
    }
    connected = {each.host: each.is_let for each in watched.passed}
    assert connected == {
        "page.example": True,
        "early.example": False,
        "socket.example": False,
        "fed.example": False,
    }
    assert all(each.headers["sec-gpc"] == "1" for each in watched.requests)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_a_browser_that_dies_is_told_in_a_sentence() -> None:
    async def walk() -> None:
        async with AsyncExitStack() as stack:
            browser = await visited(Watched(), stack)
            os.kill(browser.pid, 9)
            with pytest.raises(BrowserFailed, match="stopped working"):
                await browser.do("leave")

    asyncio.run(walk())


def test_what_cannot_be_started_is_a_problem() -> None:
    async def walk(command: tuple[str, ...]) -> None:
        async with SealedProcess(1, "x", lambda _: None, command):
            raise AssertionError

    for command in (("/nowhere/newsroom",), (sys.executable, "-c", "raise SystemExit('no display')")):
        with pytest.raises(Problem, match=r"started|stopped"):
            asyncio.run(walk(command))


def test_the_frozen_window_starts_the_command_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command()[0] == sys.executable
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for program, command in (("newsroom-console.exe", "newsroom.exe"), ("newsroom", "newsroom")):
        monkeypatch.setattr(sys, "executable", str(Path("programs") / program))
        assert own_command() == (str(Path("programs") / command), "sealed-browser")


def test_the_browser_ends_when_its_input_does() -> None:
    command = [sys.executable, "-m", "ui", "sealed-browser", "--proxy", "1", "--fingerprint", "x"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["event"] == "ready"
        process.stdin.close()
        assert process.wait(timeout=10) == 0
