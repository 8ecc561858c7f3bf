import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.consent.address import AddressRefused, read_address
from desktop.consent.recognise import provider_of, recognise
from desktop.domain.blocks import GENERIC_PROVIDER
from desktop.domain.problem import Problem


@pytest.mark.parametrize(
    ("pasted", "provider", "kind", "canonical"),
    [
        ("https://twitter.com/a/status/123?s=20&t=x", "x", "post", "https://twitter.com/a/status/123"),
        ("https://x.com/a/status/123?ref_src=twsrc", "x", "post", "https://x.com/a/status/123"),
        ("mobile.twitter.com/a/statuses/1", "x", "post", "https://mobile.twitter.com/a/statuses/1"),
        ("https://youtu.be/abcdefghijk?si=q", "youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("//m.youtube.com/watch?app=m&v=abcdefghijk&t=9", "youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk&t=9"),
        ("https://www.youtube-nocookie.com/embed/abcdefghijk", "youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://m.facebook.com/some.page/posts/1234567", "facebook", "post", "https://m.facebook.com/some.page/posts/1234567"),
        ("https://instagr.am/p/AbC-_1/?igsh=1", "instagram", "post", "https://www.instagram.com/p/AbC-_1/"),
        ("https://www.tiktok.com/@a.b/video/99?_t=1&utm_source=c", "tiktok", "video", "https://www.tiktok.com/@a.b/video/99"),
        ("https://www.threads.com/@a/post/Xy?xmt=1", "threads", "post", "https://www.threads.com/@a/post/Xy"),
        ("https://bsky.app/profile/a.example/post/3kab", "bluesky", "post", "https://bsky.app/profile/a.example/post/3kab"),
        ("https://social.example/@a/123", "mastodon", "post", "https://social.example/@a/123"),
        ("https://t.me/s/channel/5", "telegram", "post", "https://t.me/channel/5"),
        ("https://vimeo.com/123?h=abc", "vimeo", "video", "https://vimeo.com/123?h=abc"),
        ("https://open.spotify.com/intl-de/track/Ab1?si=2", "spotify", "audio", "https://open.spotify.com/track/Ab1"),
        ("https://soundcloud.com/a/b?utm_medium=x", "soundcloud", "audio", "https://soundcloud.com/a/b"),
        ("https://flo.uri.sh/visualisation/77/embed", "flourish", "chart", "https://public.flourish.studio/visualisation/77/"),
        ("https://datawrapper.dwcdn.net/abcde/3/", "datawrapper", "chart", "https://www.datawrapper.de/_/abcde/"),
        ("https://www.google.co.uk/maps/place/A", "google-maps", "map", "https://www.google.co.uk/maps/place/A"),
        ("https://old.reddit.com/r/a/comments/b/c/", "reddit", "post", "https://old.reddit.com/r/a/comments/b/c/"),
        ("https://www.linkedin.com/embed/feed/update/urn:li:share:1", "linkedin", "post", "https://www.linkedin.com/feed/update/urn:li:share:1"),
        ("https://dai.ly/x1", "dailymotion", "video", "https://www.dailymotion.com/video/x1"),
        ("https://www.twitch.tv/videos/5", "twitch", "video", "https://www.twitch.tv/videos/5"),
        ("https://x.com/someone", "x", "post", "https://x.com/someone"),
        ("https://unknown.example/a?b=1&utm_campaign=c#d", "generic", "post", "https://unknown.example/a?b=1#d"),
        ("http://vimeo.com/123", "vimeo", "video", "https://vimeo.com/123"),
        ("http://twitter.com:8080/a/status/1", "x", "post", "http://twitter.com:8080/a/status/1"),
        ("https://unknown.example:8443/", "generic", "post", "https://unknown.example:8443/"),
        ("https://unknown.example:443", "generic", "post", "https://unknown.example/"),
        ("https://ｘ.com．/a/status/1", "x", "post", "https://x.com/a/status/1"),
        ("HTTP://Unknown.Example./A", "generic", "post", "http://unknown.example/A"),
    ],
)  # fmt: skip
def test_an_address_becomes_an_embed(pasted: str, provider: str, kind: str, canonical: str) -> None:
    embed = recognise(pasted)
    assert (embed.provider, embed.kind, embed.address) == (provider, kind, canonical)
    again = recognise(canonical)
    assert (again.provider, again.address) == (provider, canonical)
    assert provider_of(canonical).id == provider


@pytest.mark.parametrize("host", ["evil-x.com", "x.com.evil.example", "notyoutube.com", "xn--x-com.example"])
def test_a_host_that_only_looks_known_is_generic(host: str) -> None:
    assert recognise(f"https://{host}/a/status/1").provider == GENERIC_PROVIDER


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   ",
        "hello",
        "hello there.com",
        "javascript:alert(1)",
        "JAVASCRIPT://x.com/%0aalert(1)",
        "data:text/html,<b>x</b>",
        "file:///etc/passwd",
        "ftp://x.com/a",
        "blob:https://x.com/1",
        "https:x.com/a",
        "https:///x.com/a",
        "https://",
        "https://user@x.com/a/status/1",
        "https://x.com:pass@evil.example/",
        "https://x.com\\@evil.example/",
        "https://x.com/a\nb",
        "https://x.com/a\u202eb",
        "https://x.com:99999/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[not-an-address/",
        "http://127.0.0.1/",
        "http://10.0.0.8/a",
        "http://192.168.1.1",
        "http://169.254.169.254/latest",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://１２７.0.0.1/",
        "http://443．",
        "http://localhost。",
        "http://localhost/a",
        "http://press.localhost/a",
        "http://intranet/a",
        "http://printer.local/",
        "http://exa%6dple.com/",
        "http://a..example/",
        "http://-.example/\u0000",
        "http://" + "a" * 70 + ".example/",
        "https://x.com/" + "a" * 3000,
        "<p>no post here</p>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe src='http://127.0.0.1/'></iframe>",
        "<" + "b" * 200_000,
    ],
)
def test_what_readers_must_not_be_sent_to_is_refused_in_a_sentence(pasted: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        recognise(pasted)
    assert caught.value.explanation.title.endswith(".")


@pytest.mark.parametrize(
    ("pasted", "shown", "ascii_host"),
    [
        ("https://bücher.example/", "bücher.example", "xn--bcher-kva.example"),
        ("https://faß.example/", "faß.example", "xn--fa-hia.example"),
        ("https://xn--bcher-kva.example/", "bücher.example", "xn--bcher-kva.example"),
        ("https://пример.example/", "пример.example", "xn--e1afmkfd.example"),
        ("https://аpple.example/", "xn--pple-43d.example", "xn--pple-43d.example"),
        ("https://аррӏе.example/", "xn--80ak6aa92e.example", "xn--80ak6aa92e.example"),
        ("https://ｘ.example．/", "x.example", "x.example"),
        ("https://東京タワー.example/", "東京タワー.example", "xn--5ck2eqb538s34z.example"),
        ("https://under_score.example/", "under_score.example", "under_score.example"),
    ],
)
def test_names_in_mixed_scripts_are_shown_as_punycode(pasted: str, shown: str, ascii_host: str) -> None:
    address = read_address(pasted)
    assert (address.host, address.ascii_host) == (shown, ascii_host)


def test_a_public_number_is_an_address() -> None:
    assert recognise("https://[2606:4700:4700::1111]/a").address == "https://[2606:4700:4700::1111]/a"
    assert recognise("https://9.9.9.9/a").address == "https://9.9.9.9/a"


def test_a_query_without_tracking_keeps_its_exact_characters() -> None:
    pasted = "https://unknown.example/a?b=%20c+d&e&f=g%3Dh"
    assert recognise(pasted).address == pasted


@given(st.text(max_size=80))
def test_anything_pasted_is_recognised_or_refused(pasted: str) -> None:
    for typed in (pasted, f"https://{pasted}", f"https://x.com/{pasted}", f"<blockquote><a href='{pasted}'>"):
        try:
            embed = recognise(typed)
        except Problem:
            continue
        assert embed.address
        assert recognise(embed.address).address == embed.address
