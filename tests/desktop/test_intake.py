import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Pillow

from desktop.domain.blocks import Crop, Focus, Image, Video
from desktop.domain.entry import for_readers, media_of
from desktop.domain.problem import Problem
from desktop.exchange.files import ExportKind
from desktop.exchange.picture import Trace
from desktop.workspace import Workspace

FILMS = Path(__file__).parents[1] / "films"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "desk")
    yield opened
    opened.close()


def photograph(**options: object) -> bytes:
    """Return a photograph, red on its left half and blue on its right."""
    out = io.BytesIO()
    drawn = Pillow.new("RGB", (400, 200), "red")
    drawn.paste("blue", (200, 0, 400, 200))
    drawn.save(out, "JPEG", quality=95, **options)
    return out.getvalue()


def located() -> bytes:
    exif = Pillow.Exif()
    exif[0x010F] = "Quay Optics"
    exif.get_ifd(0x8825)[1] = "N"
    return photograph(exif=exif.tobytes(), comment=b"for the desk")


def test_what_was_taken_out_of_a_picture_is_told(workspace: Workspace) -> None:
    assert workspace.take_picture(located()).removed == (Trace.PLACE, Trace.CAMERA, Trace.COMMENT)
    assert workspace.take_picture(photograph()).removed == ()


def test_a_part_becomes_a_file_of_its_own_and_the_whole_comes_back(workspace: Workspace) -> None:
    whole = replace(workspace.add_picture(photograph()), alt="Two flags", credit="Quay Agency")
    part = workspace.crop_picture(whole, (0.5, 0.0, 0.5, 1.0), Focus(0.25, 0.75))
    assert whole.media is not None
    assert part.crop == Crop(whole.media, 0.5, 0.0, 0.5, 1.0)
    assert (part.width, part.height, part.alt, part.credit) == (200, 200, "Two flags", "Quay Agency")
    assert part.focus == Focus(0.25, 0.75)
    shown = workspace.media_path(part.media or "")
    assert shown is not None
    with Pillow.open(shown) as opened:
        pixel = opened.convert("RGB").getpixel((10, 100))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 200
    assert pixel[0] < 50
    narrower = workspace.crop_picture(part, (0.0, 0.0, 0.25, 0.5), Focus())
    assert narrower.crop == Crop(whole.media, 0.0, 0.0, 0.25, 0.5)
    assert (narrower.width, narrower.height) == (100, 100)
    assert workspace.crop_picture(narrower, (0.0, 0.0, 1.0, 1.0), Focus()) == whole


def test_a_thin_part_keeps_a_pixel(workspace: Workspace) -> None:
    whole = workspace.add_picture(photograph())
    part = workspace.crop_picture(whole, (1.0, 1.0, 0.0, 0.0), Focus())
    assert (part.width, part.height) == (1, 1)


def test_a_picture_whose_original_is_gone_is_not_cut(workspace: Workspace) -> None:
    with pytest.raises(Problem, match="missing"):
        workspace.crop_picture(Image(media="ab" * 32), (0.0, 0.0, 0.5, 0.5), Focus())


def test_what_was_cut_away_is_in_no_export_for_readers_but_in_the_archive(workspace: Workspace, tmp_path: Path) -> None:
    coverage = workspace.create_coverage("Flags")
    whole = workspace.add_picture(photograph())
    part = replace(workspace.crop_picture(whole, (0.5, 0.0, 0.5, 1.0), Focus()), alt="A blue flag")
    entry = replace(workspace.new_entry(coverage.id), headline="Flags", blocks=(part,))
    workspace.save_draft(entry)
    workspace.mark_ready(entry.id)
    assert whole.media is not None
    assert media_of(for_readers(entry)) == (part.media,)
    workspace.export(coverage.id, ExportKind.HTML, tmp_path / "html")
    written = [path for path in (tmp_path / "html").rglob("*") if path.is_file()]
    assert any(part.media in path.name for path in written if part.media)
    assert not any(whole.media in path.name for path in written)
    assert not any(whole.media.encode() in path.read_bytes() for path in written)
    kept = workspace.export(coverage.id, ExportKind.ARCHIVE, tmp_path / "archive")
    assert whole.media.encode() in kept.read_bytes()


def test_a_film_and_its_captions_are_kept(workspace: Workspace) -> None:
    taken = workspace.add_video(FILMS / "film.mp4")
    assert taken.video == Video(media=taken.video.media, width=160, height=90)
    file = workspace.store.media_file(taken.video.media or "")
    assert file is not None
    assert (file.media_type, file.width, file.height) == ("video/mp4", 160, 90)
    captions = workspace.store.media_file(workspace.add_captions(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHorn.\n"))
    assert captions is not None
    assert captions.media_type == "text/vtt"


def test_a_film_and_its_captions_lie_beside_an_exported_page(workspace: Workspace, tmp_path: Path) -> None:
    coverage = workspace.create_coverage("Horns")
    captions = workspace.add_captions(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHorn.\n")
    film = replace(workspace.add_video(FILMS / "film.webm").video, captions=captions)
    entry = replace(workspace.new_entry(coverage.id), headline="A horn", blocks=(film,))
    workspace.save_draft(entry)
    workspace.mark_ready(entry.id)
    out = tmp_path / "page"
    page = workspace.export(coverage.id, ExportKind.HTML, out).read_text(encoding="utf-8")
    assert f'<video controls playsinline preload="none" src="media/{film.media}.webm" width="160" height="90">' in page
    assert f'<track kind="captions" src="media/{captions}.vtt" srclang="en-GB" default></video>' in page
    assert (out / "media" / f"{film.media}.webm").read_bytes() == (FILMS / "film.webm").read_bytes()
    assert (out / "media" / f"{captions}.vtt").is_file()
