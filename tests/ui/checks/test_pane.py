from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Embed
from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.changes import ChangeBridge
from ui.checks.pane import ChecksPane
from ui.tasks import Tasks


@pytest.fixture
def checks(qtbot: QtBot, desk_workspace: Workspace, changes: ChangeBridge, tasks: Tasks) -> Iterator[ChecksPane]:
    pane = ChecksPane()
    qtbot.addWidget(pane)
    pane.attach(desk_workspace, changes, tasks)
    yield pane
    qtbot.waitUntil(lambda: not tasks.running())


def test_findings_follow_the_entry_and_lead_to_their_block(
    checks: ChecksPane, qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage
) -> None:
    counts: list[tuple[int, int]] = []
    checks.counted.connect(lambda blocking, found: counts.append((blocking, found)))
    entry = desk_workspace.entries(coverage.id)[0]
    checks.show_entry(entry.id)
    qtbot.waitUntil(lambda: bool(counts))
    assert counts[-1] == (0, 0)
    desk_workspace.save_draft(replace(entry, blocks=(*entry.blocks, Embed(provider="youtube", kind="video"))))
    qtbot.waitUntil(lambda: checks.list.count() > 0)
    assert counts[-1][0] == 1
    assert checks.list.item(0).text().startswith("Fix: ")
    assert "1 to fix" in checks.told.text()
    with qtbot.waitSignal(checks.block_chosen) as told:
        checks.list.itemActivated.emit(checks.list.item(0))
    assert told.args == [1]


def test_no_entry_is_said_not_guessed(checks: ChecksPane) -> None:
    checks.show_entry(None)
    assert not checks.list.isVisibleTo(checks)
