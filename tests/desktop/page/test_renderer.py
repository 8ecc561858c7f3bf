import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element

import html5lib
import pytest

from desktop.domain.blocks import Embed, Image, InternalNote, Paragraph
from desktop.domain.text import text
from desktop.page.house import House
from desktop.page.pages import pages
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from tests.desktop.page.harbour import POST, entry, full_site, site


def html(shown: Site, path: str = "index.html") -> str:
    file = Renderer().file(shown, path)
    assert file is not None
    return file.data.decode()


def tree(written: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parsed: Element = parser.parse(written)
    assert [error for error in parser.errors if error[1] != "expected-doctype-but-got-chars"] == []
    return parsed


def said(element: Element) -> Iterator[str]:
    """Read an element as a reader does: text nodes in their order, an alt where its picture stands."""
    if element.tag in {"script", "style", "title"}:
        return
    if element.tag == "img":
        yield element.get("alt", "")
    yield element.text or ""
    for child in element:
        yield from said(child)
        yield child.tail or ""


def words(written: str) -> str:
    body = tree(written).find("body")
    assert body is not None
    return " ".join(" ".join(said(body)).split()).replace(" ,", ",")


def elements(written: str, name: str) -> list[Element]:
    return list(tree(written).iter(name))


def in_order(spoken: str, sentences: list[str]) -> None:
    at = 0
    for sentence in sentences:
        found = spoken.find(sentence, at)
        assert found >= 0, f"“{sentence}” does not stand after “{spoken[max(0, at - 80) : at]}”"
        at = found + len(sentence)


def test_every_kind_of_block_is_said_in_its_order() -> None:
    house = House.shipped()
    gate = house.embed_words(Embed("x", address=POST), 2)
    in_order(
        words(html(full_site())),
        [
            "Harbour bridge closed after the storm",
            "What we know",
            "The harbour bridge is closed after the storm",
            "Ferries run every ten minutes instead",
            "An embed without its address published at 12:25",
            house.embed_words(Embed("x"), 1)["unavailable"] + " Open the post on X This newsroom does not",
            "Ferries take over published at 12:15 Greenwich Mean Time on Saturday 14 March 2026",
            "The bridge in fog Picture by Quay Agency Picture shows: The bridge at dawn",
            "A full ferry Picture by Quay Agency",
            "A queue",
            "Clip shows: The first ferry leaves the quay",
            "Every ten minutes, free of charge.",
            "We first wrote every five minutes.",
            "What people see from the shore",
            "We could not yet confirm when the clips were filmed.",
            gate["unavailable"],
            "The cables are singing. Never heard that. Harbour desk, 14 March 2026",
            gate["unavailable"],
            "Second look at the deck.",
            gate["original"] + ", external",
            gate["disclaimer"],
            gate["skip"],
            gate["question"],
            gate["permission"],
            "Load it once Always load X Not now",
            gate["disclaimer"],
            gate["end"],
            "Go past x post 3",
            "Go past youtube video",
            "Bridge closed to all traffic",
            "By Ada Marsh and Jo Tide",
            "Some readers may be upset by the picture below.",
            "The bridge is closed, the harbour office says",
            "in a statement, external .",
            "The bridge in fog",
            "What is known",
            "Two cables are slack Nobody is hurt",
            "We would rather close it twice than open it once too early. — Harbour office",
        ],
    )


def test_notes_of_the_desk_never_reach_the_page() -> None:
    for file in Renderer().files(full_site()):
        assert b"harbour master" not in file.data


def test_a_withdrawn_entry_keeps_its_place_and_nothing_else() -> None:
    written = html(full_site())
    assert "A headline nobody should read" not in written
    assert "Nor this text." not in written
    in_order(words(written), ["An embed", "This update has been withdrawn", "of another bridge.", "Ferries take over"])


def test_the_embeds_of_a_withdrawn_entry_have_no_frames_left() -> None:
    with_embed = entry(1, "Gone", Embed("x", address=POST))
    frame = f"embed/{with_embed.id}-0.html"
    assert Renderer().file(site(with_embed), frame)
    withdrawn = replace(with_embed, withdrawal=full_site().entries[1].withdrawal)
    assert Renderer().file(site(withdrawn), frame) is None


def test_a_hostile_headline_stays_a_headline() -> None:
    hostile = "</script><img src=x onerror=alert(1)><!--"
    shown = site(entry(1, hostile, Paragraph(text(hostile))), description=hostile)
    written = html(shown)
    assert elements(written, "img") == []
    assert hostile in words(written)
    assert all("<" not in (script.text or "") for script in elements(written, "script"))


def test_ids_are_unique_and_every_jump_lands() -> None:
    for file in Renderer().files(full_site()):
        if file.media_type != "text/html":
            continue
        written = file.data.decode()
        ids = [element.get("id") for element in tree(written).iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        for link in elements(written, "a"):
            href = link.get("href", "")
            assert not href.startswith("#") or href[1:] in ids
        for name in ("aria-labelledby", "aria-describedby"):
            assert {element.get(name) for element in tree(written).iter() if element.get(name)} <= set(ids)


def test_nothing_on_the_page_is_asked_of_anybody_else() -> None:
    for file in Renderer().files(full_site()):
        if file.media_type != "text/html" or file.path.startswith("embed/"):
            continue
        for element in tree(file.data.decode()).iter():
            assert not any(name.startswith("on") or name == "style" for name in element.attrib)
            for name in ("src", "srcset", "poster", "data", "action"):
                assert "//" not in element.get(name, "")
            if element.tag == "link":
                assert "//" not in element.get("href", "")
        assert "default-src 'none'" in policy(file.data.decode())


def policy(written: str) -> str:
    return next(
        meta.get("content", "")
        for meta in elements(written, "meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )


def test_a_frames_policy_names_that_providers_hosts_and_no_others() -> None:
    frames = {
        file.path[-6]: policy(file.data.decode()) for file in Renderer().files(full_site()) if "embed/" in file.path
    }
    x, youtube = frames["1"], frames["4"]
    assert "https://platform.twitter.com" in x
    assert "youtube" not in x
    assert "frame-src https://www.youtube-nocookie.com https://www.youtube.com;" in youtube
    assert "twitter" not in youtube
    assert "unsafe" not in x + youtube


def test_a_script_of_a_provider_never_gets_our_origin() -> None:
    sandboxes = {
        embed.get("data-name"): embed.get("data-sandbox", "")
        for embed in elements(html(full_site()), "div")
        if embed.get("data-frame")
    }
    assert "allow-same-origin" not in sandboxes["X"]
    assert "allow-scripts" in sandboxes["X"]
    assert "allow-top-navigation" not in "".join(sandboxes.values())


def test_an_embed_without_address_has_its_whole_gate_and_no_frame() -> None:
    written = html(site(entry(1, "No address", Embed("x"))))
    gate = House.shipped().embed_words(Embed("x"), 1)
    in_order(words(written), [gate["unavailable"], gate["original"], gate["skip"], gate["permission"], gate["end"]])
    (embed,) = [each for each in elements(written, "div") if each.get("class") == "embed"]
    assert embed.get("data-missing") == "address_missing"
    assert embed.get("data-frame") is None
    assert all("x.com/i/" not in link.get("href", "") for link in embed.iter("a"))


def test_a_picture_without_its_file_asks_for_none() -> None:
    written = html(site(entry(1, "To come", Image(alt="A lighthouse", credit="Quay Agency"))))
    assert elements(written, "img") == []
    assert "A lighthouse Picture by Quay Agency" in words(written)


def test_the_rehearsal_mark_is_the_only_difference() -> None:
    marked, plain = html(replace(full_site(), mark="rehearsal")), html(full_site())
    banner = House.shipped().words("rehearsal.banner")
    stripped = re.sub(rf'<aside class="rehearsal">{banner}</aside>\n|<meta name="robots"[^\n]*\n', "", marked)
    assert banner in words(marked)
    assert 'content="noindex, nofollow"' in marked
    assert stripped == plain


def test_the_same_site_gives_the_same_bytes() -> None:
    assert list(Renderer().files(full_site())) == list(Renderer().files(full_site()))


def test_one_changed_entry_renders_one_entry() -> None:
    renderer, shown = Renderer(), full_site()
    list(renderer.files(shown))
    assert renderer.entries_rendered == len(shown.entries)
    first, *rest = shown.entries
    changed = replace(shown, entries=(replace(first, headline="Another headline"), *rest))
    written = renderer.file(changed, "index.html")
    assert written is not None
    assert "Another headline" in written.data.decode()
    assert renderer.entries_rendered == len(shown.entries) + 1
    noted = replace(first, blocks=(*first.blocks, InternalNote("Only for us")))
    renderer.file(replace(shown, entries=(noted, *rest)), "index.html")
    assert renderer.entries_rendered == len(shown.entries) + 1


def many(count: int) -> Site:
    return site(
        *(entry(number, f"Update {number}", Paragraph(text(f"Text {number}."))) for number in range(1, count + 1))
    )


def test_older_pages_are_cut_from_the_oldest_and_never_shift() -> None:
    before, after = many(45), many(46)
    oldest = html(before, "page-1.html")
    assert [each.get("id") for each in elements(oldest, "article")] == [str(UUID(int=n)) for n in range(20, 0, -1)]
    assert oldest == html(after, "page-1.html")
    front = html(before)
    assert [each.get("id") for each in elements(front, "article")] == [str(UUID(int=n)) for n in range(45, 25, -1)]
    assert "Page 1 of 3" in words(front)
    assert "Page 2 of 3" in words(html(before, "page-2.html"))


def test_a_permalink_leads_to_the_page_its_entry_stays_on() -> None:
    for count in (21, 40, 41):
        shown = many(count)
        laid = pages(shown)
        for each in shown.entries:
            path, anchor = laid.permalink(each.id).split("#")
            assert anchor in {article.get("id") for article in elements(html(shown, path), "article")}
        assert laid.permalink(UUID(int=7)) == f"page-1.html#{UUID(int=7)}"


def test_every_page_is_reached_from_the_front() -> None:
    shown, path, seen = many(61), "index.html", list[str]()
    while path:
        seen += [str(each.get("id")) for each in elements(html(shown, path), "article")]
        path = next(
            (str(link.get("href")) for link in elements(html(shown, path), "a") if link.get("class") == "older"), ""
        )
    assert set(seen) == {str(each.id) for each in shown.entries}


def linked(shown: Site) -> dict[str, Any]:
    scripts = [script for script in elements(html(shown), "script") if script.get("type") == "application/ld+json"]
    found: dict[str, Any] = json.loads(scripts[0].text or "")
    return found


def test_machines_read_the_updates_with_the_zones_offset() -> None:
    shown = full_site()
    summer = replace(shown, coverage=replace(shown.coverage, zone="Asia/Kolkata"))
    data = linked(summer)
    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] == "2026-03-14T17:30:00+05:30"
    corrected = data["liveBlogUpdate"][2]
    assert corrected["dateModified"] == "2026-03-14T18:11:00+05:30"
    assert corrected["correction"][0]["text"] == "We first wrote every five minutes."
    assert [each["name"] for each in data["liveBlogUpdate"][4]["author"]] == ["Ada Marsh", "Jo Tide"]
    assert "null" not in json.dumps(data)


def test_twenty_entries_stay_light() -> None:
    shown = site(*(entry(number, f"Update {number}", *full_site().entries[3].blocks) for number in range(1, 21)))
    weights = {file.path: len(gzip.compress(file.data)) for file in Renderer().files(shown)}
    assert weights["index.html"] < 20_000
    assert weights["reader.js"] < 8_000


def test_an_empty_coverage_is_a_page_too() -> None:
    shown = site()
    assert [file.path for file in Renderer().files(shown)] == ["index.html", "page.css", "reader.js", "icon.svg"]
    assert House.shipped().word("copy.no_entries") in words(html(shown))


def test_a_name_that_is_no_file_of_the_site_gives_none() -> None:
    for path in ("page-2.html", "../secret", "embed/x.html", "", "embed/../index.html"):
        assert Renderer().file(full_site(), path) is None


EXAMPLE = Path(__file__).parents[4] / "shared" / "example" / "house.toml"


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the example profile does not lie beside this checkout")
def test_a_profile_from_outside_words_the_whole_page() -> None:
    house = House.lay_over(EXAMPLE)
    written = html(site(entry(1, "No address", Embed("x"), Embed("x")), house=house))
    gate = house.embed_words(Embed("x"), 2)
    in_order(words(written), [gate[key] for key in ("skip", "question", "permission", "disclaimer", "end")])
    assert [button.get("data-choice") for button in elements(written, "button") if button.get("data-choice")] == [
        "once"
    ] * 2


def test_an_article_alone_is_the_article_on_the_page() -> None:
    shown = full_site()
    index = html(shown)
    articles = list(Renderer().articles(shown))
    assert [each.id for each, _ in articles] == [each.id for each in shown.entries]
    assert all(article in index for _, article in articles)
