"""What the window says of a page that goes to readers without a proof."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Embed
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.page.house import House
from desktop.workspace import Workspace
from ui.confirm import ConfirmSheet
from ui.settings.window import SettingsWindow
from ui.window import Window

POST = Embed("x", "post", "https://x.com/harbour/status/123", quoted="The ferry is back.", author="@harbour")


@pytest.fixture
def on_air(window: Window, desk_workspace: Workspace, coverage: Coverage) -> Endpoint:
    """A production endpoint, and the window on a page with an embed that was never proved."""
    made = Endpoint(id=new_id(), name="Readers", url="https://live.example.org", environment=Environment.PRODUCTION)
    desk_workspace.add_endpoint(made)
    window.desk.open_coverage(coverage.id)
    return made


@pytest.fixture
def gated(desk_workspace: Workspace, coverage: Coverage) -> Entry:
    entry = replace(desk_workspace.entries(coverage.id)[0], blocks=(POST,))
    desk_workspace.save_draft(entry)
    return entry


def said(window: Window) -> list[str]:
    return [notice.text for notice in window.notices.shown]


def test_going_on_air_says_that_the_page_was_never_proved(
    window: Window, gated: Entry, on_air: Endpoint, qtbot: QtBot
) -> None:
    assert gated.blocks
    window.sheets.choose_endpoint(on_air.id)
    (sheet,) = window.findChildren(ConfirmSheet)
    assert any("never proved" in label.text() for label in sheet.findChildren(QLabel))
    sheet.deed.click()
    assert window.desk.is_on_air
    with qtbot.waitSignal(sheet.destroyed):
        sheet.deleteLater()


def test_what_went_out_unproved_is_told_and_what_is_blocked_stays(
    window: Window, gated: Entry, on_air: Endpoint, desk_workspace: Workspace, qtbot: QtBot
) -> None:
    window.desk.choose_endpoint(on_air, on_air=True)
    window.desk.choose_entry(gated.id)
    window.desk.publish_entry()
    qtbot.waitUntil(lambda: any("on its way to readers all the same" in each for each in said(window)))
    count = len(desk_workspace.operations())
    assert count > 0
    window.notices.clear()
    desk_workspace.save_house_words(House.shipped(), {"proof.before_air": "block"})
    desk_workspace.save_draft(replace(gated, headline="Once more"))
    window.desk.publish_entry()
    qtbot.waitUntil(lambda: any("Nothing was sent." in each for each in said(window)))
    assert len(desk_workspace.operations()) == count


def test_the_settings_are_one_window_however_often_they_are_asked_for(window: Window, qtbot: QtBot) -> None:
    for _ in range(2):
        window.deeds["settings"].trigger()
    (made,) = window.findChildren(SettingsWindow)
    with qtbot.waitSignal(made.destroyed):
        made.reject()
