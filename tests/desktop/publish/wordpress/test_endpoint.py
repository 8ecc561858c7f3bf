"""A real WordPress, published to: what readers see is what the desk put there, once."""

import asyncio
import hashlib
import io
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.request import urlopen
from uuid import UUID

import PIL.Image
import pytest

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Correction
from desktop.domain.identity import new_id
from desktop.domain.members import Json
from desktop.domain.outbox import PARKED
from desktop.domain.text import text
from desktop.publish.conflict import put_on_top
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.line import Changes
from desktop.publish.wordpress.endpoint import WordPressEndpoint
from desktop.store.values import MediaFile
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import Readers
from tests.servers.wordpress import WordPress


def test_a_page_its_summary_and_its_entries_are_there_once(newsdesk: Desk, site: WordPress) -> None:
    point = SummaryPoint(new_id(), "The ferry [MS Anna] is safe")
    newsdesk.coverage = replace(newsdesk.coverage, summary=(point,))
    first, second = newsdesk.write("Trains stop"), newsdesk.write("Harbour <closed> & quiet [gallery]")
    newsdesk.publish(first, second)
    assert [receipt.outcome for receipt in newsdesk.drain(deadline=10.0)] == ["done"] * 4
    readers = Readers(site)
    assert len(readers.posts(newsdesk)) == 2
    page = readers.page(readers.live_page(newsdesk)["link"])
    assert "Harbour &lt;closed&gt; &amp; quiet &#91;gallery], in full." in page
    assert "The ferry &#91;MS Anna] is safe" in page
    assert "Trains stop, in full." in page
    newsdesk.publish(first, second)
    assert newsdesk.drain(deadline=10.0) == ()


def test_edited_corrected_and_withdrawn(newsdesk: Desk, site: WordPress) -> None:
    entry = newsdesk.write("Trains stop")
    newsdesk.publish(entry)
    newsdesk.drain(deadline=10.0)
    edited = replace(entry, blocks=(Paragraph(text("No train runs before six.")),))
    newsdesk.publish(edited)
    newsdesk.drain(deadline=10.0)
    corrected = replace(edited, corrections=(Correction("It was seven, not six.", moment.now()),))
    newsdesk.publish(corrected)
    newsdesk.drain(deadline=10.0)
    readers = Readers(site)
    (post,) = readers.posts(newsdesk)
    assert "No train runs before six." in post["content"]["rendered"]
    assert "It was seven, not six." in post["content"]["rendered"]
    newsdesk.withdraw(corrected)
    newsdesk.drain(deadline=10.0)
    (post,) = readers.posts(newsdesk)
    assert "This was wrong." in post["content"]["rendered"]
    assert "before six" not in post["content"]["rendered"]
    assert newsdesk.states() == ["done"] * 5


def test_pictures_are_sent_once_with_their_words(newsdesk: Desk, site: WordPress) -> None:
    picture = png(640, 400)
    newsdesk.publish(
        newsdesk.write("The quay", pictures=(picture,)), newsdesk.write("The quay again", pictures=(picture,))
    )
    newsdesk.drain(deadline=20.0)
    sha256 = hashlib.sha256(picture).hexdigest()
    readers = Readers(site)
    (stored,) = readers.ask("GET", f"/wp/v2/media?slug=nc-{sha256}")
    assert stored["alt_text"] == "A chart"
    with urlopen(stored["source_url"]) as answer:  # noqa: S310 - the test site
        assert hashlib.sha256(answer.read()).hexdigest() == sha256
    for post in readers.posts(newsdesk):
        assert f'src="{stored["source_url"]}"' in post["content"]["rendered"]
        assert "srcset=" in post["content"]["rendered"]


def test_what_somebody_changed_there_is_a_conflict_and_stays(newsdesk: Desk, site: WordPress) -> None:
    entry = newsdesk.write("Trains stop")
    newsdesk.publish(entry)
    newsdesk.drain(deadline=20.0)
    readers = Readers(site)
    (post,) = readers.posts(newsdesk)
    readers.ask(
        "POST", f"/wp/v2/posts/{post['id']}", {"content": "<p>Trains run again, says the night desk.</p>"}, "admin"
    )
    newsdesk.publish(replace(entry, headline="Trains stop until six"))
    (receipt,) = newsdesk.drain(deadline=20.0)
    assert receipt.outcome == "conflict"
    (post,) = readers.posts(newsdesk)
    assert "says the night desk" in post["content"]["rendered"]
    with newsdesk.store.write() as writing:
        (parked,) = writing.operations(endpoint_id=newsdesk.endpoint.id, states=PARKED)
        put_on_top(writing, parked, moment.now())
    newsdesk.drain(deadline=20.0)
    (post,) = readers.posts(newsdesk)
    assert post["title"]["rendered"] == "Trains stop until six"


