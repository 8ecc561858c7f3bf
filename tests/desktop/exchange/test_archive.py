import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.problem import InvalidValue
from desktop.domain.text import text
from desktop.exchange import archive, files, lossless, zip_source
from desktop.exchange.archive import ARCHIVE
from desktop.exchange.files import ExportKind
from desktop.exchange.folder import ExportRefused
from desktop.workspace import Workspace

Pack = Callable[..., Path]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    workspace = Workspace.open(tmp_path / "desk")
    yield workspace
    workspace.close()


@pytest.fixture
def other_desk(tmp_path: Path) -> Iterator[Workspace]:
    workspace = Workspace.open(tmp_path / "other")
    yield workspace
    workspace.close()


def worked_on(desk: Workspace) -> Coverage:
    """A coverage with pictures, edits, a correction, a draft that was never ready, and something in the bin."""
    coverage = desk.sample()
    edited, binned = desk.entries(coverage.id)[2:4]
    desk.save_draft(replace(edited, blocks=(*edited.blocks, Paragraph(text("Added later.")))))
    desk.mark_ready(edited.id)
    desk.correct(edited.id, "We first wrote it otherwise.")
    desk.save_draft(replace(desk.new_entry(coverage.id), headline="Still being written"))
    desk.bin_entry(binned.id)
    return coverage


def everything(desk: Workspace, coverage: Coverage) -> Any:
    past = desk.past(coverage.id)
    return desk.coverage(coverage.id), desk.entries(coverage.id), past.binned, past.history


def archived(desk: Workspace, tmp_path: Path) -> Path:
    return desk.export(worked_on(desk).id, ExportKind.ARCHIVE, tmp_path / "out")


def test_an_archive_brings_back_everything_with_its_history(
    desk: Workspace, other_desk: Workspace, tmp_path: Path
) -> None:
    coverage = worked_on(desk)
    path = desk.export(coverage.id, ExportKind.ARCHIVE, tmp_path / "out")
    assert path.name == ARCHIVE
    imported = other_desk.import_file(path)
    assert not imported.unplaced
    assert not imported.missing
    assert everything(other_desk, coverage) == everything(desk, coverage)
    assert len(desk.past(coverage.id).history) > len(desk.entries(coverage.id))
    names = set(desk.media_of(desk.entries(coverage.id)))
    assert names
    assert all(other_desk.media_path(name) for name in names)


def test_archived_again_it_is_the_same_file(desk: Workspace, other_desk: Workspace, tmp_path: Path) -> None:
    path = archived(desk, tmp_path)
    again = other_desk.export(other_desk.import_file(path).coverage.id, ExportKind.ARCHIVE, tmp_path / "again")
    assert again.read_bytes() == path.read_bytes()


def test_beside_the_coverage_it_was_made_from_it_comes_in_as_a_second_one(desk: Workspace, tmp_path: Path) -> None:
    coverage = worked_on(desk)
    second = desk.import_file(desk.export(coverage.id, ExportKind.ARCHIVE, tmp_path / "out")).coverage
    assert second.id != coverage.id
    ours, theirs = desk.past(coverage.id), desk.past(second.id)
    assert [each.number for each in theirs.history] == [each.number for each in ours.history]
    assert [each.entry.blocks for each in theirs.history] == [each.entry.blocks for each in ours.history]
    assert len(theirs.binned) == 1
    assert not {each.id for each in ours.history} & {each.id for each in theirs.history}


def test_an_archive_knows_itself_whatever_it_is_called(desk: Workspace, tmp_path: Path) -> None:
    path = archived(desk, tmp_path).rename(tmp_path / "saved.json")
    assert files.read(path, title="Another").coverage.headline == "Another"


def test_an_archive_without_its_history_refuses_nothing_and_a_json_has_none(desk: Workspace, tmp_path: Path) -> None:
    path = desk.export(worked_on(desk).id, ExportKind.JSON, tmp_path / "out")
    assert files.read(path).past is None


@pytest.fixture
def pack(desk: Workspace, tmp_path: Path) -> Pack:
    """Pack an archive anew with some of its members exchanged, added (bytes) or left out (None)."""
    whole = archived(desk, tmp_path)

    def packed(changes: dict[str, bytes | None], compression: int = zipfile.ZIP_STORED) -> Path:
        with zipfile.ZipFile(whole) as source:
            members = {name: source.read(name) for name in source.namelist()}
        members.update({name: data for name, data in changes.items() if data is not None})
        path = tmp_path / "packed.zip"
        with zipfile.ZipFile(path, "w", compression) as made:
            for name, data in members.items():
                if changes.get(name, b"") is not None:
                    made.writestr(name, data)
        return path

    return packed


def member(path: Path, start: str) -> str:
    with zipfile.ZipFile(path) as opened:
        return next(name for name in opened.namelist() if name.startswith(start))


