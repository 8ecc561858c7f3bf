import pytest

from desktop.consent.tracking import without_tracking


@pytest.mark.parametrize(
    ("address", "kept", "gone"),
    [
        ("https://a.example/x?utm_source=b&id=7&fbclid=Iw#top", "https://a.example/x?id=7#top", 2),
        ("https://a.example/?gclid=1", "https://a.example/", 1),
        ("https://a.example/x?feature=map&q=utm_source", "https://a.example/x?feature=map&q=utm_source", 0),
        ("https://a.example/x#?utm_source=b", "https://a.example/x#?utm_source=b", 0),
        ("https://a.example/x?b=%C3%A9&UTM_Medium=c", "https://a.example/x?b=%C3%A9", 1),
        ("mailto:a@b.example?utm_source=c", "mailto:a@b.example?utm_source=c", 0),
        (
            "https://www.google.com/url?q=https://a.example/x%3Futm_source%3Db&sa=D&ust=1",
            "https://a.example/x",
            2,
        ),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)", 0),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=05",
            "https://a.example/x",
            1,
        ),
        ("https://[", "https://[", 0),
    ],
)
def test_only_what_follows_the_reader_goes(address: str, kept: str, gone: int) -> None:
    assert without_tracking(address) == (kept, gone)
