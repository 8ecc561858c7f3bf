"""What the tests of the consent simulator share: a coverage with embeds and a pane that observes it."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Drawing
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Paragraph
from desktop.domain.entry import Entry
from desktop.domain.text import Span
from desktop.workspace import Workspace
from tests.ui.consent.simulator import FILM, POST, Simulator
from ui.changes import ChangeBridge
from ui.consent.pane import ConsentPane
from ui.consent.reader import ReaderView
from ui.tasks import Tasks


@pytest.fixture
def simulator(tmp_path: Path, tasks: Tasks, qtbot: QtBot) -> Iterator[Simulator]:
    """A hidden pane that observes only when it is told to."""
    workspace = Workspace.open(tmp_path / "desk")
    changes = ChangeBridge()
    changes.attach(workspace)
    pane = ReaderView()
    pane.attach(workspace, changes, tasks)
    pane.resize(480, 800)
    made = Simulator(workspace, workspace.create_coverage("Harbour reopens").id, pane, tasks, qtbot)
    pane.show_coverage(made.coverage_id)
    yield made
    qtbot.waitUntil(lambda: not tasks.running(), timeout=40_000)
    pane.close_page()
    pane.close()
    pane.deleteLater()
    workspace.close()


@pytest.fixture
def page(simulator: Simulator) -> tuple[Entry, Entry]:
    """Two entries on the page: an older one with a film, a newer one with a picture and two posts."""
    film = simulator.write("The first ferry", Paragraph((Span("It sailed."),)), FILM)
    drawn = BytesIO()
    Drawing.new("RGB", (64, 48), "teal").save(drawn, "PNG")
    picture = replace(simulator.workspace.add_picture(drawn.getvalue()), alt="The quay")
    posts = simulator.write("The harbour says", picture, POST, replace(POST, address="https://x.com/harbour/status/2"))
    return film, posts


@pytest.fixture
def board(tmp_path: Path, tasks: Tasks, qtbot: QtBot) -> Iterator[ConsentPane]:
    """A shown pane on a page with a post and a film, its board laid out."""
    workspace = Workspace.open(tmp_path / "desk")
    changes = ChangeBridge()
    changes.attach(workspace)
    coverage = workspace.create_coverage("Harbour reopens")
    entry = replace(workspace.new_entry(coverage.id), headline="The harbour says", blocks=(POST, FILM))
    workspace.save_draft(entry)
    workspace.mark_ready(entry.id)
    pane = ConsentPane()
    pane.attach(workspace, changes, tasks)
    pane.resize(350, 800)
    pane.show()
    pane.show_coverage(coverage.id)
    qtbot.waitUntil(lambda: pane.board.model.rowCount() > 0, timeout=20_000)
    yield pane
    pane.prover.cancel()
    qtbot.waitUntil(lambda: not tasks.running(), timeout=40_000)
    pane.close_page()
    pane.close()
    pane.deleteLater()
    workspace.close()
