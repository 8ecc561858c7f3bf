import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.domain import blocks as kinds
from desktop.domain.blocks import Embed, Gallery, Image, InternalNote, Paragraph, images, words
from desktop.domain.clock import ClockState, ended_at, started_at, state
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal
from desktop.domain.moment import now
from desktop.domain.problem import InvalidValue
from desktop.domain.text import text
from desktop.exchange import files, live_blog_page
from desktop.exchange.files import ExportKind
from desktop.exchange.imported import Imported
from tests.desktop.exchange.exported import sample

HOSTILE = Path(__file__).parents[3] / "../shared/data/hostile-html.jsonl"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def update(**more: Any) -> dict[str, Any]:
    return {
        "@type": "BlogPosting",
        "headline": "Bridge closed",
        "datePublished": "2026-03-14T13:00:00+01:00",
        "articleBody": "The bridge is closed.",
        **more,
    }


def live_blog(*updates: dict[str, Any], **more: Any) -> dict[str, Any]:
    blog = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Storm over the harbour"}
    return {**blog, "liveBlogUpdate": list(updates), **more}


def page(value: object, body: str = "") -> bytes:
    data = json.dumps(value).replace("<", "\\u003c")
    return f'<!doctype html><title>x</title>\n<script type="application/ld+json">{data}</script>\n{body}'.encode()


def read(*updates: dict[str, Any], body: str = "", **more: Any) -> Imported:
    return live_blog_page.read(page(live_blog(*updates, **more), body))


def only(imported: Imported) -> Entry:
    (entry,) = imported.entries
    return entry


def test_headline_words_and_times_come_in() -> None:
    imported = read(
        update(author={"@type": "Person", "name": "Ada Marsh"}, dateModified="2026-03-14T12:30:00Z"),
        description="What we know",
        coverageStartTime="2026-03-14T09:00:00Z",
        coverageEndTime="2026-03-15T09:00:00Z",
    )
    entry = only(imported)
    assert imported.coverage.headline == "Storm over the harbour"
    assert imported.coverage.description == "What we know"
    assert (entry.headline, entry.at, entry.blocks) == (
        "Bridge closed",
        NOON,
        (Paragraph(text("The bridge is closed.")),),
    )
    assert (entry.byline, entry.edited_at, entry.stage) == (("Ada Marsh",), NOON + timedelta(minutes=30), Stage.READY)
    assert started_at(imported.coverage.clock) == datetime(2026, 3, 14, 9, tzinfo=UTC)
    assert ended_at(imported.coverage.clock) == datetime(2026, 3, 15, 9, tzinfo=UTC)
    assert imported.unplaced == ()


def test_an_end_that_lies_ahead_has_not_come() -> None:
    ahead = (now() + timedelta(days=2)).isoformat()
    assert state(read(update(), coverageEndTime=ahead).coverage.clock) is ClockState.LIVE


def test_updates_stand_newest_first_whatever_their_order() -> None:
    later = update(headline="Later", datePublished="2026-03-14T14:00:00+01:00")
    assert [entry.headline for entry in read(update(), later).entries] == ["Later", "Bridge closed"]
    assert [entry.headline for entry in read(later, update()).entries] == ["Later", "Bridge closed"]


def test_a_time_without_offset_is_the_zones_and_one_that_is_none_is_told() -> None:
    assert only(read(update(datePublished="2026-07-01T13:00:00"))).at == datetime(2026, 7, 1, 12, tzinfo=UTC)
    imported = read(update(datePublished="yesterday"), coverageStartTime="2026-03-14T09:00:00Z")
    assert only(imported).at == datetime(2026, 3, 14, 9, tzinfo=UTC)
    assert [each.text for each in imported.unplaced] == ["Bridge closed: yesterday"]


def test_markup_in_the_words_becomes_blocks_and_is_not_kept() -> None:
    entry = only(read(update(headline="Tea &amp; <b>cake</b>", articleBody="<p>One <b>two</b></p><ul><li>a</ul>")))
    assert entry.headline == "Tea & cake"
    assert [type(block) for block in entry.blocks] == [kinds.Paragraph, kinds.List]


