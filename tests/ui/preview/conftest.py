"""What the tests of the preview share: a coverage on the desk and a pane that shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.ui.preview.desk import Desk
from ui.changes import ChangeBridge
from ui.preview.pane import PreviewPane
from ui.tasks import Tasks


@pytest.fixture
def desk(tmp_path: Path, tasks: Tasks, qtbot: QtBot) -> Iterator[Desk]:
    """A desk with a coverage and no entries; its pane is shown but previews nothing yet."""
    workspace = Workspace.open(tmp_path / "desk")
    changes = ChangeBridge()
    changes.attach(workspace)
    pane = PreviewPane()
    pane.attach(workspace, changes, tasks)
    pane.resize(480, 700)
    pane.show()
    yield Desk(workspace, workspace.create_coverage("Harbour reopens").id, pane, qtbot)
    qtbot.waitUntil(lambda: not tasks.running(), timeout=20_000)
    pane.close_page()
    pane.close()
    pane.deleteLater()
    workspace.close()
