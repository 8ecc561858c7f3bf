import pytest

from desktop.domain.problem import Problem
from ui.editor.link_field import read_link


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("example.org/help", "https://example.org/help"),
        ("example.org/help?utm_source=a&page=2", "https://example.org/help?page=2"),
        (" mailto:desk@example.org ", "mailto:desk@example.org"),
    ],
)
def test_links_readers_may_follow(typed: str, href: str) -> None:
    assert read_link(typed) == href


@pytest.mark.parametrize("typed", ["", "javascript:alert(1)", "mailto:", "http://localhost/", "file:///etc/passwd"])
def test_links_they_may_not(typed: str) -> None:
    with pytest.raises(Problem):
        read_link(typed)
