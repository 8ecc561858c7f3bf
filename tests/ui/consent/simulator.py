"""A coverage with embeds, and the pane that observes its page."""

from dataclasses import dataclass, replace
from uuid import UUID

from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Block, Embed
from desktop.domain.entry import Entry
from desktop.workspace import Workspace
from ui.consent.observation import Observation, ReaderState
from ui.consent.reader import ReaderView
from ui.tasks import Tasks

POST = Embed("x", "post", "https://x.com/harbour/status/1234567890", quoted="The ferry is back.", author="@harbour")
FILM = Embed("youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk")


@dataclass
class Simulator:
    """A workspace with one coverage, and the pane that observes its page."""

    workspace: Workspace
    coverage_id: UUID
    pane: ReaderView
    tasks: Tasks
    qtbot: QtBot

    def write(self, headline: str, *blocks: Block) -> Entry:
        """Put a ready entry on the desk."""
        entry = replace(self.workspace.new_entry(self.coverage_id), headline=headline, blocks=blocks)
        self.workspace.save_draft(entry)
        return self.workspace.mark_ready(entry.id)

    def run(self, state: ReaderState) -> Observation:
        """Observe the page in one state."""
        task = self.tasks.start(self.pane.run(state), "observe")
        self.qtbot.waitUntil(task.done, timeout=40_000)
        return task.result()
