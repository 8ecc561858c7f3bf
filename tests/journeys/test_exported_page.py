"""An exported page, opened from its folder in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.conftest import Run, result

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, "--no-first-run"])
        yield started
        started.close()


def asked_for(chromium: Browser, page: Path, *, script: bool) -> list[str]:
    """Everything a reader's browser asks for while the page is read to its end."""
    context = chromium.new_context(java_script_enabled=script)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    for _ in range(40):
        tab.mouse.wheel(0, 2_000)
        tab.wait_for_timeout(25)
    assert tab.locator("article").count() == 20
    gates = tab.locator("[role=group] button")
    assert gates.first.is_visible() is script
    context.close()
    return asked


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_the_real_page_asks_nothing_of_any_other_host(
    run: Run, example: Path, tmp_path: Path, chromium: Browser, *, script: bool
) -> None:
    imported = result(run("import", example / "live-page.txt", "--house", example / "house.toml", "--json"))
    written = result(run("export", imported["coverage"], "--as", "html", "--out", tmp_path / "site", "--json"))
    asked = asked_for(chromium, Path(written["file"]), script=script)
    assert asked
    assert [address for address in asked if not address.startswith((tmp_path / "site").as_uri())] == []
