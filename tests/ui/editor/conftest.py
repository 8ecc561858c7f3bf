"""What the editor's tests share: a workspace on a real store, with one coverage, one entry, one endpoint."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.editor.pane import EditorPane
from ui.tasks import Tasks


@dataclass(frozen=True)
class Desk:
    """A workspace with something in it."""

    workspace: Workspace
    coverage: Coverage
    entry: Entry
    rehearsal: Endpoint
    production: Endpoint


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = Workspace.open(tmp_path / "desk")
    coverage = workspace.create_coverage("Floods")
    rehearsal = Endpoint(id=new_id(), name="r", url="http://127.0.0.1:1", environment=Environment.REHEARSAL)
    production = Endpoint(id=new_id(), name="p", url="http://127.0.0.1:2", environment=Environment.PRODUCTION)
    workspace.add_endpoint(rehearsal)
    workspace.add_endpoint(production)
    yield Desk(workspace, coverage, workspace.new_entry(coverage.id), rehearsal, production)
    workspace.close()


@pytest.fixture
def pane(desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[EditorPane]:
    bridge = ChangeBridge(tasks)
    bridge.attach(desk.workspace)
    made = EditorPane()
    made.attach(desk.workspace, bridge, tasks)
    made.resize(700, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.show_entry(None, None)
    qtbot.waitUntil(lambda: not tasks.running())
    made.close()
    made.deleteLater()