def refused(desk: Workspace, path: Path) -> str:
    before = desk.coverages()
    with pytest.raises(InvalidValue) as caught:
        desk.import_file(path)
    assert desk.coverages() == before
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["../escape.txt", "/etc/passwd", "media/../../escape.jpg", "C:\\boot.ini", "notes.txt", "media/cat.jpg"]
)
def test_a_file_that_does_not_belong_in_it_refuses_all_of_it(other_desk: Workspace, pack: Pack, name: str) -> None:
    assert "Nothing was imported." in refused(other_desk, pack({name: b"x"}))


def test_no_archive_is_refused_as_such(other_desk: Workspace, pack: Pack) -> None:
    assert "not an archived coverage" in refused(other_desk, pack({"coverage.json": None}))
    assert "readable JSON" in refused(other_desk, pack({"coverage.json": b"{"}))


def test_an_altered_picture_is_noticed(other_desk: Workspace, pack: Pack) -> None:
    name = member(pack({}), "media/")
    assert "damaged" in refused(other_desk, pack({name: b"other pixels"}))


def test_a_picture_that_is_not_in_it_is_told(other_desk: Workspace, pack: Pack) -> None:
    name = member(pack({}), "media/")
    assert other_desk.import_file(pack({name: None})).missing == (name[6:70],)


def test_a_bomb_is_refused_before_it_is_unpacked(
    other_desk: Workspace, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEDIA", 5_000_000)
    bomb = pack({f"media/{'0' * 64}.png": bytes(60_000_000)}, zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 5_000_000
    monkeypatch.setattr(zip_source.ZipSource, "read", None)
    assert "unpacks to more than" in refused(other_desk, bomb)


def test_a_member_never_gives_more_than_it_said(other_desk: Workspace, pack: Pack) -> None:
    path = pack({"coverage.json": b" " * 100_000}, zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature)
        assert struct.unpack_from("<L", data, at + offset) == (100_000,)
        struct.pack_into("<L", data, at + offset, 10)
    path.write_bytes(data)
    assert "damaged" in refused(other_desk, path)


def test_a_list_of_millions_is_not_even_read(other_desk: Workspace, pack: Pack) -> None:
    path = pack({})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, len(data) - 10, zip_source.MAX_DIRECTORY + 1)
    path.write_bytes(data)
    assert "more than" in refused(other_desk, path)


@pytest.mark.parametrize("cut", [1, 22, 100, 5_000])
def test_a_zip_cut_short_is_refused(other_desk: Workspace, pack: Pack, cut: int) -> None:
    path = pack({})
    path.write_bytes(path.read_bytes()[:-cut])
    assert "cut short" in refused(other_desk, path)


@pytest.mark.parametrize("at", [40, 300, 2_000])
def test_a_flipped_bit_is_noticed(other_desk: Workspace, pack: Pack, at: int) -> None:
    path = pack({})
    data = bytearray(path.read_bytes())
    data[at] ^= 0x10
    path.write_bytes(data)
    refused(other_desk, path)


def test_other_ways_of_packing_are_refused(other_desk: Workspace, pack: Pack) -> None:
    assert "packed in a way" in refused(other_desk, pack({}, zipfile.ZIP_BZIP2))
    path = pack({})
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 8, 1)
    path.write_bytes(data)
    assert "encrypted" in refused(other_desk, path)


def test_two_members_of_one_name_are_refused(other_desk: Workspace, pack: Pack) -> None:
    path = pack({})
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as opened:
        opened.writestr("coverage.json", b"{}")
    assert "same name" in refused(other_desk, path)


def history(pack: Pack) -> Any:
    with zipfile.ZipFile(pack({})) as opened:
        return json.loads(opened.read("coverage.json"))


DAMAGES: list[tuple[Callable[[Any], object], str]] = [
    (lambda past: past["versions"].append(past["versions"][0]), "same number"),
    (lambda past: past["versions"][0].update(number=0), "not a version"),
    (lambda past: past["versions"][0].update(reason="whim"), "not a version"),
    (lambda past: past["versions"][0].update(entry=None), "no entry"),
    (lambda past: past["versions"][0]["entry"].update(id=past["versions"][0]["id"]), "not in it"),
    (lambda past: past.pop("bin"), "bin"),
    (lambda past: past["bin"].append(past["bin"][0]), "same id"),
]


def test_a_history_that_cannot_be_is_refused(other_desk: Workspace, pack: Pack) -> None:
    for damage, named in DAMAGES:
        value = history(pack)
        damage(value["past"])
        assert named in refused(other_desk, pack({"coverage.json": json.dumps(value).encode()}))


def test_a_coverage_too_large_to_come_back_is_not_archived(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coverage = desk.sample()
    monkeypatch.setattr(archive, "MAX_MEDIA", 10)
    with pytest.raises(ExportRefused, match="larger than"):
        desk.export(coverage.id, ExportKind.ARCHIVE, tmp_path / "out")
    assert not (tmp_path / "out" / ARCHIVE).exists()
    assert lossless.MAX_BYTES > archive.MAX_MEDIA
