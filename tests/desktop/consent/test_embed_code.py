from datetime import UTC, datetime

import pytest

from desktop.consent.recognise import recognise


def test_a_quotation_keeps_its_words_author_and_the_posts_own_link() -> None:
    code = """<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The bridge is <b>shut</b>.<br>Use the ferry.
    <a href="https://t.co/other">pic</a></p>&mdash; Harbour Office (@harbour)
    <a href="https://twitter.com/harbour/status/77?ref_src=twsrc%5Etfw">May 1, 2026</a></blockquote>
    <script async src="https://platform.twitter.com/widgets.js"></script>"""
    embed = recognise(code)
    assert (embed.provider, embed.address) == ("x", "https://twitter.com/harbour/status/77")
    assert embed.quoted.startswith("The bridge is shut.\nUse the ferry.")
    assert embed.author == "Harbour Office (@harbour)"
    assert embed.posted_at == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closing", "author", "day"),
    [
        ('&mdash; Pilot (@pilot) <a href="https://x.com/pilot/status/78">March 21, 2026</a>', "Pilot (@pilot)", 21),
        ('&mdash; Pilot <a href="https://x.com/pilot/status/78">March 2, 2026 at 3:44 PM</a>', "Pilot", 2),
        (
            '&mdash; Pilot <a href="https://x.com/pilot/status/78"><time datetime="2026-03-05T09:00Z">now</time></a>',
            "Pilot",
            5,
        ),
        ('&mdash; Pilot <a href="https://x.com/pilot/status/78">February 31, 2026</a>', "Pilot", None),
        ('&mdash; Pilot <a href="https://x.com/pilot/status/78">View</a>', "Pilot", None),
    ],
)
def test_the_day_that_closes_a_quotation_is_not_part_of_its_authors_name(
    closing: str, author: str, day: int | None
) -> None:
    embed = recognise(f"<blockquote><p>Shut.</p>{closing}</blockquote>")
    assert embed.address == "https://x.com/pilot/status/78"
    assert embed.author == author
    assert (embed.posted_at.day if embed.posted_at else None) == day


@pytest.mark.parametrize(
    ("code", "provider", "address"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abcdefghijk?si=1"></iframe>',
            "youtube",
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        (
            '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1234567&show=1"></iframe>',
            "facebook",
            "https://www.facebook.com/a/posts/1234567",
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/a/posts/1234567"></div>',
            "facebook",
            "https://www.facebook.com/a/posts/1234567",
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Ab/?utm_source=ig"></blockquote>',
            "instagram",
            "https://www.instagram.com/p/Ab/",
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/5"><section><a href="https://www.tiktok.com/@a">a</a></section></blockquote>',
            "tiktok",
            "https://www.tiktok.com/@a/video/5",
        ),
        (
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@a/post/B"></blockquote>',
            "threads",
            "https://www.threads.net/@a/post/B",
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3k"><p>Hi</p></blockquote>',
            "bluesky",
            "https://bsky.app/profile/did:plc:abc/post/3k",
        ),
        (
            '<iframe src="https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3k"></iframe>',
            "bluesky",
            "https://bsky.app/profile/did:plc:abc/post/3k",
        ),
        (
            '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="durov/5"></script>',
            "telegram",
            "https://t.me/durov/5",
        ),
        (
            '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&color=red"></iframe>',
            "soundcloud",
            "https://soundcloud.com/a/b",
        ),
        (
            '<div class="flourish-embed flourish-map" data-src="visualisation/12?243"></div>',
            "flourish",
            "https://public.flourish.studio/visualisation/12/",
        ),
        (
            '<iframe src="https://player.twitch.tv/?video=v5&parent=a.example"></iframe>',
            "twitch",
            "https://www.twitch.tv/videos/5",
        ),
        (
            '<iframe src="https://player.twitch.tv/?channel=abc&parent=a.example"></iframe>',
            "twitch",
            "https://www.twitch.tv/abc",
        ),
        (
            '<iframe src="https://clips.twitch.tv/embed?clip=Abc&parent=a.example"></iframe>',
            "twitch",
            "https://clips.twitch.tv/Abc",
        ),
        ('<iframe src="//unknown.example/chart"></iframe>', "generic", "https://unknown.example/chart"),
    ],
)
def test_an_embed_code_names_its_post(code: str, provider: str, address: str) -> None:
    embed = recognise(code)
    assert (embed.provider, embed.address) == (provider, address)
