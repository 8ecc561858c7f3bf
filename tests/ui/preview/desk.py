"""A coverage on the desk, with the pane that previews it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.entry import Entry
from desktop.domain.text import Span
from desktop.workspace import Workspace
from ui.preview.pane import PreviewPane

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
POST = Embed("x", "post", "https://x.com/harbour/status/1234567890", quoted="The ferry is back.", author="@harbour")


@dataclass
class Desk:
    """A workspace with one coverage, the pane that previews it, and hands to use both."""

    workspace: Workspace
    coverage_id: UUID
    pane: PreviewPane
    qtbot: QtBot

    def write(self, headline: str, minute: int, *, is_ready: bool = True) -> Entry:
        """Put an entry on the desk."""
        words = tuple(Paragraph((Span(f"{headline}, paragraph {number}."),)) for number in range(6))
        entry = replace(
            self.workspace.new_entry(self.coverage_id),
            headline=headline,
            at=START + timedelta(minutes=minute),
            blocks=(*words, POST),
        )
        self.workspace.save_draft(entry)
        return self.workspace.mark_ready(entry.id) if is_ready else entry

    def value(self, script: str) -> Any:
        """Return what a script sees in the page."""
        answers: list[Any] = []
        browser = self.pane.browser
        assert browser is not None
        assert browser.session is not None
        browser.session.run(script, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def wait_for(self, script: str, expected: object) -> None:
        """Wait until a script sees a value in the page that is shown."""

        def _check() -> None:
            assert self.pane.words() == ""
            assert self.value(script) == expected

        self.qtbot.waitUntil(_check, timeout=20_000)
