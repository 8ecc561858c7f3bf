from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Canvas

from desktop.domain.blocks import Focus, Gallery, Image
from desktop.page.renderer import Renderer
from desktop.page.variants import Variant, find_variant, make, srcset, variants
from tests.desktop.page.harbour import PICTURE, Media, entry, site

LARGE = Media(width=2_000, height=1_000)


def stored(tmp_path: Path, form: str, mode: str = "RGB", size: tuple[int, int] = (2_000, 1_000)) -> Path:
    path = tmp_path / "picture"
    Canvas.new(mode, size, 90).save(path, form)
    return path


def test_only_narrower_copies_exist_and_only_of_still_pictures() -> None:
    assert [each.width for each in variants(LARGE)] == [480, 960, 1_600]
    assert [each.width for each in variants(Media(width=640, height=360))] == [480]
    assert variants(Media(width=300, height=200)) == ()
    assert variants(replace(LARGE, media_type="image/gif")) == ()
    assert variants(replace(LARGE, media_type="video/mp4")) == ()


@pytest.mark.parametrize(
    ("media_type", "form", "mode"),
    [
        ("image/jpeg", "JPEG", "L"),
        ("image/png", "PNG", "RGBA"),
        ("image/png", "PNG", "P"),
        ("image/webp", "WEBP", "RGB"),
    ],
)
def test_a_copy_is_as_wide_as_its_name_says(tmp_path: Path, media_type: str, form: str, mode: str) -> None:
    file = replace(LARGE, media_type=media_type)
    data = make(variants(file)[0], stored(tmp_path, form, mode))
    with Canvas.open(BytesIO(data)) as copy:
        assert (copy.size, copy.format) == ((480, 240), form)
        assert mode != "RGBA" or copy.mode == "RGBA"


def test_what_is_no_picture_gives_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    for data in (b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        path.write_bytes(data)
        with pytest.raises((OSError, ValueError)):
            make(variants(LARGE)[0], path)


def test_a_copy_is_found_by_its_path_and_no_other_is() -> None:
    media = {PICTURE: LARGE}
    assert find_variant(f"media/{PICTURE}.480.png", media) == Variant(LARGE, 480)
    for path in (
        f"media/{PICTURE}.481.png",
        f"media/{PICTURE}.480.jpg",
        f"media/{'0' * 64}.480.png",
        "media/x.480.png",
    ):
        assert find_variant(path, media) is None


def test_the_page_offers_the_copies_and_keeps_room_for_the_picture() -> None:
    shown = site(
        entry(1, "One", Image(media=PICTURE, alt="Fog")),
        entry(
            2, "Two", Gallery((Image(media=PICTURE, alt="A", focus=Focus(0.1, 0.96)), Image(media=PICTURE, alt="B")))
        ),
    )
    page = Renderer().file(replace(shown, media={PICTURE: LARGE}), "index.html")
    assert page is not None
    html = page.data.decode()
    assert html.count(f'srcset="{srcset(LARGE)}"') == html.count('width="2000" height="1000"') == 3
    assert 'class="fx1 fy10"' in html
    assert html.count('loading="lazy"') == 2
    unknown = Renderer().file(replace(shown, media={PICTURE: Media(width=0, height=0)}), "index.html")
    assert unknown is not None
    assert unknown.data.decode().count("unsized") == 3
