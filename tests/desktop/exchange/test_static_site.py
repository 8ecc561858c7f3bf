import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest

from desktop.domain.blocks import Paragraph
from desktop.domain.entry import Correction, Entry, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.exchange import page_text, static_site
from desktop.exchange.folder import RECORD, ExportFolder, ExportRefused
from desktop.exchange.sample import load
from desktop.page.house import House
from desktop.page.objects import HEAD_BYTES
from desktop.page.site import Site
from tests.desktop.exchange.exported import site_of


def elements(path: Path) -> Any:
    return html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def said(element: Any) -> Iterator[str]:
    """Everything read out, in the order of the document: text, and each alt at its picture."""
    if element.tag in {"script", "style"}:
        return
    yield element.get("alt") or ""
    yield element.text or ""
    for child in element:
        yield from said(child)
        yield child.tail or ""


def squeezed(words: str) -> str:
    return "".join(words.split())


def assert_in_order(lines: list[str], html: str) -> None:
    at = 0
    for line in lines:
        wanted = squeezed(re.sub(r"^\s*(?:•|\d+\.)\s+", "", line))
        found = html.find(wanted, at)
        assert found >= 0, f"the page lacks, or has elsewhere: {line.strip()[:120]}"
        at = found + len(wanted)


def test_the_page_says_every_line_of_the_example_in_its_order(
    example: bytes, example_house: House, tmp_path: Path
) -> None:
    index = static_site.write(site_of(page_text.read(example, example_house), example_house), tmp_path / "out")
    html = squeezed("".join(said(elements(index).find("body"))))
    assert_in_order([line for line in example.decode().splitlines() if line.strip()], html)


@pytest.fixture(scope="module")
def sample_site() -> Site:
    return site_of(load(), House.shipped())


def test_the_pages_of_the_sample_say_what_its_text_says(sample_site: Site, tmp_path: Path) -> None:
    static_site.write(sample_site, tmp_path / "out")
    text = page_text.write(sample_site.coverage, sample_site.entries, sample_site.house)
    lines = [line for line in text.splitlines() if line.strip()]
    newest, older = (tmp_path / "out" / name for name in ("index.html", "page-1.html"))
    front = squeezed("".join(said(elements(newest).find("body"))))
    first = next(number for number, line in enumerate(lines) if line.startswith("  21. "))
    assert_in_order(lines[:first], front)
    assert_in_order(lines[first:], squeezed("".join(said(elements(older).find("body")))))
    assert "redrawing" not in front


