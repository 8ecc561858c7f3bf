from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.problem import InvalidValue
from desktop.exchange import files
from desktop.exchange.files import ExportKind, FileUnreadable
from desktop.exchange.folder import ExportRefused
from desktop.exchange.imported import Imported, with_new_ids
from desktop.exchange.sample import FOLDER, load
from desktop.page.house import House
from desktop.page.site import Site


def site(imported: Imported, house: House | None = None) -> Site:
    return Site(coverage=imported.coverage, entries=imported.entries, house=house or House.shipped())


@pytest.mark.parametrize("kind", [ExportKind.TEXT, ExportKind.JSON])
def test_what_is_written_is_read_again(kind: ExportKind, tmp_path: Path) -> None:
    imported = load()
    again = files.read(files.write(site(imported), kind, tmp_path / "out"))
    if kind is ExportKind.JSON:
        assert (again.coverage, again.entries) == (imported.coverage, imported.entries)
        assert again.house is None
    else:
        assert len(again.entries) == 24


def test_all_forms_go_into_one_folder_and_may_be_written_again(tmp_path: Path) -> None:
    exported = site(load())
    once = {kind: files.write(exported, kind, tmp_path / "out") for kind in ExportKind}
    written = {kind: files.write(exported, kind, tmp_path / "out") for kind in ExportKind}
    assert written == once
    assert {kind: path.name for kind, path in written.items()} == {
        ExportKind.HTML: "index.html",
        ExportKind.TEXT: "page.txt",
        ExportKind.JSON: "coverage.json",
        ExportKind.ATOM: "feed.atom",
        ExportKind.JSONLD: "page.jsonld",
        ExportKind.DIGEST: "digest.html",
        ExportKind.ARCHIVE: "coverage.zip",
    }
    assert all(path.is_file() for path in written.values())


def test_a_profile_of_ones_own_travels_with_the_json(tmp_path: Path) -> None:
    shipped = House.shipped()
    own = House.resolve("mine", {**shipped.values, "publisher.name": "Radio Marrow"}, "The house profile")
    again = files.read(files.write(site(load(), own), ExportKind.JSON, tmp_path))
    assert again.house
    assert House.from_json(again.house) == own


def test_a_coverage_worded_by_a_profile_that_is_not_here_is_refused(tmp_path: Path) -> None:
    imported = load()
    foreign = replace(imported, coverage=replace(imported.coverage, house="elsewhere"))
    path = files.write(site(foreign), ExportKind.JSON, tmp_path)
    with pytest.raises(InvalidValue, match="elsewhere"):
        files.read(path)
    assert files.read(path, House.shipped()).coverage.headline == imported.coverage.headline


def test_a_title_is_taken_in_both_forms(tmp_path: Path) -> None:
    for kind in (ExportKind.TEXT, ExportKind.JSON):
        path = files.write(site(load()), kind, tmp_path)
        assert files.read(path, title="Another").coverage.headline == "Another"


def test_json_is_known_by_its_first_sign(tmp_path: Path) -> None:
    path = tmp_path / "saved"
    path.write_bytes((FOLDER / "coverage.json").read_bytes())
    assert len(files.read(path).entries) == 26


@pytest.mark.parametrize("kind", [ExportKind.HTML, ExportKind.JSONLD, ExportKind.ARCHIVE])
def test_the_form_is_told_by_what_a_file_holds(kind: ExportKind, tmp_path: Path) -> None:
    path = files.write(site(load()), kind, tmp_path / "out").rename(tmp_path / "saved")
    assert files.read(path).coverage.headline == load().coverage.headline


@pytest.mark.parametrize("name", ["nowhere.txt", "folder", "folder/below.txt"])
def test_a_file_that_cannot_be_opened_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileUnreadable) as caught:
        files.read(tmp_path / name)
    assert caught.value.explanation.title.endswith(".")


def test_a_file_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportRefused):
        files.write(site(load()), ExportKind.TEXT, tmp_path)
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == "mine"


def test_the_sample_under_new_ids_says_the_same() -> None:
    imported = load()
    assert files.with_new_ids is with_new_ids
    assert [entry.blocks for entry in files.with_new_ids(imported).entries] == [e.blocks for e in imported.entries]
