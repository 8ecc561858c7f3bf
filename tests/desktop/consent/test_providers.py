from pathlib import Path

import pytest

from desktop.consent.providers import DIRECTIVES, TABLE, Strategy, read_table, table
from desktop.domain.problem import InvalidValue

SHIPPED = TABLE.read_text(encoding="utf-8")


def test_every_provider_of_the_table_is_there_and_the_generic_one_last() -> None:
    found = [provider.id for provider in table()]
    assert len(found) == 20
    assert found[0] == "x"
    assert found[-1] == "generic"
    assert table() is table()


def test_every_directive_is_present_for_every_provider() -> None:
    for provider in table():
        assert tuple(provider.hosts) == DIRECTIVES
        assert provider.hosts["frame"] or provider.hosts["script"]


def test_every_fact_has_sources_the_table_explains() -> None:
    known = set(table().sources)
    for provider in table():
        assert provider.sources
        assert all(keys and set(keys) <= known for keys in provider.sources.values())
        assert all(f"hosts.{name}:{host}" in provider.sources for name in DIRECTIVES for host in provider.hosts[name])


def test_facts_from_memory_are_marked_unverified() -> None:
    x = table().get("x")
    assert x.is_unverified("hosts.media:video.twimg.com")
    assert x.is_unverified("original_link")
    assert not x.is_unverified("script")
    assert "hosts.script:cdn.syndication.twimg.com" in x.unverified()


def test_an_unknown_provider_is_the_generic_one_without_policies() -> None:
    generic = table().get("nobody-knows")
    assert generic is table().generic
    assert generic.cookie_policy is None
    assert generic.privacy_policy is None


def test_a_provider_is_found_by_any_of_its_names() -> None:
    for name in ("X", "twitter", "TWITTER", "x"):
        found = table().named(name)
        assert found
        assert found.id == "x"
    assert table().named("Chirper") is None


def test_adverts_are_told_where_the_table_knows_of_them() -> None:
    assert [provider.id for provider in table() if provider.may_contain_adverts] == ["youtube", "dailymotion"]


def test_hosts_are_owned_on_the_dot_boundary() -> None:
    x = table().get("x")
    assert x.owns("x.com")
    assert x.owns("mobile.twitter.com")
    assert not x.owns("evil-x.com")
    assert not x.owns("x.com.evil.example")


def test_strategies_have_what_they_load() -> None:
    for provider in table():
        match provider.strategy:
            case Strategy.SCRIPT:
                assert provider.script
                assert provider.companion
            case Strategy.IFRAME:
                assert provider.iframe


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("schema = 1", "schema = 2", "schema"),
        ('id = "x"', 'id = "youtube"', "youtube"),
        ('id = "generic"', 'id = "other"', "generic"),
        ('strategy = "script"', 'strategy = "magic"', "“x”"),
        ('name = "X"\n', "", "“x” lacks “name”"),
        ('name = "X"\n', 'name = "X"\ncolour = "black"\n', "colour"),
        ('src = "sim tr" }', 'src = "rumour" }', "script"),
        ('src = "sim tr" }', 'src = "" }', "script"),
        ('is = "https://x.com/en/privacy"', 'is = "javascript:alert(1)"', "privacy_policy"),
        ('is = "https://x.com/en/privacy"', "is = 7", "privacy_policy"),
        ('"pbs.twimg.com", "abs', '"pbs.twimg.com; script-src *", "abs', "CSP host source"),
        ('kind = "post"', "kind = 3", "kind"),
        (r"(?P<id>\d+)'", r"(?P<id>\d+'", "regular expression"),
        ("\n[sources]\n", "\n[sources]\nfar = 3\n", "source"),
        ("\n[sources]\n", "\n[sources\n", "TOML"),
        ('cookies = [{ is = ["guest_id"', 'cookies = [{ is = [7, "guest_id"', "cookies"),
        ('aliases = ["twitter"', 'aliases = [1, "twitter"', "aliases"),
    ],
)
def test_a_damaged_table_names_the_place(old: str, new: str, named: str) -> None:
    assert old in SHIPPED
    with pytest.raises(InvalidValue) as caught:
        read_table(SHIPPED.replace(old, new, 1))
    assert named in str(caught.value)


def test_a_provider_with_nothing_to_load_is_refused() -> None:
    written = SHIPPED.replace('script = { is = "https://platform.twitter.com/widgets.js", src = "sim tr" }\n', "")
    with pytest.raises(InvalidValue, match="“x” has no script"):
        read_table(written)


def test_an_entry_that_is_no_table_is_refused() -> None:
    written = 'schema = 1\nas_of = 2026-01-01\nprovider = ["x"]\n[sources]\na = "b"\n'
    with pytest.raises(InvalidValue, match="Provider 1 is not a table"):
        read_table(written)


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(InvalidValue, match="does not end with"):
        read_table('schema = 1\nas_of = 2026-01-01\nprovider = []\n[sources]\na = "b"\n')


def test_the_table_holds_every_fact_of_the_data_it_was_carried_from() -> None:
    data = Path(__file__).parents[3] / "../shared/data/providers.yaml"
    if not data.exists():
        pytest.skip("the data the table was carried from is not beside this checkout")
    ids = [line.removeprefix("- id: ") for line in data.read_text(encoding="utf-8").splitlines() if "- id: " in line]
    assert [provider.id for provider in table()] == ids
