"""What readers get, held against the Nu HTML Checker and axe-core; `make test` fetches both, pinned."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from desktop.exchange import files, page_text, static_site
from desktop.exchange.files import ExportKind
from desktop.page import profile
from desktop.page.house import House
from desktop.page.site import REHEARSAL, Site
from tests.desktop.exchange.exported import sample, site_of
from tests.desktop.page.harbour import full_site, site, write_site

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "../shared/example"
PACKAGES = ROOT / "build/validators/node_modules"
CHECKER = PACKAGES / "vnu-jar/build/dist/vnu.jar"
AXE = PACKAGES / "axe-core/axe.min.js"

# Axe asks a person to look here: whether a clip without a caption track has speech at all.
NEEDS_A_PERSON = {"video-caption"}


def tool(path: Path, *commands: str) -> Path:
    """Return a checker, skipping where it cannot run or could not be fetched."""
    missing = [command for command in commands if not shutil.which(command)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed")
    if not path.is_file():
        pytest.skip("the checkers are not there: run `make validators`")
    return path


def right_to_left() -> House:
    houses = (House.shipped(name) for name in sorted(profile.shipped_names()))
    return next(house for house in houses if house.direction == "rtl")


def example() -> Site:
    if not (EXAMPLE / "live-page.txt").exists():
        pytest.skip("the example page is not beside this checkout")
    house = House.lay_over(EXAMPLE / "house.toml")
    return site_of(page_text.read((EXAMPLE / "live-page.txt").read_bytes(), house), house)


SITES: dict[str, Callable[[], Site]] = {
    "sample": sample,
    "example": example,
    "right to left": lambda: replace(sample(), house=right_to_left()),
    "every block": full_site,
    "rehearsal": lambda: replace(full_site(), mark=REHEARSAL),
    "nothing yet": site,
    "placed": lambda: replace(sample(), house=placed()),
}


def placed() -> House:
    values = {**House.shipped().values, "publisher.address": "https://news.example/live/{page}/"}
    return House.resolve("placed", values, "The house profile")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write one of the sites into a folder of its own, once."""

    @cache
    def write(name: str) -> Path:
        shown, folder = SITES[name](), tmp_path_factory.mktemp(name.replace(" ", "-"))
        if name in {"every block", "rehearsal"}:
            write_site(shown, folder)
        else:
            static_site.write(shown, folder)
        files.write(shown, ExportKind.DIGEST, folder)
        return folder

    return write


def test_the_checker_finds_no_error(written: Callable[[str], Path], tmp_path: Path) -> None:
    checker = tool(CHECKER, "java", "npm")
    broken = tmp_path / "broken.html"
    broken.write_text('<!doctype html><title>x</title><p id="a"><p id="a"><button></a>', encoding="utf-8")
    names = [name for name in SITES if name != "example" or (EXAMPLE / "live-page.txt").exists()]
    pages = [path for name in names for path in sorted(written(name).rglob("*.html")) if path.parent.name not in "es"]
    assert len(pages) > 30
    styles = [written("sample") / "page.css", written("sample") / "icon.svg"]
    # One process for all of them: it takes seconds to start.
    listed = [*map(str, pages), *map(str, styles), str(broken)]
    options = [
        "--format",
        "json",
        "--errors-only",
        "--also-check-css",
        "--also-check-svg",
        "--exit-zero-always",
        "--stdout",
    ]
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", str(checker), *options, *listed], capture_output=True, check=True, timeout=100
    )
    found = [message for message in json.loads(done.stdout)["messages"] if message["type"] == "error"]
    ours = [message for message in found if not message["url"].endswith("broken.html")]
    assert [f"{each['url']}:{each.get('lastLine')}: {each['message']}" for each in ours] == []
    assert len(found) >= 2


@dataclass(frozen=True)
class Look:
    """How a reader looks at a page."""

    site: str
    scheme: str = "light"
    width: int = 1280
    script: bool = True

    def __str__(self) -> str:
        return f"{self.site}, {self.scheme}, {self.width} px, script {'on' if self.script else 'off'}"


LOOKS = [
    *(
        Look("sample", scheme, width, script)
        for scheme in ("light", "dark")
        for width in (320, 1280)
        for script in (True, False)
    ),
    *(
        Look(name, scheme, 320, script)
        for name in ("right to left", "example")
        for scheme in ("light", "dark")
        for script in (True, False)
    ),
    Look("right to left"),
    Look("example"),
    Look("every block", "dark"),
    Look("rehearsal", "light", 320),
    Look("nothing yet"),
]


