import html
import itertools
import json
import random
import re
import subprocess
from pathlib import Path

import pytest

from desktop.consent.address import Address, AddressRefused, read_address

CHROMIUM = Path("/usr/bin/chromium")
TRICKY = (
    *("http://", "https://", "HTTPS://", "https:/", "https:", "//", "/", "\\", "@", ":", "#", "?", "..", ".", "-", "%"),
    *("x.com", "evil.example", "127.0.0.1", "0x7f000001", "2130706433", "017700000001", "1.2.3", "0", "443", ":8080"),
    *("[::1]", "[2606:4700::1111]", "localhost", "a_b.example", "%2e", "%00", "%40", "%2f", "/a/status/1?s=2", "&="),
    *("。", "．", "ｘ.com", "①", "ⓧ.com", "☃.example", "xn--80ak6aa92e.com", "xn--", "аpple.com", "faß.de"),
    *("ẞ", "ı", "İ", "ſ"),
    *("\u00ad", "\u200d", "\u202e", " ", "\t", "{", "}", "|", "^", "'", ";", "("),
)  # fmt: skip


def accepted() -> list[tuple[str, Address]]:
    draw = random.Random(20261122)  # noqa: S311 - the same addresses every time, nothing secret
    typed = {"https://" + "".join(draw.choices(TRICKY, k=draw.randint(1, 5))) for _ in range(4_000)}
    found = []
    for each in sorted(typed):
        try:
            found.append((each, read_address(each)))
        except AddressRefused:
            continue
    return found


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_an_address_leads_where_a_browser_would_go(tmp_path: Path) -> None:
    addresses = accepted()
    assert len(addresses) > 100
    typed = json.dumps([[each, str(address)] for each, address in addresses]).replace("<", "\\u003c")
    page = tmp_path / "page.html"
    script = f"""<!doctype html><meta charset=utf-8><pre></pre><script>
    const host = address => {{ try {{ return new URL(address).hostname }} catch {{ return "" }} }};
    document.querySelector("pre").textContent = JSON.stringify({typed}.map(pair => pair.map(host)));</script>"""
    page.write_text(script, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    shown = subprocess.run([CHROMIUM, *flags, page.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    match = re.search(r"<pre>(.*?)</pre>", shown.stdout, re.DOTALL)
    assert match
    hosts = json.loads(html.unescape(match[1]))
    for (each, address), found in zip(addresses, hosts, strict=True):
        for host in found:
            assert host.strip("[]").rstrip(".") == address.ascii_host, f"{each!r} leads to {host!r}"


def test_the_form_readers_see_is_read_as_the_same_address() -> None:
    for each, address in itertools.islice(accepted(), 400):
        assert read_address(str(address)) == address, each


def test_a_query_is_replaced_and_nothing_else() -> None:
    address = read_address("https://a.example:8443/b?c=d#e")
    assert str(address.with_query("f=g")) == "https://a.example:8443/b?f=g#e"
    assert str(address.with_query("")) == "https://a.example:8443/b#e"
