import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest

from desktop.domain.entry import Stage, for_readers
from desktop.exchange import page_text, static_site
from desktop.exchange.folder import RECORD, ExportRefused
from desktop.exchange.imported import Imported
from desktop.exchange.sample import FOLDER, load
from desktop.page.house import House
from desktop.page.site import Site


@dataclass(frozen=True)
class StoredFile:
    sha256: str
    media_type: str
    width: int
    height: int
    path: Path


def site_of(imported: Imported, house: House) -> Site:
    stored: Mapping[str, StoredFile] = {
        file.sha256: StoredFile(file.sha256, file.media_type, file.width, file.height, path)
        for file in imported.media
        for path in (FOLDER / "media").glob(f"{file.sha256}.*")
    }
    entries = tuple(for_readers(entry) for entry in imported.entries if entry.stage is Stage.READY)
    return Site(coverage=imported.coverage, entries=entries, house=house, media=MappingProxyType(dict(stored)))


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
