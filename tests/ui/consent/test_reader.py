import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.problem import Problem
from tests.ui.consent.simulator import Simulator
from ui.consent.observation import ReaderState, strangers
from ui.sealed.requests import Kind, Party, Verdict

VISIBLE = "[...document.querySelectorAll('{}')].filter((each) => each.checkVisibility()).length"


def _count(simulator: Simulator, selector: str) -> object:
    answers: list[object] = []
    browser = simulator.pane.browser
    assert browser is not None
    assert browser.session is not None
    browser.session.run(VISIBLE.format(selector), answers.append)
    simulator.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


def test_before_consent_nobody_else_is_asked(simulator: Simulator, page: tuple[Entry, Entry]) -> None:
    assert page
    observation = simulator.run(ReaderState.BEFORE)
    assert observation.is_good
    assert observation.verdict == "0 third-party requests before consent"
    assert strangers(observation.requests) == ()
    assert {each.kind for each in observation.requests} >= {Kind.PAGE, Kind.STYLE, Kind.SCRIPT, Kind.PICTURE}
    assert all(each.verdict is Verdict.LOADED for each in observation.requests)
    assert simulator.pane.findings.verdict() == observation.verdict
    assert simulator.pane.findings.model.rowCount() == len(observation.requests)
    assert _count(simulator, ".embed .panel") == 3


def test_after_consent_only_the_accepted_providers_are_asked(simulator: Simulator, page: tuple[Entry, Entry]) -> None:
    film, posts = page
    simulator.pane.show_entry(posts.id)
    of_entry = simulator.run(ReaderState.AFTER)
    assert (of_entry.accepted, strangers(of_entry.requests)) == (2, ("platform.twitter.com",))
    assert of_entry.is_good
    assert of_entry.verdict.endswith("all in the provider table: platform.twitter.com (X)")
    assert all(each.verdict is Verdict.BLOCKED for each in of_entry.requests if each.party is Party.THIRD)
    simulator.pane.show_entry(film.id)
    assert strangers(simulator.run(ReaderState.AFTER).requests) == ("www.youtube-nocookie.com",)
    simulator.pane.show_entry(None)
    of_page = simulator.run(ReaderState.AFTER)
    assert of_page.accepted == 3
    assert set(strangers(of_page.requests)) == {"platform.twitter.com", "www.youtube-nocookie.com"}


def test_without_javascript_the_plain_form_stands(simulator: Simulator, page: tuple[Entry, Entry]) -> None:
    assert page
    observation = simulator.run(ReaderState.NO_JAVASCRIPT)
    assert observation.verdict == "0 third-party requests with JavaScript off"
    assert Kind.SCRIPT not in {each.kind for each in observation.requests}
    assert _count(simulator, ".embed .unavailable") == 3
    assert _count(simulator, ".embed button") == 0


def test_a_page_that_cannot_be_shown_is_said_in_words(simulator: Simulator) -> None:
    simulator.pane.show_coverage(new_id())
    with pytest.raises(Problem):
        simulator.run(ReaderState.BEFORE)
    browser = simulator.pane.browser
    assert browser is not None
    assert "could not be observed" in browser.words()
    assert simulator.pane.findings.verdict() == "Nothing was observed."


def test_a_shown_pane_observes_and_says_when_the_page_has_changed(
    simulator: Simulator, page: tuple[Entry, Entry]
) -> None:
    pane = simulator.pane
    with simulator.qtbot.waitSignal(pane.observed, timeout=40_000):
        pane.show()
    assert not pane.findings.is_outdated()
    simulator.workspace.save_draft(replace(page[0], headline="The first ferry, edited"))
    simulator.qtbot.waitUntil(pane.findings.is_outdated)
    browser = pane.browser
    assert browser is not None
    assert browser.session is not None
    with simulator.qtbot.waitSignal(browser.crashed, timeout=20_000):
        browser.session.page.load("chrome://crash")
    assert "stopped working" in browser.words()
    with simulator.qtbot.waitSignal(pane.observed, timeout=40_000) as seen:
        pane.states.press(ReaderState.NO_JAVASCRIPT)
    assert seen.args is not None
    assert seen.args[0].state is ReaderState.NO_JAVASCRIPT
    assert browser.words() == ""
    assert not pane.findings.is_outdated()


def test_neither_browser_nor_renderer_is_imported_with_the_pane() -> None:
    code = "import sys, ui.consent.pane; print(*sys.modules, sep='\\n')"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    loaded = set(done.stdout.split())
    assert not loaded & {"PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "jinja2", "sqlalchemy", "sqlmodel"}
