"""A test of a connection to a real WordPress says who we are, what we may do and what survives being stored."""

import asyncio
from dataclasses import replace

import pytest

from desktop.domain.endpoint import Environment
from desktop.publish.probe import ProbeResult, ProbeState, probe
from tests.desktop.publish.scripted import ScriptedEndpoint
from tests.desktop.publish.wordpress.newsdesk import Readers, wordpress_at
from tests.servers.wordpress import WordPress


def probed(site: WordPress, account: str, secret: str | None = None) -> ProbeResult:
    return asyncio.run(probe(wordpress_at(site.url, account=account), secret or site.passwords[account], deadline=20.0))


def test_an_editor_may_and_every_kind_of_block_survives(site: WordPress) -> None:
    found = probed(site, "editor")
    assert found.is_ok, found.sentence
    assert "came back whole" in found.sentence
    assert site.url in found.sentence
    proved = {each.name: each.is_proved for each in found.capabilities}
    assert proved == dict.fromkeys(proved, True) | {"plugin": False, "liveblog": False}
    kept = Readers(site).ask(
        "GET", "/wp/v2/posts?status=draft,trash&search=Newsroom%20Console&context=edit", account="admin"
    )
    assert kept == []


def test_without_unfiltered_html_what_the_console_writes_still_survives(site: WordPress) -> None:
    site.php("get_role('editor')->remove_cap('unfiltered_html');")
    try:
        found = probed(site, "editor")
    finally:
        site.php("get_role('editor')->add_cap('unfiltered_html');")
    assert found.is_ok
    lost = {each.name for each in found.capabilities if not each.is_proved}
    assert lost == {"frames", "times", "plugin", "liveblog"}


@pytest.mark.parametrize("account", ["author", "contributor"])
def test_who_may_not_make_a_page_is_told_what_is_missing(site: WordPress, account: str) -> None:
    found = probed(site, account)
    assert found.state is ProbeState.FORBIDDEN
    assert "may not" in found.sentence
    assert "make the category of a page" in found.sentence


def test_a_wrong_password_is_told_though_public_pages_answer(site: WordPress) -> None:
    assert probed(site, "editor", "abcd efgh").state is ProbeState.WRONG_SECRET
    assert asyncio.run(probe(wordpress_at(site.url), None)).state is ProbeState.WRONG_SECRET
    assert probed(site, "editor", " ".join(site.passwords["editor"])).is_ok


def test_what_is_no_wordpress_is_told(scripted: ScriptedEndpoint) -> None:
    found = asyncio.run(probe(wordpress_at(scripted.url), scripted.token))
    assert found.state is ProbeState.NOT_A_LIVE_PAGE
    scripted.stop()
    assert asyncio.run(probe(wordpress_at(scripted.url), scripted.token)).state is ProbeState.UNREACHABLE


def test_a_site_that_is_held_to_its_address_refuses_another(site: WordPress) -> None:
    first = probed(site, "editor")
    assert first.service is not None
    endpoint = replace(wordpress_at(site.url), instance=first.service.instance)
    assert asyncio.run(probe(endpoint, site.passwords["editor"])).is_ok
    other = replace(endpoint, instance=endpoint.id)
    assert asyncio.run(probe(other, site.passwords["editor"])).state is ProbeState.WRONG_PLACE


def test_production_is_never_entered_by_a_rehearsal_address(site: WordPress) -> None:
    endpoint = wordpress_at(site.url.replace("http://127.0.0.1", "http://desk.example"), Environment.PRODUCTION)
    assert asyncio.run(probe(endpoint, "x")).state is ProbeState.WRONG_PLACE
