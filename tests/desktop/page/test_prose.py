import pytest

from desktop.domain.text import Span, text
from desktop.page.prose import is_external, prose, safe_address


@pytest.mark.parametrize(
    "href",
    [
        "https://a.example/b?c=d#e",
        "http://a.example",
        "mailto:desk@a.example",
        "/story",
        "story.html",
        "#part",
        "?page=2",
    ],
)
def test_these_addresses_may_be_links(href: str) -> None:
    assert safe_address(href) == href


@pytest.mark.parametrize(
    "href",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "https:///nobody",
        "https:\\\\a.example",
        "http://[bad",
        "blob:https://a.example/1",
        "java:script",
    ],
)
def test_these_never_are(href: str) -> None:
    assert safe_address(href) == ""
    assert "<a" not in prose((Span("words", href=href),), "external", ())


def test_the_publishers_own_hosts_and_those_below_them_are_not_external() -> None:
    own = ("tidings.example",)
    assert not is_external("https://tidings.example/a", own)
    assert not is_external("https://WWW.Tidings.example/a", own)
    assert not is_external("/a", own)
    assert is_external("https://nottidings.example/a", own)
    assert is_external("https://tidings.example.elsewhere.example/a", own)


def test_neighbours_that_share_an_address_are_one_link() -> None:
    running = (
        Span("Read "),
        Span("all", href="https://a.example", bold=True),
        Span(" of it", href="https://a.example"),
    )
    assert prose(running, "external", ()) == (
        'Read <a href="https://a.example" rel="external noopener noreferrer"><strong>all</strong> of it'
        '<span class="vh">, external</span></a>'
    )


def test_markup_in_words_stays_words() -> None:
    assert prose(text("<b>&\nx"), "external", ()) == "&lt;b&gt;&amp;<br>x"
    assert prose((Span("x", href='https://a.example/"onclick="y'),), "external", ("a.example",)) == (
        '<a href="https://a.example/&#34;onclick=&#34;y">x</a>'
    )
