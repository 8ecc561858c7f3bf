"""A line to WordPress that loses requests and answers: nothing is doubled, nothing lost, and the order stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.entry import Entry
from desktop.domain.text import text
from desktop.publish import backoff
from desktop.publish.runner import Patience
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import Readers
from tests.servers.lossy import LossyLine
from tests.servers.wordpress import WordPress

ENTRIES = 60


def test_sixty_entries_over_a_bad_line_are_there_once_and_in_order(
    newsdesk: Desk, site: WordPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "FIRST", 0.01)
    monkeypatch.setattr(backoff, "LONGEST", 0.05)
    line = LossyLine(site.url, requests=0.10, answers=0.10, cut=0.15, seed=7)
    newsdesk.endpoint = replace(newsdesk.endpoint, url=line.url)
    newsdesk.save()
    began = moment.now() - timedelta(hours=2)
    entries = [_written(newsdesk, number, began) for number in range(ENTRIES)]
    try:
        newsdesk.publish(*entries)
        newsdesk.drain(patience=Patience(failures=200, seconds=120.0), deadline=5.0)
        edited = [_edited(entry) for entry in entries[::6]]
        newsdesk.publish(*edited)
        newsdesk.drain(patience=Patience(failures=200, seconds=120.0), deadline=5.0)
    finally:
        line.stop()
    assert line.spoiled > line.passed / 5
    assert set(newsdesk.states()) == {"done"}
    readers = Readers(site)
    posts = readers.posts(newsdesk)
    assert readers.drafts(newsdesk) == []
    assert [post["title"]["rendered"] for post in posts] == [f"Update {number}" for number in reversed(range(ENTRIES))]
    assert sum("again" in post["content"]["rendered"] for post in posts) == len(edited)


def _written(desk: Desk, number: int, began: datetime) -> Entry:
    entry = replace(desk.write(f"Update {number}"), at=began + timedelta(minutes=number))
    with desk.store.write() as writing:
        writing.put_entry(entry)
    return entry


def _edited(entry: Entry) -> Entry:
    return replace(entry, blocks=(Paragraph(text(f"{entry.headline}, again.")),))
