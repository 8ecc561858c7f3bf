import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from ui.sealed.flags import NO_SANDBOX, QUIET, SEAL, sealed


def test_the_seal_is_laid_over_the_switches_that_were_given() -> None:
    given = '--lang=en --host-resolver-rules="MAP * 10.0.0.1" --force-webrtc-ip-handling-policy=default'
    switches = sealed(given, as_root=False)
    assert switches.startswith("--lang=en ")
    assert '--host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"' in switches
    assert "10.0.0.1" not in switches
    assert "policy=default" not in switches


def test_the_seal_is_laid_only_once() -> None:
    once = sealed("", as_root=False)
    assert sealed(once, as_root=False) == once
    assert len((*SEAL, QUIET)) == once.count("--")


def test_the_browser_is_quiet_unless_somebody_wants_to_hear_it() -> None:
    assert QUIET in sealed("", as_root=False)
    assert QUIET not in sealed("--log-level=0", as_root=False)


def test_the_browsers_own_sandbox_is_given_up_as_root_alone() -> None:
    assert NO_SANDBOX not in sealed("", as_root=False)
    assert NO_SANDBOX in sealed("", as_root=True)


def test_sealing_imports_no_browser() -> None:
    code = "import sys; from ui.sealed.flags import seal_environment; seal_environment(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "PySide6.QtWebEngineCore" not in done.stdout


# Everything a request interceptor is blind to, and a picture; the page is loaded with no interceptor at all.
NOSY = """<!doctype html><link rel="preconnect" href="https://early.example">
<link rel="dns-prefetch" href="//dns.example"><img src="https://third.example/x.png" alt=""><script>
const line = new RTCPeerConnection({ iceServers: [{ urls: "stun:stun.example:3478" }] });
line.createDataChannel("x"); line.createOffer().then((offer) => line.setLocalDescription(offer));
</script>"""
WATCHED = """
import sys
from PySide6.QtWidgets import QApplication
from ui.sealed.flags import seal_environment
seal_environment()
app = QApplication([])
import shiboken6
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
profile = QWebEngineProfile()
page = QWebEnginePage(profile)
page.setHtml(sys.argv[1], QUrl("https://page.example/"))
QTimer.singleShot(2500, app.quit)
app.exec()
shiboken6.delete(page)
shiboken6.delete(profile)
"""


def test_under_the_seal_no_name_is_looked_up_and_nothing_is_sent(tmp_path: Path) -> None:
    written = tmp_path / "net.json"
    env = {**os.environ, "QTWEBENGINE_CHROMIUM_FLAGS": f"--log-net-log={written}"}
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", WATCHED, NOSY]
    subprocess.run(command, check=True, cwd=root, env=env, capture_output=True, timeout=60)
    log = json.loads(written.read_text(encoding="utf-8"))
    names = {number: name for name, number in log["constants"]["logEventTypes"].items()}
    events: dict[str, list[dict[str, object]]] = defaultdict(list)
    for event in log["events"]:
        events[names[event["type"]]].append(event.get("params", {}))
    # The browser did want to look names up, and every one of them became the one that does not exist.
    asked = {each["host"] for each in events["HOST_RESOLVER_MANAGER_REQUEST"] if "host" in each}
    assert asked == {"https://~notfound"}
    sent = (
        "HOST_RESOLVER_MANAGER_JOB",
        "HOST_RESOLVER_SYSTEM_TASK",
        "DNS_TRANSACTION",
        "TCP_CONNECT",
        "UDP_BYTES_SENT",
    )
    assert {name: events[name] for name in sent if events[name]} == {}
    assert all(name in log["constants"]["logEventTypes"] for name in sent)
