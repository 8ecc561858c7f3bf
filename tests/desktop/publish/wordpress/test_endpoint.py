"""A real WordPress, published to: what readers see is what the desk put there, once."""

from dataclasses import replace

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Correction
from desktop.domain.identity import new_id
from desktop.domain.text import text
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
