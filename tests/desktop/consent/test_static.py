import pytest

from desktop.consent.static import strangers_in


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<script src="https://leak.example/a.js"></script>', [("script", "https://leak.example/a.js")]),
        ('<noscript><img src="//leak.example/p.gif"></noscript>', [("img", "//leak.example/p.gif")]),
        ('<link rel="preconnect" href="https://leak.example">', [("link", "https://leak.example")]),
        ('<img srcset="a.png 1x, https://leak.example/b.png 2x" src="a.png">', [("img", "https://leak.example/b.png")]),
        (
            '<iframe srcdoc="&lt;link rel=preconnect href=https://l.example&gt;"></iframe>',
            [("link", "https://l.example")],
        ),
        ('<meta http-equiv="refresh" content="0; url=https://l.example/">', [("meta", "https://l.example/")]),
        ('<a href="https://x.com/harbour">read on</a><link rel="canonical" href="https://news.example/">', []),
        ('<img src="/media/a.png"><script src="reader.js"></script><img src="data:,">', []),
        ('<img src="https://news.example/a.png">', []),
        ('<img src="https://[broken/">', [("img", "https://[broken/")]),
    ],
)
def test_only_what_is_asked_without_a_click_is_named(markup: str, found: list[tuple[str, str]]) -> None:
    assert [(each.element, each.address) for each in strangers_in(markup, ["news.example"])] == found
