from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange import film
from desktop.exchange.film import FilmRefused, prepare_captions, prepare_film

FILMS = Path(__file__).parents[2] / "films"
MP4, WEBM = (FILMS / "film.mp4").read_bytes(), (FILMS / "film.webm").read_bytes()


def box(name: bytes, *inside: bytes) -> bytes:
    held = b"".join(inside)
    return (8 + len(held)).to_bytes(4) + name + held


def with_place(film_bytes: bytes) -> bytes:
    """Return an MP4 whose moov says where it was filmed, as telephones do."""
    told = box(b"udta", box(b"\xa9xyz", b"+51.5074-000.1278/")) + box(b"meta", b"com.apple.quicktime.make Quay")
    at = film_bytes.index(b"moov") - 4
    size = int.from_bytes(film_bytes[at : at + 4])
    return (
        film_bytes[:at]
        + (size + len(told)).to_bytes(4)
        + film_bytes[at + 4 : at + size]
        + told
        + film_bytes[at + size :]
    )


@pytest.mark.parametrize(("data", "media_type"), [(MP4, "video/mp4"), (WEBM, "video/webm")])
def test_a_film_is_recognised_and_measured_by_its_own_bytes(data: bytes, media_type: str) -> None:
    taken = prepare_film(data)
    assert (taken.media_type, taken.width, taken.height) == (media_type, 160, 90)
    assert not taken.is_blanked
    assert taken.data == data


def test_place_and_camera_are_blanked_and_nothing_moves() -> None:
    told = with_place(MP4)
    taken = prepare_film(told)
    assert taken.is_blanked
    assert len(taken.data) == len(told)
    assert b"51.5074" not in taken.data
    assert b"quicktime" not in taken.data
    assert (taken.width, taken.height) == (160, 90)
    assert not prepare_film(taken.data).is_blanked


def test_tags_of_a_webm_become_void() -> None:
    tags = b"\x12\x54\xc3\x67" + b"\x95" + b"FILMED AT 51.5 -0.12!"
    taken = prepare_film(WEBM + tags)
    assert taken.is_blanked
    assert len(taken.data) == len(WEBM) + len(tags)
    assert b"FILMED" not in taken.data
    assert taken.data.startswith(WEBM)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ",
        MP4[: MP4.index(b"moov") - 4],
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_browsers_cannot_play_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(FilmRefused, match="film"):
        prepare_film(data)


def test_a_cut_off_mp4_is_refused() -> None:
    with pytest.raises(FilmRefused, match="cut off"):
        prepare_film(MP4[: MP4.index(b"moov") + 40])


def test_a_film_over_the_limit_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "MAX_BYTES", 100)
    place = tmp_path / "long.mp4"
    place.write_bytes(MP4)
    with pytest.raises(FilmRefused, match="larger than"):
        prepare_film(place)
    with pytest.raises(FilmRefused, match="cannot be read"):
        prepare_film(tmp_path / "none.mp4")


@settings(max_examples=50)
@given(st.binary(max_size=300), st.sampled_from([MP4[:32], WEBM[:48]]))
def test_no_bytes_do_more_than_be_refused(tail: bytes, head: bytes) -> None:
    with suppress(FilmRefused):
        assert len(prepare_film(head + tail).data) == len(head + tail)


def test_captions_are_webvtt_with_something_said() -> None:
    said = b"\xef\xbb\xbfWEBVTT\r\n\r\n00:00.000 --> 00:02.000\r\nThe bridge opens.\r\n"
    assert prepare_captions(said) == b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe bridge opens.\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"1\n00:00:00,000 --> 00:00:02,000\nHello\n", "not WebVTT"),
        (b"WEBVTT\n\nnothing timed\n", "no timed line"),
        (b"WEBVTTX\n\n00:00.000 --> 00:02.000\n", "not WebVTT"),
        (b"WEBVTT\n\xff\xfe", "not UTF-8"),
    ],
)
def test_other_captions_are_refused_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(FilmRefused, match=why):
        prepare_captions(data)