def test_the_site_holds_every_file_it_names_and_names_no_other_host(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    static_site.write(sample_site, out)
    loaded = {"img": "src", "script": "src", "link": "href", "video": "src", "source": "src", "iframe": "src"}
    for page in out.glob("*.html"):
        for element in elements(page).iter():
            address = element.get(loaded.get(element.tag, "-")) or element.get("poster") or ""
            if not address:
                continue
            assert not urlsplit(address).netloc
            assert (out / address).is_file()
        frames = [element.get("data-frame") for element in elements(page).iter() if element.get("data-frame")]
        assert all((out / frame).is_file() for frame in frames)


def test_an_open_page_is_replaced_and_pages_that_are_gone_are_removed(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    static_site.write(sample_site, out)
    (out / "page.txt").write_text("another export", encoding="utf-8")
    assert (out / "page-2.html").exists()
    few = Site(coverage=sample_site.coverage, entries=sample_site.entries[:3], house=sample_site.house)
    static_site.write(few, out)
    assert not (out / "page-2.html").exists()
    assert not list((out / "media").glob("*"))
    assert (out / "page.txt").exists()
    assert (out / RECORD).exists()


def test_a_folder_of_somebody_else_is_refused(sample_site: Site, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportRefused):
        static_site.write(sample_site, tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"


def written(shown: Site, out: Path) -> list[str]:
    """Export and return the files whose bytes changed, in the order they were written."""
    folder = ExportFolder(out, must_be_ours=True)
    static_site.write_into(shown, folder)
    return folder.changed


def head(out: Path) -> Any:
    return json.loads((out / "head.json").read_bytes())


def one_more(shown: Site) -> Site:
    newest = shown.entries[0]
    entry = Entry(id=new_id(), coverage_id=newest.coverage_id, at=newest.at, headline="One more")
    return replace(shown, entries=(entry, *shown.entries))


def kind(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=\.)[0-9a-f]{12}(?=\.)", "*", path)


def test_what_is_pointed_at_is_written_before_what_points(sample_site: Site, tmp_path: Path) -> None:
    order = [kind(path) for path in written(sample_site, tmp_path / "out")]
    places = [
        max(index for index, path in enumerate(order) if path.startswith(start))
        for start in ("media/", "embed/", "e/", "s/", "head.json", "page-", "index.html")
    ]
    assert places == sorted(places)
    assert order[-1] == "index.html"


def test_the_same_page_again_writes_nothing(sample_site: Site, tmp_path: Path) -> None:
    assert written(sample_site, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert written(sample_site, tmp_path / "out") == []
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_one_new_entry_among_two_hundred_writes_eight_files(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = sample_site.entries[-1].at
    many = tuple(
        Entry(id=new_id(), coverage_id=sample_site.coverage.id, at=first, headline=f"Entry {number}")
        for number in range(205)
    )[::-1]
    shown = replace(sample_site, entries=many)
    written(shown, out)
    changed = [kind(path) for path in written(one_more(shown), out)]
    assert sorted(changed) == sorted(
        [
            "e/*.*.html",
            "e/*.*.json",
            "s/11.*.html",
            "s/list.*.json",
            "head.json",
            "feed.atom",
            "page-11.html",
            "index.html",
        ]
    )
    assert len(list((out / "s").iterdir())) == 12


def test_the_head_counts_what_changed_and_names_only_what_is_there(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written(sample_site, out)
    first = head(out)
    written(one_more(sample_site), out)
    second = head(out)
    assert (first["revision"], second["revision"]) == (1, 2)
    assert second["newest"][1:] == first["newest"][:-1]
    named = [*(f"e/{name}.html" for name in second["newest"]), *second["segments"], second["all_segments"]]
    named += json.loads((out / second["all_segments"]).read_bytes())["segments"]
    named += [f"e/front.{second['top']}.html"]
    assert [path for path in named if not (out / path).is_file()] == []


def test_segments_hold_every_entry_once_from_the_oldest(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written(sample_site, out)
    segments = json.loads((out / head(out)["all_segments"]).read_bytes())["segments"]
    ids = [re.findall(r'<article id="([^"]+)"', (out / path).read_text()) for path in segments]
    assert [len(each) for each in ids] == [20, 4]
    newest_first = [entry_id for each in reversed(ids) for entry_id in each]
    assert newest_first == [str(entry.id) for entry in sample_site.entries]


def test_an_article_has_the_same_bytes_in_the_page_the_segment_and_alone(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written(sample_site, out)
    segments = "".join(path.read_text() for path in (out / "s").glob("*.html"))
    pages = "".join(path.read_text() for path in out.glob("page-*.html")).replace(' loading="lazy"', "")
    for part in (out / "e").glob("*-*.html"):
        assert part.read_text() in segments
        assert part.read_text().replace(' loading="lazy"', "") in pages


def test_a_withdrawn_entry_leaves_nothing_of_itself_behind(sample_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    entry = replace(sample_site.entries[3], headline="Gone tomorrow", blocks=(Paragraph(text("Secret words")),))
    shown = replace(sample_site, entries=(*sample_site.entries[:3], entry, *sample_site.entries[4:]))
    written(shown, out)
    withdrawn = replace(entry, withdrawal=Withdrawal("It was not so.", entry.at))
    written(replace(shown, entries=tuple(withdrawn if each is entry else each for each in shown.entries)), out)
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"Secret words" not in everything
    assert b"Gone tomorrow" not in everything
    assert b"It was not so." in everything


def test_the_head_stays_below_a_kilobyte_however_much_changed(sample_site: Site, tmp_path: Path) -> None:
    entries = tuple(
        replace(entry, id=new_id(), corrections=(Correction("Put right.", entry.at),))
        for _ in range(30)
        for entry in sample_site.entries
    )
    written(replace(sample_site, entries=entries), tmp_path / "out")
    assert len(gzip.compress((tmp_path / "out" / "head.json").read_bytes())) <= HEAD_BYTES


def test_an_export_cut_short_is_done_again(sample_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, write, count = tmp_path / "out", ExportFolder.write, 0

    def failing(folder: ExportFolder, path: str, data: bytes) -> Path:
        nonlocal count
        count += 1
        if count > 30:
            raise KeyboardInterrupt
        return write(folder, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(ExportFolder, "write", failing)
        with pytest.raises(KeyboardInterrupt):
            written(sample_site, out)
    assert not (out / "index.html").exists()
    assert not (out / "head.json").exists()
    changed = written(one_more(sample_site), out)
    assert changed[-1] == "index.html"
    assert not list(out.rglob("*.part"))


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"revision": "7"}', b'{"revision": true}', b"[" * 9_000])
def test_a_damaged_head_is_begun_anew(sample_site: Site, tmp_path: Path, damage: bytes) -> None:
    out = tmp_path / "out"
    written(sample_site, out)
    (out / "head.json").write_bytes(damage)
    written(sample_site, out)
    assert head(out)["revision"] == 1