@pytest.mark.parametrize("how", ["", "?force=true"])
def test_what_somebody_deleted_there_is_a_conflict(newsdesk: Desk, site: WordPress, how: str) -> None:
    entry = newsdesk.write("Trains stop")
    newsdesk.publish(entry)
    newsdesk.drain(deadline=20.0)
    readers = Readers(site)
    (post,) = readers.posts(newsdesk)
    readers.ask("DELETE", f"/wp/v2/posts/{post['id']}{how}", account="admin")
    newsdesk.publish(replace(entry, headline="Trains stop until six"))
    (receipt,) = newsdesk.drain(deadline=20.0)
    assert receipt.outcome == "conflict"
    assert readers.posts(newsdesk) == []


def test_page_and_summary_change_beside_each_other(newsdesk: Desk, site: WordPress) -> None:
    point = SummaryPoint(new_id(), "Two ferries are out")
    newsdesk.coverage = replace(newsdesk.coverage, summary=(point,))
    newsdesk.publish()
    newsdesk.drain(deadline=20.0)
    changed = replace(point, text="All ferries are in")
    newsdesk.coverage = replace(newsdesk.coverage, headline="Calm over the coast", summary=(changed,))
    newsdesk.publish()
    assert {receipt.outcome for receipt in newsdesk.drain(deadline=20.0)} == {"done"}
    page = Readers(site).live_page(newsdesk)
    assert page["title"]["rendered"] == "Calm over the coast"
    assert "All ferries are in" in page["content"]["rendered"]
    assert "Two ferries" not in page["content"]["rendered"]
    (category,) = Readers(site).ask("GET", f"/wp/v2/categories?slug=live-{newsdesk.coverage.id}")
    assert category["name"] == "Calm over the coast"


def test_an_entry_of_tomorrow_is_seen_today(newsdesk: Desk, site: WordPress) -> None:
    entry = replace(newsdesk.write("The tide table"), at=moment.now() + timedelta(days=1))
    newsdesk.publish(entry)
    newsdesk.drain(deadline=20.0)
    assert [post["title"]["rendered"] for post in Readers(site).posts(newsdesk)] == ["The tide table"]


def test_a_wrong_password_stops_the_endpoint_with_everything_kept(
    newsdesk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", "wrong wrong")
    newsdesk.publish(newsdesk.write("Trains stop"))
    receipts = newsdesk.drain(deadline=20.0)
    assert newsdesk.states() == ["queued", "queued"]
    assert "application password is not the right one" in receipts[0].detail


def test_who_may_not_make_pages_is_refused_in_wordpress_own_words(
    newsdesk: Desk, site: WordPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", site.passwords["author"])
    newsdesk.endpoint = replace(newsdesk.endpoint, account="author")
    newsdesk.save()
    newsdesk.publish(newsdesk.write("Trains stop"))
    newsdesk.drain(deadline=20.0)
    assert newsdesk.states() == ["refused", "queued"]


def test_what_others_changed_is_told(newsdesk: Desk, site: WordPress) -> None:
    entry, other = newsdesk.write("Trains stop"), newsdesk.write("Buses stop")
    newsdesk.publish(entry, other)
    newsdesk.drain(deadline=20.0)

    async def changes(after: str) -> Changes:
        watch = DeadlineWatch()
        line = WordPressEndpoint(newsdesk.endpoint, NoBooks(), watch=watch, deadline=20.0)
        line.use(site.passwords["editor"])
        try:
            return await line.changes(newsdesk.coverage.id, after)
        finally:
            await line.close()
            watch.close()

    first = asyncio.run(changes(""))
    assert {each.target_id for each in first.changes} == {entry.id, other.id}
    readers = Readers(site)
    post = next(post for post in readers.posts(newsdesk) if post["title"]["rendered"] == "Trains stop")
    raw = readers.ask("GET", f"/wp/v2/posts/{post['id']}?context=edit", account="admin")["content"]["raw"]
    time.sleep(1.1)  # its clock ticks in seconds
    readers.ask("POST", f"/wp/v2/posts/{post['id']}", {"content": raw.replace("in full", "and how")}, "admin")
    told = {each.target_id: each for each in asyncio.run(changes(first.cursor)).changes}[entry.id]
    assert told.body is not None
    assert told.body["blocks"][-1] == {"type": "paragraph", "runs": [{"text": "Trains stop, and how."}]}
    assert told.etag != next(each.etag for each in first.changes if each.target_id == entry.id)


def png(width: int, height: int) -> bytes:
    written = io.BytesIO()
    PIL.Image.new("RGB", (width, height), (40, 90, 140)).save(written, "PNG")
    return written.getvalue()


class NoBooks:
    """Books of a desk that only looks."""

    async def page(self, coverage_id: UUID) -> Json | None:
        raise AssertionError(coverage_id)

    async def media(self, shas: tuple[str, ...]) -> Mapping[str, MediaFile]:
        raise AssertionError(shas)

    async def all(self, coverage_id: UUID) -> tuple[Json, ...]:
        raise AssertionError(coverage_id)
