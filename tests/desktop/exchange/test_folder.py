import os
from pathlib import Path

import pytest

from desktop.exchange.folder import RECORD, ExportFolder, ExportRefused


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def export(out: Path, *paths: str) -> None:
    folder = ExportFolder(out, must_be_ours=True)
    for path in paths:
        folder.write(path, path.encode())
    folder.finish(replaced=lambda _path: True)


def test_a_new_folder_is_made_and_leaves_nothing_unfinished(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    export(out, "index.html", "media/1.jpg")
    assert files(out) == {"index.html", "media/1.jpg", RECORD}
    assert (out / "media/1.jpg").read_bytes() == b"media/1.jpg"


def test_writing_again_replaces_what_was_ours_and_removes_what_is_gone(tmp_path: Path) -> None:
    export(tmp_path, "index.html", "page-2.html")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    export(tmp_path, "index.html", "page-1.html")
    assert files(tmp_path) == {"index.html", "page-1.html", "mine.txt", RECORD}


def test_a_folder_with_files_of_others_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work", encoding="utf-8")
    with pytest.raises(ExportRefused, match="did not write"):
        ExportFolder(tmp_path, must_be_ours=True)
    assert files(tmp_path) == {"thesis.doc"}


def test_a_file_of_others_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("mine", encoding="utf-8")
    folder = ExportFolder(tmp_path)
    with pytest.raises(ExportRefused, match=r"already holds a file named page\.txt"):
        folder.write("page.txt", b"ours")
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == "mine"
    assert files(tmp_path) == {"page.txt"}


@pytest.mark.parametrize("record", [b"", b"[]", b'{"files": 3}', b"\xff"])
def test_a_damaged_record_makes_nothing_ours(tmp_path: Path, record: bytes) -> None:
    (tmp_path / RECORD).write_bytes(record)
    with pytest.raises(ExportRefused):
        ExportFolder(tmp_path, must_be_ours=True)


def test_a_record_cannot_reach_outside_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(out, "index.html")
    (tmp_path / "precious").write_text("x", encoding="utf-8")
    (out / RECORD).write_text('{"files": ["../precious", "index.html"]}', encoding="utf-8")
    with pytest.raises(ExportRefused, match="inside the folder"):
        export(out, "index.html")
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "", "c:a", "a\\b"])
def test_no_file_is_written_outside_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ExportRefused, match="inside the folder"):
        ExportFolder(tmp_path / "out").write(path, b"x")


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(ExportRefused, match="is a file"):
        ExportFolder(tmp_path / "out")
    with pytest.raises(ExportRefused):
        ExportFolder(tmp_path / "out" / "below")


def test_a_source_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="failed"):
        ExportFolder(tmp_path / "out").copy("a.jpg", tmp_path / "nowhere.jpg")
    assert files(tmp_path / "out") == set()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    with pytest.raises(ExportRefused, match="no right"):
        ExportFolder(out).write("index.html", b"x")
