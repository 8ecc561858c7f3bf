"""The proof can fail: pages that leak where a request interceptor is blind are named, each by what leaked."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.consent.catalogue import named
from desktop.consent.scenario import Wait
from desktop.domain.problem import InvalidValue
from ui import consent_check
from ui.command import main
from ui.proof.evidence import outcome
from ui.proof.plan import Plan, Played
from ui.proof.proof import Proof
from ui.proof.results import Left, Result
from ui.proof.subject import of_address, of_file

HEAD = '<!doctype html><meta charset="utf-8"><title>A page</title>'
SERVICE = "navigator.serviceWorker.register('/service.js')"
FEDCM = (
    "navigator.credentials.get({identity: {providers: [{configURL: 'https://fed.example/c.json', clientId: '1'}]}})"
    ".catch(() => {})"
)
STUN = (
    "const line = new RTCPeerConnection({iceServers: [{urls: 'stun:stun.example:3478'}]});"
    "line.createDataChannel('x'); line.createOffer().then((offer) => line.setLocalDescription(offer))"
)
# A frame without a document has a window all the same, and no script of anybody's has run in it.
BLANK = (
    "const frame = document.body.appendChild(document.createElement('iframe'));"
    "new frame.contentWindow.RTCPeerConnection({iceServers: [{urls: 'stun:blank.example'}]})"
)
PARSED = "new frames[0].RTCPeerConnection({iceServers: [{urls: 'stun:parsed.example'}]})"
TRANSPORT = "new WebTransport('https://blob.example:4433/').ready.catch(() => {})"
BLOB = f'new Worker(URL.createObjectURL(new Blob(["{TRANSPORT}"])))'
RULES = '{"prefetch": [{"source": "list", "urls": ["https://rules.example/"]}]}'
# The scenario, the page, and what its verdict must name.
PAGES = {
    "tag": ("first-visit", '<link rel="preconnect" href="https://early.example">', "CONNECT early.example:443"),
    "srcdoc": (
        "first-visit",
        "<iframe srcdoc='<link rel=preconnect href=https://inner.example>'></iframe>",
        "CONNECT inner.example:443",
    ),
    "hint": ("first-visit", '<link rel="dns-prefetch" href="https://dns.example">', "hint https://dns.example/"),
    "stun": ("first-visit", f"<script>{STUN}</script>", "RTCPeerConnection stun:stun.example:3478"),
    "shared": ("first-visit", "<script>new SharedWorker('/shared.js')</script>", "CONNECT shared.example:443"),
    "service": ("first-visit", f"<script>{SERVICE}</script>", "CONNECT service.example:443"),
    "transport": (
        "first-visit",
        "<script>new WebTransport('https://transport.example:4433/').ready.catch(() => {})</script>",
        "WebTransport https://transport.example:4433/",
    ),
    "fedcm": ("first-visit", f"<script>{FEDCM}</script>", "FedCM https://fed.example/c.json"),
    "lazy": (
        "print",
        '<div style="height:90000px"></div><img loading="lazy" alt="" src="https://lazy.example/x.png">',
        "picture https://lazy.example/x.png",
    ),
    "paper": (
        "print",
        "<style>@media print { p { background: url(https://paper.example/x.png) } }</style><p>Words",
        "picture https://paper.example/x.png",
    ),
    "noscript": (
        "javascript-off",
        '<noscript><img alt="" src="https://noscript.example/x.png"></noscript>',
        "picture https://noscript.example/x.png",
    ),
    "blank": (
        "first-visit",
        f"<body><script>{BLANK}</script>",
        "RTCPeerConnection stun:blank.example",
    ),
    "parsed": (
        "first-visit",
        f"<iframe></iframe><script>{PARSED}</script>",
        "RTCPeerConnection stun:parsed.example",
    ),
    "blob": (
        "first-visit",
        f"<script>{BLOB}</script>",
        "WebTransport https://blob.example:4433/",
    ),
    "sandbox": (
        "first-visit",
        "<iframe sandbox='allow-scripts' srcdoc=\"<script>new EventSource('https://sand.example/')</script>\"></iframe>",
        "EventSource https://sand.example/",
    ),
    "rules": (
        "first-visit",
        f"<script type='speculationrules'>{RULES}</script>",
        "https://rules.example/",
    ),
    "refresh": (
        "first-visit",
        '<meta http-equiv="refresh" content="0;url=https://refresh.example/">',
        "navigation https://refresh.example/",
    ),
    "form": (
        "first-visit",
        "<form action='https://form.example/' method='post'></form><script>document.forms[0].submit()</script>",
        "navigation https://form.example/",
    ),
    "own": ("first-visit", "<script>localStorage.visits = 1</script>", "localStorage visits kept before consent"),
    "cookie": (
        "first-visit",
        "<script>document.cookie = 'visits=1'</script>",
        "cookie visits of publisher.invalid before consent",
    ),
    "here": (
        "first-visit",
        "<script>fetch('http://127.0.0.1:9/', {mode: 'no-cors'}).catch(() => {})</script>",
        "http://127.0.0.1:9/",
    ),
    "files": ("files", '<img alt="" src="https://file.example/x.png">', "img https://file.example/x.png in files.html"),
    "wide": (
        "files",
        "<meta http-equiv='Content-Security-Policy' content='default-src *'>",
        "the policy of wide.html allows no more than was forecast",
    ),
}
WORKERS = {"shared.js": "wss://shared.example/", "service.js": "wss://service.example/"}
HONEST = '<p>Words</p><link rel="icon" href="data:,">'


def written(folder: Path, name: str, html: str) -> Path:
    """Write a page, and beside it the workers it may start."""
    for worker, address in WORKERS.items():
        (folder / worker).write_text(f"new WebSocket('{address}');", encoding="utf-8")
    page = folder / f"{name}.html"
    page.write_text(HEAD + html, encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What became of every page, all played in one browser."""
    folder = tmp_path_factory.mktemp("pages")
    plans = []
    for name, (scenario, html, _) in {**PAGES, "honest": ("first-visit", HONEST, "")}.items():
        path = written(folder, name, html)
        plans.append(Plan(named((scenario,))[0], of_file(path)))
    played = asyncio.run(Proof(plans, folder / "out", lanes=1).run())
    return {Path(each.plan.subject.name).stem: each for each in played}


