from datetime import UTC, datetime

from desktop.consent.placed import embeds_of, embeds_on
from desktop.domain.blocks import Embed, InternalNote, Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import Site

AT = datetime(2026, 3, 1, tzinfo=UTC)
POST = Embed("x", "post", "https://x.com/harbour/status/1234567890", quoted="High <water>", author="Harbour")
FILM = Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk")


def test_the_page_holds_the_embeds_that_the_entries_say() -> None:
    coverage = Coverage(id=new_id(), headline="Storm", zone="Europe/London")
    said = (Paragraph(text("Before.")), InternalNote("Ours alone"), POST, FILM)
    shown = Entry(id=new_id(), coverage_id=coverage.id, at=AT, headline="One", blocks=said)
    taken = Entry(
        id=new_id(), coverage_id=coverage.id, at=AT, headline="Two", blocks=said, withdrawal=Withdrawal("Wrong", AT)
    )
    entries = (shown, taken)
    page = Renderer().file(Site(coverage=coverage, entries=entries, house=House.shipped()), "index.html")
    assert page is not None
    found = embeds_on(page.data.decode())
    placed = embeds_of(entries)
    assert [each.id for each in found] == [each.id for each in placed] == [f"{shown.id}-1", f"{shown.id}-2"]
    assert [each.embed.address for each in found] == [POST.address, FILM.address]
    assert [each.embed.provider for each in found] == ["x", "youtube"]
    assert all(each.frame.startswith("embed/") for each in found)


def test_an_embed_ends_where_its_element_does_however_the_markup_is_written() -> None:
    link = '<p class="original"><a href="https://x.com/harbour/status/1234567890">there</a>'
    page = f'<div class="embed" id="a"><ul><li>one<li>two</ul>{link}</div><a href="https://other.example/">no</a>'
    found = embeds_on(f'{page}<DIV class="wide embed" id="b"><br/><img src="x"><p class="original">no link</p></DIV>')
    assert [(each.id, each.embed.provider) for each in found] == [("a", "x"), ("b", "generic")]
    assert found[1].embed.address is None
