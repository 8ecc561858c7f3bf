"""What publishing to a real WordPress costs beside the requests it needs: a draft and its publication per entry."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

import httpx

from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials
from desktop.publish.runner import Patience
from desktop.publish.wordpress.post import FIELDS
from desktop.store.store import Store
from tests.bench.measure import Figure, interleaved
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import wordpress_at
from tests.servers import wordpress

TITLE: Final = "Publishing to WordPress"
ENTRIES: Final = 16
DELAY: Final = 50  # ms, as a server some way off
ROUNDS: Final = 5
CONTENT: Final = "<!-- wp:html -->\n<div><p>{}, in full.</p></div>\n<!-- /wp:html -->"


def figures() -> Iterator[Figure]:
    """Publish through the outbox and with a bare client, in turn."""
    if reason := wordpress.why_not():
        yield Figure(f"not measured: {reason}", 0.0, "")
        return
    with tempfile.TemporaryDirectory() as folder:
        site = wordpress.start(Path(folder) / "site")
        late = site.folder / "wp-content/mu-plugins/late.php"
        late.write_text(f"<?php usleep({DELAY * 1000});", encoding="utf-8")
        store = Store.open(Path(folder) / "workspace")
        try:
            yield from _measured(site, store)
        finally:
            store.close()
            site.stop()


def _measured(site: wordpress.WordPress, store: Store) -> Iterator[Figure]:
    os.environ["NEWSROOM_TEST_TOKEN"] = site.passwords["editor"]
    desk = Desk(store, Coverage(id=new_id(), headline="Storm"), wordpress_at(site.url), Credentials())
    desk.save()
    desk.publish()
    desk.drain(deadline=30.0)
    with httpx.Client(base_url=f"{site.url}/wp-json/wp/v2", auth=("editor", site.passwords["editor"])) as client:
        (category,) = client.get("/categories", params={"slug": f"live-{desk.coverage.id}"}).json()
        times = interleaved({"bare": lambda: _bare(client, category["id"]), "ours": lambda: _ours(desk)}, ROUNDS)
    bare, ours = (median(times[name]) for name in ("bare", "ours"))
    yield Figure("an entry with the bare requests", bare / ENTRIES * 1000, "ms")
    yield Figure("an entry through the outbox", ours / ENTRIES * 1000, "ms")
    yield Figure(f"{ENTRIES} entries at {DELAY} ms, outbox to bare", ours / bare, "x", limit=1.15)


def _bare(client: httpx.Client, category: int) -> None:
    asked = {"context": "edit", "_fields": FIELDS}
    for number in range(ENTRIES):
        draft = {
            "status": "draft",
            "slug": f"update-{new_id()}",
            "comment_status": "closed",
            "title": f"Update {number}",
            "content": CONTENT.format(number),
            "categories": [category],
            "date_gmt": "2026-01-01T00:00:00",
        }
        made = client.post("/posts", params=asked, json=draft).raise_for_status().json()["id"]
        client.post(f"/posts/{made}", params=asked, json={"status": "publish"}).raise_for_status()


def _ours(desk: Desk) -> None:
    desk.publish(*(desk.write(f"Update {number}") for number in range(ENTRIES)))
    receipts = desk.drain(patience=Patience(seconds=300.0), deadline=30.0)
    if [receipt.outcome for receipt in receipts] != ["done"] * ENTRIES:
        raise RuntimeError([receipt.detail for receipt in receipts])
