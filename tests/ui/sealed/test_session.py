import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from ui.sealed.check import load_once
from ui.sealed.requests import Kind, Party, Verdict
from ui.sealed.scheme import Served
from ui.sealed.session import Session
from ui.tasks import Tasks

Visit = Callable[..., Session]
HTML = "text/html; charset=utf-8"

# What a careless page does: a policy of its own that lets strangers in, and every common way of asking them.
LEAKY = b"""<!doctype html><title>Leaky</title>
<link rel="stylesheet" href="own.css"><link rel="stylesheet" href="https://style.example/a.css">
<img src="https://third.example/x.png" alt=""><iframe src="https://frame.example/"></iframe>
<script src="https://script.example/w.js"></script>
<script>fetch("https://beacon.example/b").catch(() => {}); new WebSocket("wss://socket.example/s");
navigator.sendBeacon("https://ping.example/p"); open("https://popup.example/");</script>
<div style="height: 5000px"></div><img src="https://late.example/y.png" loading="lazy" alt="">"""
# 'self' has to mean this page under a scheme of our own, or the page would stand here without its style and script.
STRICT = b"""<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="stylesheet" href="own.css"><script src="own.js" defer></script><script>window.inline = 1</script>
<p id="p">Text</p><iframe sandbox="allow-scripts" src="frames/a.html"></iframe><!--"""


def _nothing(_path: str) -> None:
    return None


def _value(qtbot: QtBot, session: Session, script: str) -> Any:
    answers: list[Any] = []
    session.run(script, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


def test_every_stranger_a_page_asks_is_listed_and_blocked(visit: Visit, qtbot: QtBot) -> None:
    session = visit({"index.html": (HTML, LEAKY), "own.css": ("text/css", b"p {}")})
    session.run("scrollTo(0, document.body.scrollHeight)")
    expected = {
        "third.example": Kind.PICTURE,
        "late.example": Kind.PICTURE,
        "style.example": Kind.STYLE,
        "frame.example": Kind.FRAME,
        "script.example": Kind.SCRIPT,
        "beacon.example": Kind.DATA,
        "socket.example": Kind.DATA,
        "ping.example": Kind.PING,
    }

    def strangers() -> dict[str, Kind]:
        return {each.host: each.kind for each in session.requests if each.party is Party.THIRD}

    qtbot.waitUntil(lambda: len(strangers()) == len(expected), timeout=10_000)
    assert strangers() == expected
    assert all(each.verdict is Verdict.BLOCKED for each in session.requests if each.party is Party.THIRD)
    assert [each.address for each in session.requests if each.verdict is Verdict.LOADED] == [
        "coverage://page/",
        "coverage://page/own.css",
    ]


def test_a_large_page_stands_whole_and_its_policy_means_itself(visit: Visit, qtbot: QtBot) -> None:
    large = STRICT + b"x" * 3_000_000 + b"--><p id='end'>The end</p><img src='gone.png' alt=''>"
    session = visit(
        {
            "index.html": (HTML, large),
            "own.css": ("text/css", b"p { color: rgb(1, 2, 3) }"),
            "own.js": ("text/javascript", b"document.title = 'script ran ' + (window.inline || 0)"),
            "frames/a.html": (HTML, b"<script src='../own.js'></script>"),
        }
    )
    script = "JSON.stringify([document.title, getComputedStyle(p).color, document.getElementById('end').innerText])"
    assert json.loads(_value(qtbot, session, f"const p = document.getElementById('p'); {script}")) == [
        "script ran 0",
        "rgb(1, 2, 3)",
        "The end",
    ]
    verdicts = {each.address.removeprefix("coverage://page/"): each.verdict for each in session.requests}
    assert verdicts.pop("gone.png") is Verdict.FAILED
    assert set(verdicts) == {"", "own.css", "own.js", "frames/a.html"}
    assert set(verdicts.values()) == {Verdict.LOADED}


def test_without_javascript_the_pages_scripts_stay_silent_and_ours_run(visit: Visit, qtbot: QtBot) -> None:
    session = visit(
        {"index.html": (HTML, b"<title>off</title><script>document.title = 'on'</script>")}, javascript=False
    )
    assert _value(qtbot, session, "document.title") == "off"


def test_a_page_that_is_not_there_fails_and_a_crash_is_told_and_survived(visit: Visit, qtbot: QtBot) -> None:
    session = visit({"index.html": (HTML, b"<title>here</title>")})
    with qtbot.waitSignal(session.failed, timeout=10_000):
        session.open("nowhere.html")
    with qtbot.waitSignal(session.crashed, timeout=20_000):
        session.page.load("chrome://crash")
    with qtbot.waitSignal(session.loaded, timeout=20_000):
        session.open()
    assert _value(qtbot, session, "document.title") == "here"


def test_a_script_cannot_lead_the_person_outside(visit: Visit, qtbot: QtBot) -> None:
    session = visit({"index.html": (HTML, b"<a id='a' href='https://out.example/'>out</a>")})
    led: list[object] = []
    session.outside_requested.connect(led.append)
    session.run("document.getElementById('a').click(); location = 'https://out.example/'")
    assert _value(qtbot, session, "document.getElementById('a').href") == "https://out.example/"
    qtbot.wait(200)
    assert led == []
    session.page.clicked_lately = lambda: True
    session.run("document.getElementById('a').click()")
    qtbot.waitUntil(lambda: bool(led))
    assert not any(each.host == "out.example" for each in session.requests)


def test_load_once_tells_whether_a_page_can_be_shown(tasks: Tasks, qtbot: QtBot) -> None:
    good = tasks.start(load_once("<p>Hello"), "good")
    bad = tasks.start(load_once(_nothing), "bad")
    qtbot.waitUntil(lambda: good.done() and bad.done(), timeout=30_000)
    assert (good.result(), bad.result()) == (True, False)


def test_a_fault_in_the_interceptor_lets_nothing_through(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ui.sealed.interceptor.log", fail)
    session = Session({"index.html": Served(HTML, b"<p>Hello")}.get, tasks, "page")
    with capture_exceptions() as errors, qtbot.waitSignal(session.failed, timeout=20_000):
        session.open()
    session.close()
    assert {error for error, *_ in errors} == {ZeroDivisionError}


UNTIDY = """
import asyncio
from PySide6.QtWidgets import QApplication
from ui.sealed.flags import seal_environment
seal_environment()
from ui import loop
from ui.tasks import Tasks
app = QApplication([])
async def main():
    from ui.sealed.check import load_once
    from ui.sealed.browser import SealedBrowser
    from ui.sealed.scheme import Served
    global browser, tasks
    tasks = Tasks()
    print("loaded", await load_once("<p>Hello"))
    browser = SealedBrowser(tasks)
    browser.show()
    shown = asyncio.Event()
    browser.loaded.connect(shown.set)
    browser.visit({"index.html": Served("text/html", b"<p>left open")}.get, "page").open()
    await shown.wait()
    return 0
raise SystemExit(loop.run(app, main))
"""


def test_a_process_that_tidies_nothing_still_ends_in_silence() -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", UNTIDY], capture_output=True, text=True, check=False, cwd=root, timeout=90
    )
    assert (done.returncode, done.stdout.strip()) == (0, "loaded True")
    assert "profile" not in done.stderr.lower()
    assert "Traceback" not in done.stderr
