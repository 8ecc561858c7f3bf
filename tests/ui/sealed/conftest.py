"""What the tests of the sealed browser share: pages made of parts, and visits that are ended."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.sealed.scheme import Served
from ui.sealed.session import Session
from ui.tasks import Tasks

Visit = Callable[..., Session]


@pytest.fixture
def visit(tasks: Tasks, qtbot: QtBot) -> Iterator[Visit]:
    """Open a page made of {path: (media type, bytes)} and wait until it stands."""
    sessions: list[Session] = []

    def begin(parts: dict[str, tuple[str, bytes]], *, javascript: bool = True) -> Session:
        files = {path: Served(media_type, data) for path, (media_type, data) in parts.items()}
        session = Session(files.get, tasks, "page", javascript=javascript)
        sessions.append(session)
        with qtbot.waitSignal(session.loaded, timeout=30_000):
            session.open()
        return session

    yield begin
    for session in sessions:
        session.close()
