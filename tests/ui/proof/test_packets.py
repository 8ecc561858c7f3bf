"""Not one packet: a page that tries everything, in a network of its own where every packet is caught."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NETWORK = """
set -e
ip link set lo up
ip link add wire type veth peer name end
sysctl -qw net.ipv6.conf.all.disable_ipv6=1
ip addr add 10.77.0.1/24 dev wire
ip link set wire up
ip link set end up
ip neigh add 10.77.0.2 lladdr 02:00:00:00:00:02 dev wire
ip route add default via 10.77.0.2
exec "$@"
"""
# Numbers need no name to be looked up, so that nothing but the seal stands between them and the wire.
NOSY = """<!doctype html><title>Nosy</title>
<link rel="preconnect" href="https://early.example"><link rel="dns-prefetch" href="//dns.example">
<link rel="preconnect" href="https://198.51.100.1"><img alt="" src="https://198.51.100.2/x.png">
<noscript><img alt="" src="https://198.51.100.3/x.png"></noscript>
<script>
for (const server of ["stun:198.51.100.4:3478", "stun:stun.example:3478", "turn:198.51.100.5:3478?transport=tcp"]) {
  const line = new RTCPeerConnection({ iceServers: [{ urls: server, username: "a", credential: "b" }] });
  line.createDataChannel("x");
  line.createOffer().then((offer) => line.setLocalDescription(offer));
}
new WebTransport("https://198.51.100.6:4433/").ready.catch(() => {});
new WebSocket("wss://198.51.100.7/");
new SharedWorker("/shared.js");
fetch("https://other.example/", { mode: "no-cors" }).catch(() => {});
navigator.sendBeacon("https://198.51.100.8/");
</script>"""
CAUGHT = """
import asyncio, json, socket, struct, sys, threading, time
from pathlib import Path
from desktop.consent.catalogue import named
from ui.proof.proof import Proof, plans
from ui.proof.plan import Played
from ui.proof.subject import of_file

caught = []
def catch(device, wants):
    taken = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0003))
    taken.bind((device, 0))
    def read():
        while True:
            packet, (_, protocol, *_) = taken.recvfrom(2048)
            if protocol != 0x0800:
                continue
            head = (packet[0] & 15) * 4
            to = socket.inet_ntoa(packet[16:20])
            port = struct.unpack("!H", packet[head + 2 : head + 4])[0]
            if wants(port):
                caught.append([device, packet[9], to, port])
    threading.Thread(target=read, daemon=True).start()

catch("wire", lambda port: True)
catch("lo", lambda port: port == 53)
talk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
talk.sendto(b"x", ("198.51.100.99", 9))
talk.sendto(b"x", ("127.0.0.53", 53))
time.sleep(0.3)
control = list(caught)
caught.clear()
page = of_file(Path(sys.argv[1]))
found = asyncio.run(Proof(plans([page], named(("first-visit", "javascript-off", "print"))), Path(sys.argv[2])).run())
asked = sorted({each.what + " " + each.host for one in found if isinstance(one, Played) for each in one.observed.asked})
print(json.dumps({"control": control, "caught": caught, "asked": asked, "played": len(found)}))
"""


def _can_have_a_network() -> bool:
    if not sys.platform.startswith("linux") or not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return os.geteuid() == 0 and subprocess.run(["unshare", "--net", "true"], check=False).returncode == 0


@pytest.mark.skipif(not _can_have_a_network(), reason="a network of one's own needs Linux, ip and root")
def test_no_name_is_looked_up_and_no_packet_leaves(tmp_path: Path) -> None:
    (tmp_path / "shared.js").write_text("new WebSocket('wss://198.51.100.9/');", encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(NOSY, encoding="utf-8")
    watched = [sys.executable, "-c", CAUGHT, str(page), str(tmp_path / "out")]
    command = ["unshare", "--net", "sh", "-c", NETWORK, "sh", *watched]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    # The catch works: what was sent on purpose is in it.
    assert {(device, port) for device, _, _, port in said["control"]} == {("wire", 9), ("lo", 53)}
    assert said["caught"] == [], said["caught"]
    assert said["played"] == 3
    assert set(said["asked"]) >= {
        "CONNECT early.example",
        "CONNECT 198.51.100.1",
        "CONNECT 198.51.100.9",
        "picture 198.51.100.2",
        "picture 198.51.100.3",
        "RTCPeerConnection 198.51.100.4",
        "RTCPeerConnection stun.example",
        "WebTransport 198.51.100.6",
        "ping 198.51.100.8",
    }