@pytest.fixture
def look_at(browser: Browser, written: Callable[[str], Path]) -> Iterator[Callable[..., Page]]:
    """Open a document of a site as a reader has it; whatever it asks of others is refused."""
    contexts = []

    def refuse(route: Route) -> None:
        url = route.request.url
        if url.startswith("file:") and not (url.endswith("reader.js") and blocks):
            route.continue_()
        else:
            route.abort("connectionrefused")

    blocks = False

    def opened(look: Look, path: str = "index.html", *, runs: bool = True) -> Page:
        nonlocal blocks
        blocks = not look.script
        context = browser.new_context(
            viewport={"width": look.width, "height": 900},
            color_scheme="dark" if look.scheme == "dark" else "light",
            reduced_motion="reduce",
            java_script_enabled=runs,
        )
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", refuse)
        page.goto((written(look.site) / path).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page, **options: Any) -> list[str]:
    """Run axe; evaluating it needs no right that the page's policy could refuse."""
    page.evaluate(tool(AXE, "npm").read_text(encoding="utf-8"))
    found = page.evaluate("(options) => axe.run(document, options)", options)
    assert found["passes"]
    return told(found["violations"]) + told(
        [rule for rule in found["incomplete"] if rule["id"] not in {*NEEDS_A_PERSON, "color-contrast"}]
    )


def told(rules: list[dict[str, Any]]) -> list[str]:
    return [f"{rule['id']}: {node['html'][:200]}" for rule in rules for node in rule["nodes"]]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_no_violation(look: Look, look_at: Callable[..., Page]) -> None:
    # Axe itself is a script, so the page without scripts is the page whose own script never came: the next test
    # shows that a browser with scripts off has the very same document.
    assert violations(look_at(look)) == []


@pytest.mark.parametrize("name", ["sample", "every block", "right to left"])
def test_a_browser_without_scripts_has_the_document_axe_looked_at(name: str, look_at: Callable[..., Page]) -> None:
    look = Look(name, script=False)
    blocked, off = look_at(look).content(), look_at(look, runs=False).content()
    assert "<noscript" not in blocked
    assert off == blocked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["sample", "right to left"])
def test_every_contrast_is_known_and_enough(name: str, scheme: str, look_at: Callable[..., Page]) -> None:
    page = look_at(Look(name, scheme, 320))
    # Axe does not judge words beside a decoration that CSS draws, so it looks once more without those.
    page.evaluate(
        "() => { const bare = new CSSStyleSheet(); document.adoptedStyleSheets = [bare];"
        " bare.replaceSync('*::before, *::after { content: none !important }'); }"
    )
    page.evaluate(tool(AXE, "npm").read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, { runOnly: ['color-contrast'] })")
    assert found["passes"]
    assert told(found["violations"]) + told(found["incomplete"]) == []


@pytest.mark.parametrize("name", ["every block", "right to left"])
def test_axe_finds_no_violation_in_a_frame(
    name: str, written: Callable[[str], Path], look_at: Callable[..., Page]
) -> None:
    frames = sorted((written(name) / "embed").glob("*.html"))
    assert frames
    # What is asked of a whole page, such as a heading of its own, is not asked of a frame inside one; what a
    # provider shows in a frame of its own is not ours to look at.
    names = ("region", "landmark-one-main", "page-has-heading-one", "bypass", "frame-tested")
    rules = {rule: {"enabled": False} for rule in names}
    for frame in frames:
        page = look_at(Look(name), frame.relative_to(written(name)).as_posix())
        assert violations(page, rules=rules) == [], frame.name


def test_axe_would_find_what_is_wrong(look_at: Callable[..., Page]) -> None:
    page = look_at(Look("sample"))
    page.evaluate("() => document.querySelector('article img').removeAttribute('alt')")
    assert [each.partition(":")[0] for each in violations(page)] == ["image-alt"]


def test_an_answered_gate_is_as_sound_as_an_open_one(look_at: Callable[..., Page]) -> None:
    page = look_at(Look("every block", "dark", 320))
    page.click(".embed >> nth=0 >> [data-choice=not_now]")
    assert page.get_attribute(".embed >> nth=0", "data-state") == "declined"
    assert violations(page) == []
