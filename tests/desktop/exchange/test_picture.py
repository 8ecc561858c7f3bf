import io
from pathlib import Path

import pytest
from PIL import Image

from desktop.exchange.picture import MAX_SIDE, PictureRefused, prepare


def encoded(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **options)
    return out.getvalue()


def test_place_and_camera_do_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    picture = prepare(encoded((40, 30), exif=exif.tobytes(), comment=b"SECRET-COMMENT"))
    assert b"SECRET" not in picture.data
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 40, 30)


def test_a_sideways_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert prepare(encoded((40, 30), exif=exif.tobytes())).height == 40


def test_transparency_is_kept() -> None:
    assert prepare(encoded((8, 8), "PNG", "RGBA")).media_type == "image/png"


def test_a_large_picture_is_scaled_down() -> None:
    assert prepare(encoded((MAX_SIDE * 2, 10))).width == MAX_SIDE


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", encoded((64, 64))[:80]],
    ids=["empty", "text", "svg", "cut off"],
)
def test_what_is_not_a_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PictureRefused, match="not a picture"):
        prepare(data)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused, match=r"gone\.jpg"):
        prepare(tmp_path / "gone.jpg")