def test_pictures_keep_their_words_and_their_address_is_noted() -> None:
    image = {
        "@type": "ImageObject",
        "url": "https://a.example/1.jpg",
        "description": "The bridge in fog",
        "caption": "At dawn",
        "creditText": "Quay Agency",
        "width": {"@type": "QuantitativeValue", "value": 640},
        "height": "360",
    }
    imported = read(update(image=image))
    assert only(imported).blocks[1:] == (
        Image(alt="The bridge in fog", caption="At dawn", credit="Quay Agency", width=640, height=360),
        InternalNote("https://a.example/1.jpg"),
    )
    assert [(each.line, each.text) for each in imported.unplaced] == [(2, "https://a.example/1.jpg")]


def test_videos_posts_and_corrections_come_in() -> None:
    entry = only(
        read(
            update(
                video=[
                    {"@type": "VideoObject", "embedUrl": "https://www.youtube.com/watch?v=abcdefghijk"},
                    {"@type": "VideoObject", "name": "Ferry", "contentUrl": "https://a.example/f.mp4"},
                ],
                correction={
                    "@type": "CorrectionComment",
                    "text": "It was ten.",
                    "datePublished": "2026-03-14T12:10:00Z",
                },
            )
        )
    )
    assert entry.blocks[1:] == (
        Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk"),
        kinds.Video(caption="Ferry", address="https://a.example/f.mp4"),
    )
    assert entry.corrections == (Correction("It was ten.", NOON + timedelta(minutes=10)),)


def test_what_has_no_place_is_kept_as_a_note_and_listed() -> None:
    imported = read(update(backstory="Seen from the quay.", keywords=["storm", "bridge"]))
    told = ["backstory: Seen from the quay.", "keywords: storm", "keywords: bridge"]
    assert [each.text for each in imported.unplaced] == told
    assert [block.text for block in only(imported).blocks if isinstance(block, InternalNote)] == told


def test_without_a_body_the_words_are_those_of_the_page() -> None:
    body = '<article id="u1"><h2>Bridge closed</h2><p>Cables are slack.</p><p><a href="/map">Map</a></p></article>'
    data = update(url="https://a.example/live#u1")
    del data["articleBody"]
    imported = read(data, body=body, url="https://a.example/live")
    assert [words(block) for block in only(imported).blocks] == ["Cables are slack.", "Map"]


def test_data_are_found_however_they_are_wrapped() -> None:
    blog = live_blog(update())
    for wrapped in (
        [{"@type": "Organization"}, blog],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "mainEntity": blog}]},
        {**blog, "@type": ["NewsArticle", "http://schema.org/LiveBlogPosting"]},
        {**blog, "liveBlogUpdate": update()},
    ):
        assert len(live_blog_page.read(page(wrapped)).entries) == 1
        assert len(live_blog_page.read(json.dumps(wrapped).encode()).entries) == 1


