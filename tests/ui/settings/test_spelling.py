from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.publish.credentials import Credentials
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.settings.room import Room
from ui.settings.spelling import SpellingPage
from ui.tasks import Tasks
from ui.theme.tokens import Scheme

Made = Callable[[], SpellingPage]


@pytest.fixture
def make(desk_workspace: Workspace, tasks: Tasks, changes: ChangeBridge, qtbot: QtBot) -> Made:
    def made() -> SpellingPage:
        page = SpellingPage(Room(desk_workspace, Credentials(), tasks, changes, wear))
        qtbot.addWidget(page)
        return page

    return made


def wear(scheme: Scheme, scale: float) -> None:
    raise AssertionError(scheme, scale)


def test_the_language_is_kept_at_once(make: Made, desk_workspace: Workspace) -> None:
    page = make()
    assert page.language.currentText() == "English (British)"
    page.language.setCurrentIndex(page.language.findData("off"))
    assert desk_workspace.spelling() == "off"
    assert make().language.currentText() == "Do not check"


def test_a_name_can_be_taken_from_its_page(make: Made, desk_workspace: Workspace, coverage: Coverage) -> None:
    desk_workspace.save_names(coverage.id, {"Qenvarra", "Orbelin"})
    page = make()
    assert [page.names.item(row).text() for row in range(2)] == [
        "Orbelin — Storm over the valley",
        "Qenvarra — Storm over the valley",
    ]
    assert not page.remove.isEnabled()
    page.names.setCurrentRow(0)
    page.remove.click()
    assert desk_workspace.names(coverage.id) == {"Qenvarra"}
    assert page.names.count() == 1
