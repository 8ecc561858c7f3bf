import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.endpoint import Endpoint
from desktop.publish.credentials import Credentials
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.settings.sheet import SettingsSheet
from ui.tasks import Tasks


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_name_is_kept_by_save(
    holder: QWidget, desk_workspace: Workspace, tasks: Tasks, changes: ChangeBridge
) -> None:
    sheet = SettingsSheet(desk_workspace, Credentials(), tasks, changes, holder)
    sheet.open()
    assert sheet.producer.text() == "Mo Adler"
    sheet.producer.setText(" Jo Marsh ")
    sheet.deed.click()
    assert desk_workspace.producer == "Jo Marsh"


def test_endpoints_are_listed_and_removed(
    holder: QWidget,
    qtbot: QtBot,
    desk_workspace: Workspace,
    tasks: Tasks,
    changes: ChangeBridge,
    rehearsal_place: Endpoint,
    production_place: Endpoint,
) -> None:
    sheet = SettingsSheet(desk_workspace, Credentials(), tasks, changes, holder)
    sheet.open()
    said = [sheet.endpoints.item(at).text() for at in range(2)]
    assert sorted(said) == [
        f"Main site\nReaders · {production_place.url}",
        f"Practice\nRehearsal · {rehearsal_place.url}",
    ]
    sheet.endpoints.setCurrentRow(said.index(f"Main site\nReaders · {production_place.url}"))
    sheet.remove.click()
    qtbot.waitUntil(lambda: sheet.endpoints.count() == 1)
    assert desk_workspace.endpoints() == (rehearsal_place,)
    sheet.reject()