def test_a_second_live_blog_is_listed_not_mixed_in() -> None:
    imported = live_blog_page.read(page([live_blog(update()), live_blog(headline="Another")]))
    assert len(imported.entries) == 1
    assert [each.text for each in imported.unplaced] == ["LiveBlogPosting: Another"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_letters_are_read_in_the_pages_own_encoding(encoding: str) -> None:
    html = page(live_blog(update())).decode().replace("Bridge closed", "Brücke gesperrt")
    data = html.replace("<title>", f'<meta charset="{encoding}"><title>').encode(encoding)
    assert live_blog_page.is_one(data)
    assert only(live_blog_page.read(data)).headline == "Brücke gesperrt"


def pictures(entry: Entry) -> list[tuple[str, str, str]]:
    shown = [block for block in entry.blocks if isinstance(block, Image | Gallery)]
    return [(image.alt, image.caption, image.credit) for block in shown for image in images(block)]


def test_our_own_page_comes_back(tmp_path: Path) -> None:
    shown = sample()
    imported = files.read(files.write(shown, ExportKind.HTML, tmp_path))
    gone = shown.house.word("copy.withdrawn_headline")
    assert [entry.headline for entry in imported.entries] == [
        gone if entry.withdrawal else entry.headline for entry in shown.entries[:20]
    ]
    assert [entry.withdrawal for entry in imported.entries] == [entry.withdrawal for entry in shown.entries[:20]]
    assert [entry.at for entry in imported.entries] == [entry.at for entry in shown.entries[:20]]
    for mine, theirs in zip(imported.entries, shown.entries, strict=False):
        if theirs.withdrawal:
            assert mine.blocks == ()
            continue
        assert mine.byline == theirs.byline
        assert pictures(mine) == pictures(theirs)
        posts = [block for block in theirs.blocks if isinstance(block, Embed)]
        assert [(b.provider, b.address, b.quoted) for b in mine.blocks if isinstance(b, Embed)] == [
            (post.provider, post.address, post.quoted) for post in posts
        ]
        said = {words(block) for block in mine.blocks}
        assert {words(block) for block in theirs.blocks if isinstance(block, Paragraph)} <= said


def test_our_own_data_come_back_with_what_was_withdrawn(tmp_path: Path) -> None:
    shown = sample()
    gone = replace(shown.entries[0], withdrawal=Withdrawal("It was not so.", shown.entries[0].at))
    path = files.write(replace(shown, entries=(gone, *shown.entries[1:])), ExportKind.JSONLD, tmp_path)
    imported = files.read(path)
    assert len(imported.entries) == len(shown.entries)
    assert imported.entries[0].withdrawal == gone.withdrawal
    assert imported.coverage.description == shown.coverage.description


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><p>No data here",
        page({"@type": "NewsArticle"}),
        b'<html><script type="application/ld+json">{"@type": "LiveBlogPosting"',
        b'<html><script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
        b"<html>" + b"<div>" * 200_000,
    ],
)
def test_a_page_without_a_live_blog_is_refused_in_a_sentence(data: bytes) -> None:
    assert live_blog_page.is_one(data)
    with pytest.raises(InvalidValue, match="Nothing was imported"):
        live_blog_page.read(data)


def test_a_page_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_blog_page, "MAX_BYTES", 100)
    with pytest.raises(InvalidValue, match="larger"):
        live_blog_page.read(page(live_blog(update())))


@pytest.mark.parametrize(
    "data", [b"Summary\nOne", b"<3 harbours", b'{"form": "newsroom-coverage", "@type": 1}', b"", b"{"]
)
def test_other_files_are_not_taken_for_a_page(data: bytes) -> None:
    assert not live_blog_page.is_one(data)


def payloads() -> list[dict[str, str]]:
    if not HOSTILE.exists():
        return []
    return [json.loads(line) for line in HOSTILE.read_bytes().splitlines()]


def addresses(entry: Entry) -> Iterator[str]:
    for block in entry.blocks:
        match block:
            case kinds.Paragraph() | kinds.Heading() | kinds.Quote():
                yield from (span.href for span in block.text if span.href)
            case kinds.List():
                yield from (span.href for item in block.items for span in item if span.href)
            case kinds.Embed() | kinds.Video():
                yield block.address or "https://none.example"
            case _:
                pass


@pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile payloads are not beside this checkout")
def test_hostile_markup_never_brings_anything_that_runs() -> None:
    assert len(payloads()) > 200
    for payload in payloads():
        said = payload["payload"]
        body = f'<article id="u">{said}</article>'
        for imported in (
            read(update(articleBody=f"<p>{said}"), headline=said),
            read({**update(url="#u"), "articleBody": ""}, body=body),
            read(update(image=[said, {"@type": "ImageObject", "caption": said}], video={"contentUrl": said})),
        ):
            for entry in imported.entries:
                assert all(at.startswith(("https://", "http://", "mailto:")) for at in addresses(entry)), payload["id"]
