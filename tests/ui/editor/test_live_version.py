from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Block, InternalNote, Paragraph
from desktop.domain.status import Status
from desktop.domain.text import text
from tests.acknowledged import acknowledge
from tests.ui.editor.conftest import Desk
from ui.changes import ChangeBridge
from ui.editor.live_version import LiveVersionSheet
from ui.editor.pane import EditorPane
from ui.tasks import Tasks

LIVE: tuple[Block, ...] = (Paragraph(text("The bridge shut at noon.")), InternalNote("Call again", "Mo"))
EDITED: tuple[Block, ...] = (Paragraph(text("The bridge shut at one.")),)


@pytest.fixture
def pane(desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[EditorPane]:
    """The editor on an entry that is live and was edited since."""
    desk.workspace.save_draft(replace(desk.entry, headline="Bridge shut", blocks=LIVE))
    desk.workspace.publish(desk.coverage.id, (desk.entry.id,), desk.rehearsal.id)
    acknowledge(desk.workspace, desk.entry.id, desk.rehearsal)
    desk.workspace.save_draft(replace(desk.workspace.entry(desk.entry.id), blocks=EDITED))
    bridge = ChangeBridge(tasks)
    bridge.attach(desk.workspace)
    made = EditorPane()
    made.attach(desk.workspace, bridge, tasks)
    made.show()
    made.show_entry(desk.entry.id, desk.rehearsal.id)
    qtbot.waitUntil(made._page.status.compare.isVisible)  # noqa: SLF001 - the strip is no other part's
    yield made
    made.show_entry(None, None)
    qtbot.waitUntil(lambda: not tasks.running())
    made.close()
    made.deleteLater()


def status(desk: Desk) -> Status:
    row = desk.workspace.timeline_row(desk.entry.id, desk.rehearsal.id)
    assert row is not None
    return row.status


def test_revert_brings_back_what_readers_have_and_can_be_undone(pane: EditorPane, desk: Desk) -> None:
    assert status(desk) is Status.LIVE_EDITED
    pane._page.status.revert.click()  # noqa: SLF001 - the strip is no other part's
    assert pane.flush()
    assert desk.workspace.entry(desk.entry.id).blocks == LIVE
    assert status(desk) is Status.LIVE
    pane.manuscript.step(-1)
    assert pane.flush()
    assert desk.workspace.entry(desk.entry.id).blocks == EDITED
    assert status(desk) is Status.LIVE_EDITED


def test_compare_shows_what_changed_and_leads_back(pane: EditorPane, desk: Desk) -> None:
    pane._page.status.compare.click()  # noqa: SLF001 - the strip is no other part's
    sheet = pane.findChild(LiveVersionSheet)
    assert sheet is not None
    assert "± Changed  The bridge shut at noonone." in sheet.compared.toPlainText()
    assert sheet.cancel.isDefault()
    sheet.deed.click()
    assert pane.flush()
    assert desk.workspace.entry(desk.entry.id).blocks == LIVE


def test_what_readers_have_as_it_stands_offers_no_way_back(pane: EditorPane, desk: Desk, qtbot: QtBot) -> None:
    pane._page.status.revert.click()  # noqa: SLF001 - the strip is no other part's
    assert pane.flush()
    qtbot.waitUntil(lambda: not pane._page.status.revert.isVisible())  # noqa: SLF001 - the strip is no other part's
    assert status(desk) is Status.LIVE
