"""A film on the served page in a real browser: asked for by the reader alone, played, and captioned."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from desktop.domain.blocks import Image, Video
from desktop.exchange.film import prepare_captions, prepare_film
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher
from tests.desktop.rehearsal.test_media import name_of, picture, send

CHROMIUM = Path("/usr/bin/chromium")
FILMS = Path(__file__).parents[2] / "films"
CAPTIONS = prepare_captions(b"WEBVTT\n\n00:00.000 --> 00:01.000\nA horn across the water.\n")


def play(tab: Page) -> tuple[int, str]:
    """Play the film to its first picture; return how far it is read and what its captions say."""
    found: list[object] = tab.evaluate(
        """async () => {
            const film = document.querySelector("video"), track = film.textTracks[0];
            track.mode = "showing";
            film.muted = true;
            await film.play();
            for (let tries = 0; tries < 50 && !track.cues?.length; tries++)
                await new Promise(go => setTimeout(go, 100));
            return [film.readyState, track.cues?.[0]?.text ?? ""];
        }"""
    )
    read, said = found
    return int(str(read)), str(said)


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_a_film_is_read_when_it_is_played_and_says_its_captions(
    live: Publisher, endpoint: RehearsalEndpoint, name: str
) -> None:
    film, still = prepare_film(FILMS / name), picture()
    for data, media_type in ((film.data, film.media_type), (CAPTIONS, "text/vtt"), (still, "image/png")):
        assert send(live, data, media_type).status_code == 201
    poster = Image(name_of(still), "Water")
    block = Video(
        name_of(film.data), "The quay", poster=poster, captions=name_of(CAPTIONS), width=film.width, height=film.height
    )
    live.put_entry(live.entry("The horn", block))
    asked: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = chromium.new_page()
        tab.on("request", lambda request: asked.append(urlsplit(request.url).path))
        tab.goto(f"{endpoint.reader_url}{live.coverage.id}/")
        tab.wait_for_load_state("networkidle")
        shown = tab.locator("video")
        assert (shown.get_attribute("width"), shown.get_attribute("height")) == ("160", "90")
        assert not any(name_of(film.data) in path for path in asked)
        read, said = play(tab)
        chromium.close()
    assert read >= 2  # HAVE_CURRENT_DATA: a picture of it is there
    assert said == "A horn across the water."
    assert any(name_of(film.data) in path for path in asked)
