"""A WordPress that misleads: it stores and answers 500, refuses for good with 500, or has no application passwords."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator

import pytest

from desktop.publish.answer import Refused, RetryLater
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.probe import ProbeState, probe
from desktop.publish.transport import Reply
from desktop.publish.wordpress.api import Told, WordPressApi
from desktop.publish.wordpress.refusal import of_write
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import Readers, wordpress_at
from tests.servers.wordpress import WordPress

Misbehave = Callable[[str], None]


@pytest.fixture
def misbehave(site: WordPress) -> Iterator[Misbehave]:
    """Make the site run code of ours in every request, until the test ends."""
    place = site.folder / "wp-content/mu-plugins/misbehave.php"

    def run(code: str) -> None:
        place.write_text(f"<?php {code}", encoding="utf-8")

    yield run
    place.unlink(missing_ok=True)


def test_what_was_stored_and_answered_500_is_there_once(newsdesk: Desk, site: WordPress, misbehave: Misbehave) -> None:
    newsdesk.publish()
    newsdesk.drain(deadline=30.0)
    flag = site.folder / "once"
    flag.touch()
    fails_once = (
        "add_action('rest_after_insert_post', function ($post) { "
        f"if ($post->post_status === 'publish' && @unlink('{flag}')) {{ status_header(500); die('tired'); }} }});"
    )
    misbehave(fails_once)
    entry = newsdesk.write("Trains stop")
    newsdesk.publish(entry)
    newsdesk.drain(deadline=30.0)
    assert not flag.exists()
    assert [post["title"]["rendered"] for post in Readers(site).posts(newsdesk)] == ["Trains stop"]
    assert set(newsdesk.states()) == {"done"}


def test_a_refusal_for_good_that_is_told_as_500_parks_the_entry(
    newsdesk: Desk, site: WordPress, misbehave: Misbehave
) -> None:
    newsdesk.publish()
    newsdesk.drain(deadline=30.0)
    refuses = (
        "add_filter('rest_pre_insert_post', fn () => new WP_Error('db_insert_error', "
        "'Could not insert post into the database.', ['status' => 500]));"
    )
    misbehave(refuses)
    newsdesk.publish(newsdesk.write("Trains stop"))
    (receipt,) = newsdesk.drain(deadline=30.0)
    assert receipt.outcome == "refused"
    assert "Could not insert post into the database." in receipt.detail
    assert Readers(site).posts(newsdesk) == []


def test_a_site_without_application_passwords_is_not_offered(site: WordPress, misbehave: Misbehave) -> None:
    misbehave("add_filter('wp_is_application_passwords_available', '__return_false');")
    found = asyncio.run(probe(wordpress_at(site.url), site.passwords["editor"], deadline=30.0))
    assert found.state is ProbeState.NOT_A_LIVE_PAGE
    assert "WP_ENVIRONMENT_TYPE" in found.sentence


def test_a_picture_that_is_cut_off_on_its_way_is_not_taken(site: WordPress) -> None:
    whole = b"\x89PNG\r\n\x1a\n" + bytes(4000)
    sha256 = hashlib.sha256(whole).hexdigest()

    async def send() -> object:
        watch = DeadlineWatch()
        api = WordPressApi(site.url, "editor", watch, 30.0)
        api.use(site.passwords["editor"])
        try:
            headers = {
                "Content-Type": "image/png",
                "Content-Disposition": f'attachment; filename="{sha256}.png"',
                "Content-MD5": hashlib.md5(whole, usedforsecurity=False).hexdigest(),
            }
            return await api.upload("/wp/v2/media", headers, whole[:2000], 30.0)
        finally:
            await api.close()
            watch.close()

    told = asyncio.run(send())
    assert isinstance(told, Told)
    assert told.code == "rest_upload_hash_mismatch"
    assert isinstance(of_write(told, "site"), RetryLater)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, {"code": "rest_cannot_edit", "message": "Sorry, you are not allowed to edit this post."}, "Refused"),
        (401, {"code": "rest_cannot_create", "message": "Sorry."}, "Unauthorised"),
        (500, {"code": "internal_server_error", "message": "<p>There has been a critical error.</p>"}, "Unknown"),
        (500, {"code": "db_update_error", "message": "Could not update post in the database."}, "Refused"),
        (503, None, "Unknown"),
        (429, None, "RetryLater"),
        (302, None, "Refused"),
        (200, None, "Unknown"),
    ],
)
def test_an_answer_is_judged_by_its_code(status: int, body: object, kind: str) -> None:
    judged = of_write(Told(Reply(status, {"location": "https://elsewhere.example/"}, b""), body), "site")
    assert type(judged).__name__ == kind
    if isinstance(judged, Refused):
        assert "<" not in judged.reason
