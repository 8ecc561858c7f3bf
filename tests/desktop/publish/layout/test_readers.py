"""The published page in real Chromium, as a web folder serves it: news reach a page that is open."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.endpoint import Endpoint
from desktop.domain.entry import Correction, Withdrawal
from desktop.domain.text import text
from tests.desktop.publish.desk import Desk

CHROMIUM = Path("/usr/bin/chromium")


def _ask_now(tab: Page) -> None:
    """Let the page ask for news, as it does when it is looked at again."""
    with tab.expect_response("**/head.json"):
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("place", ["http_put"], indirect=True)
def test_an_edit_a_correction_and_a_withdrawal_reach_an_open_page(place: Endpoint, desk: Desk) -> None:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    edited, corrected, withdrawn = (desk.write(words) for words in ("Trains stop", "Ferries wait", "A wall fell"))
    desk.publish(edited, corrected, withdrawn)
    desk.drain(deadline=5.0)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = chromium.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{place.url}/{desk.coverage.id}/index.html")
        now = moment.now()
        desk.publish(
            replace(edited, blocks=(Paragraph(text("They run again.")),), edited_at=now),
            replace(corrected, corrections=(Correction("It was two ferries.", now),)),
            replace(withdrawn, withdrawal=Withdrawal("No wall fell.", now)),
            desk.write("Sun at last"),
        )
        with ThreadPoolExecutor(1) as beside:
            # The browser's own loop runs in this thread.
            beside.submit(desk.drain, deadline=5.0).result()
        _ask_now(tab)
        expect(tab.get_by_text("They run again.")).to_be_visible()
        expect(tab.get_by_text("It was two ferries.")).to_be_visible()
        expect(tab.get_by_text("No wall fell.")).to_be_visible()
        tab.locator("#news button").click()
        expect(tab.get_by_text("Sun at last").first).to_be_visible()
        assert [url for url in asked if not url.startswith(place.url)] == []
        chromium.close()