@pytest.mark.parametrize("name", PAGES)
def test_what_leaks_is_named(results: dict[str, Result], name: str) -> None:
    result = results[name]
    assert isinstance(result, Played), result
    assert not outcome([result]).is_good
    found = (*result.verdict.exceeded, *result.verdict.failed)
    assert any(PAGES[name][2] in each for each in found), found


def test_what_leaks_nothing_is_not_accused(results: dict[str, Result]) -> None:
    result = results["honest"]
    assert isinstance(result, Played)
    assert result.verdict.exceeded == ()
    assert outcome([result]).sentence == "0 third-party requests before consent, in 1 rehearsal."


def test_who_waits_for_the_reader_to_have_read_is_seen_when_the_page_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    late = "<script>setTimeout(() => { new Image().src = 'https://late.example/x.png' }, 1500)</script>"
    path.write_text(HEAD + late, encoding="utf-8")
    (staying,) = named(("staying",))
    sooner = replace(staying, steps=(Wait(2.5), *staying.steps[1:]))
    (result,) = asyncio.run(Proof([Plan(sooner, of_file(path))], tmp_path / "out").run())
    assert isinstance(result, Played)
    assert result.verdict.exceeded == ("picture https://late.example/x.png without consent",)


FAULTY = """
import sys
import ui.proof.interceptor
def judge(address, kind, may):
    if "leak" in address:
        raise RuntimeError("the judge is ill")
    return right(address, kind, may)
right, ui.proof.interceptor.judge = ui.proof.interceptor.judge, judge
from ui import consent_check
from ui.command import main
sys.exit(main(["sealed-browser", *sys.argv[1:]]))
"""


