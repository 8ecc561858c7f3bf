"""A settings window on a real workspace."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.publish.credentials import Credentials
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.settings.room import Room
from ui.settings.window import SettingsWindow
from ui.tasks import Tasks
from ui.theme.tokens import Scheme


@dataclass
class Worn:
    """What the console was asked to look like."""

    looks: list[tuple[Scheme, float]] = field(default_factory=list)

    def wear(self, scheme: Scheme, scale: float) -> None:
        self.looks.append((scheme, scale))


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def worn() -> Worn:
    return Worn()


@pytest.fixture
def settings(
    holder: QWidget, desk_workspace: Workspace, tasks: Tasks, changes: ChangeBridge, worn: Worn, qtbot: QtBot
) -> Iterator[SettingsWindow]:
    made = SettingsWindow(Room(desk_workspace, Credentials(), tasks, changes, worn.wear), holder)
    made.show()
    yield made
    with qtbot.waitSignal(made.destroyed):
        made.reject()
