import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from desktop.domain.identity import new_id
from tests.ui.preview.desk import Desk
from ui.preview.pane import WIDTHS
from ui.sealed.requests import Kind

HEADLINES = "[...document.querySelectorAll('h3')].map((each) => each.innerText).join('|')"
GATES = "[...document.querySelectorAll('.embed button[data-choice=once]')].filter((b) => b.checkVisibility()).length"


def _loads(desk: Desk) -> int:
    browser = desk.pane.browser
    assert browser is not None
    assert browser.session is not None
    return sum(each.kind is Kind.PAGE for each in browser.session.requests)


def _top(entry_id: object) -> str:
    return f"Math.abs(document.getElementById('{entry_id}').getBoundingClientRect().top) < 40"


def test_ready_entries_stand_there_and_only_the_draft_that_is_edited(desk: Desk) -> None:
    desk.write("Ferries sail again", 1)
    draft = desk.write("Cranes may follow", 2, is_ready=False)
    desk.write("Nobody edits this", 3, is_ready=False)
    desk.pane.show_coverage(desk.coverage_id)
    desk.wait_for(HEADLINES, "Ferries sail again")
    assert desk.value("!!document.querySelector('.rehearsal')") is True
    desk.pane.show_entry(draft.id)
    desk.wait_for(HEADLINES, "Cranes may follow|Ferries sail again")
    assert desk.pane.shows_draft()
    desk.workspace.bin_entry(draft.id)
    desk.wait_for(HEADLINES, "Ferries sail again")
    assert not desk.pane.shows_draft()


def test_an_edit_is_put_in_place_without_loading_the_page_again(desk: Desk) -> None:
    entries = [desk.write(f"Update {number}", number) for number in range(6)]
    desk.pane.show_coverage(desk.coverage_id)
    desk.pane.show_entry(entries[2].id)
    desk.wait_for(_top(entries[2].id), expected=True)
    loads, gates = _loads(desk), desk.value(GATES)
    assert gates == 6
    desk.value("document.querySelector('h1').dataset.untouched = 'yes'")
    desk.workspace.save_draft(replace(entries[2], headline="Update 2, edited"))
    desk.wait_for(HEADLINES, "Update 5|Update 4|Update 3|Update 2, edited|Update 1|Update 0")
    assert desk.value(_top(entries[2].id)) is True
    # The edited entry's gate has its panel again, as the page's own script makes it.
    desk.wait_for(GATES, gates)
    assert _loads(desk) == loads


def test_a_new_entry_loads_the_page_and_stays_where_it_was(desk: Desk) -> None:
    for number in range(6):
        desk.write(f"Update {number}", number)
    desk.pane.show_coverage(desk.coverage_id)
    desk.wait_for("document.querySelectorAll('h3').length", 6)
    desk.value("scrollTo({ top: 400, behavior: 'instant' })")
    desk.write("Update 6", 6)
    desk.wait_for("document.querySelectorAll('h3').length", 7)
    desk.wait_for("scrollY", 400)


def test_an_entry_of_an_older_page_is_brought_into_view(desk: Desk) -> None:
    entries = [desk.write(f"Update {number}", number) for number in range(24)]
    desk.pane.show_coverage(desk.coverage_id)
    desk.wait_for("location.pathname", "/index.html")
    desk.pane.show_entry(entries[1].id)
    desk.wait_for("location.pathname", "/page-1.html")
    assert "Update 1" in desk.value(HEADLINES)


def test_a_crash_leaves_words_and_a_way_back(desk: Desk) -> None:
    desk.write("Ferries sail again", 1)
    desk.pane.show_coverage(desk.coverage_id)
    desk.wait_for(HEADLINES, "Ferries sail again")
    browser = desk.pane.browser
    assert browser is not None
    assert browser.session is not None
    browser.session.page.load("chrome://crash")
    desk.qtbot.waitUntil(lambda: "stopped working" in desk.pane.words(), timeout=20_000)
    desk.pane.reload()
    desk.wait_for(HEADLINES, "Ferries sail again")


def test_what_cannot_be_shown_is_said_in_words(desk: Desk) -> None:
    assert "Choose a coverage" in desk.pane.words()
    desk.pane.show_coverage(new_id())
    desk.qtbot.waitUntil(lambda: "could not be shown" in desk.pane.words(), timeout=20_000)
    assert "text is not touched" in desk.pane.words()
    desk.pane.show_coverage(None)
    assert "Choose a coverage" in desk.pane.words()


def test_a_hidden_pane_renders_nothing_until_it_is_shown(desk: Desk) -> None:
    desk.write("Ferries sail again", 1)
    desk.pane.hide()
    desk.pane.show_coverage(desk.coverage_id)
    assert desk.pane.browser is None
    desk.pane.show()
    desk.wait_for(HEADLINES, "Ferries sail again")


def test_the_page_is_laid_out_as_wide_as_the_screen_it_stands_for(desk: Desk) -> None:
    desk.write("Ferries sail again", 1)
    desk.pane.show_coverage(desk.coverage_id)
    for name, width in WIDTHS.items():
        desk.pane.set_width(name)
        desk.wait_for(f"Math.abs(innerWidth - {width}) <= 4", expected=True)


def test_neither_browser_nor_renderer_is_imported_with_the_pane() -> None:
    code = "import sys, ui.preview.pane; print(*sys.modules, sep='\\n')"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    loaded = set(done.stdout.split())
    assert not loaded & {"PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "jinja2", "sqlalchemy", "sqlmodel"}
