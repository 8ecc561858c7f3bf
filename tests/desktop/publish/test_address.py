import pytest

from desktop.domain.problem import InvalidValue
from desktop.publish.address import check_url, host_of, is_private_line


@pytest.mark.parametrize("url", ["https://publish.example.org", "http://127.0.0.1:8198/", " http://[::1]:80/base/ "])
def test_a_web_address_is_taken_without_its_last_slash(url: str) -> None:
    assert check_url(url) == url.strip().rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "publish.example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "http://[::1",
        "http://example.org:99999",
        "https://ada:secret@example.org",
        "https://@example.org",
        "https://example.org/?token=secret",
        "https://example.org/#top",
        "https://exa mple.org",
        "https://example.org/\nHost: elsewhere",
    ],
)
def test_anything_else_is_refused_in_words(url: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_url(url)
    assert "secret@" not in str(refused.value)


def test_a_host_is_named_without_a_login() -> None:
    assert host_of("https://ada:secret@example.org:8443/base") == "example.org:8443"


@pytest.mark.parametrize(
    ("url", "is_private"),
    [
        ("https://example.org", True),
        ("http://127.0.0.1:1", True),
        ("http://[::1]:1", True),
        ("http://localhost", True),
        ("http://example.org", False),
        ("http://192.168.1.2", False),
        ("http://localhost.example.org", False),
    ],
)
def test_a_line_is_private_when_nobody_on_the_network_can_listen(url: str, *, is_private: bool) -> None:
    assert is_private_line(url) is is_private


@pytest.mark.parametrize("written", ["/srv/pages", " /srv/pages/ ", "file:///srv/pages"])
def test_a_folder_is_named_by_its_whole_path(written: str) -> None:
    url = check_url(written, is_folder=True)
    assert (url, host_of(url), is_private_line(url)) == ("file:///srv/pages", "/srv/pages", True)


@pytest.mark.parametrize("written", ["", "pages", "../pages", "https://example.org/pages", "file://example.org/pages"])
def test_anything_else_is_no_folder_and_a_folder_is_no_web_address(written: str) -> None:
    with pytest.raises(InvalidValue):
        check_url(written, is_folder=True)
    with pytest.raises(InvalidValue):
        check_url("file:///srv/pages")