def test_an_exception_inside_the_interceptor_lets_nothing_through_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f'{HEAD}<img alt="" src="https://leak.example/x.png">', encoding="utf-8")
    plan = Plan(named(("first-visit",))[0], of_file(path))
    command = (sys.executable, "-c", FAULTY)
    (result,) = asyncio.run(Proof([plan], tmp_path / "out", lanes=1, command=command).run())
    assert isinstance(result, Played)
    assert "picture https://leak.example/x.png (stopped, because it could not be judged)" in result.verdict.exceeded
    assert any("the judge is ill" in each for each in result.verdict.failed)
    assert "CONNECT" not in {each.what for each in result.observed.asked if "leak" in each.address}


FRAIL = """
import os, sys
from pathlib import Path
import ui.proof.browser
def relay(self, number, said):
    tried = Path(sys.argv[1])
    if not tried.exists() or {always}:
        tried.touch()
        os._exit(1)
    right(self, number, said)
right, ui.proof.browser.Browser._relay = ui.proof.browser.Browser._relay, relay
from ui.command import main
sys.exit(main(["sealed-browser", *sys.argv[2:]]))
"""


@pytest.mark.parametrize("always", [False, True])
def test_a_rehearsal_whose_browser_dies_is_played_once_more(tmp_path: Path, *, always: bool) -> None:
    path, tried = tmp_path / "page.html", tmp_path / "tried"
    path.write_text(f"{HEAD}{HONEST}", encoding="utf-8")
    plan = Plan(named(("first-visit",))[0], of_file(path))
    command = (sys.executable, "-c", FRAIL.format(always=always), str(tried))
    (result,) = asyncio.run(Proof([plan], tmp_path / "out", lanes=1, command=command).run())
    assert tried.exists()
    if always:
        assert isinstance(result, Left)
        assert result.is_failure
        assert "stopped working" in result.why
    else:
        assert isinstance(result, Played)
        assert not result.verdict.exceeded


class Early(BaseHTTPRequestHandler):
    """A page whose header asks for an early connection."""

    def do_GET(self) -> None:
        body = f"{HEAD}{HONEST}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Link", "<https://header.example>; rel=preconnect")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's own name
        """Keep quiet."""


@pytest.fixture
def early() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Early)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/live?page=1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_header_that_leaks_ends_the_command_with_1_and_is_named_first(
    early: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "evidence"
    assert main(["consent-check", "--page", early, "--scenario", "first-visit", "--out", str(out)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Beyond the forecast in 1 of 1 rehearsal. First visit (/live?page=1): CONNECT header")
    assert (out / "report.html").read_text().count("header.example:443") >= 2
    assert "no legal opinion" in (out / "report.html").read_text()


BLIND = ("tag", "srcdoc", "stun", "service", "shared", "fedcm", "lazy", "noscript")


@pytest.mark.parametrize("name", BLIND)
def test_the_command_ends_with_1_and_names_what_an_interceptor_alone_is_blind_to(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, html, leak = PAGES[name]
    page, out = written(tmp_path, name, html), tmp_path / "evidence"
    assert main(["consent-check", "--page", str(page), "--scenario", scenario, "--out", str(out)]) == 1
    assert leak in capsys.readouterr().out
    assert leak.split()[-1].split("/")[2 if "//" in leak else 0] in (out / "report.html").read_text()


def test_the_command_ends_with_1_when_the_interceptor_itself_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'{HEAD}<img alt="" src="https://leak.example/x.png">', encoding="utf-8")
    monkeypatch.setattr(consent_check, "Proof", partial(Proof, command=(sys.executable, "-c", FAULTY)))
    out = tmp_path / "evidence"
    assert main(["consent-check", "--page", str(page), "--scenario", "first-visit", "--out", str(out)]) == 1
    assert "picture https://leak.example/x.png" in capsys.readouterr().out


def test_only_pages_of_this_computer_are_put_to_the_proof(tmp_path: Path, early: str) -> None:
    for address in ("https://news.example/", "http://news.example:80/", "http://127.0.0.1/", "http://127.0.0.1:9/"):
        with pytest.raises(InvalidValue):
            asyncio.run(of_address(address))
    assert asyncio.run(of_address(early)).own == {early.split("/")[2]}
    with pytest.raises(InvalidValue, match="could not be read"):
        of_file(tmp_path / "nothing.html")
