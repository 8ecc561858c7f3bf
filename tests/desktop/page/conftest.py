"""The reader's page on loopback, and a browser that asks nobody else."""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from desktop.page.site import Site
from tests.desktop.page.harbour import write_site
from tests.desktop.page.reader import Reader, refuse

CHROMIUM = Path("/usr/bin/chromium")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        pass


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Site], str]]:
    """Write a site into a folder and serve it on loopback; calling it again writes the next state of it."""
    folder = tmp_path / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def write(shown: Site) -> str:
        write_site(shown, folder)
        return f"http://127.0.0.1:{server.server_port}/index.html"

    yield write
    server.shutdown()
    server.server_close()
    thread.join()


# Not longer than a module: Playwright keeps an event loop running, and the next module may want one of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, "--no-first-run"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Reader]]:
    contexts = []

    def make(answer: Callable[[Route], None] = refuse, **options: bool) -> Reader:
        context = browser.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        return Reader(context.new_page(), answer)

    yield make
    for context in contexts:
        context.close()
