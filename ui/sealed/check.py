"""One page loaded once, to see that the browser works here."""

import asyncio
from typing import Final

from ui.sealed.scheme import INDEX, Served, Source
from ui.sealed.session import Session
from ui.tasks import Tasks

_SECONDS: Final = 30.0


async def load_once(page: str | Source, tasks: Tasks) -> bool:
    """Load an HTML document, or the first page of a source, without a view; False when it fails, crashes or hangs."""
    session = Session(_one(page) if isinstance(page, str) else page, tasks, "check")
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def _settle(went_well: bool) -> None:  # noqa: FBT001 - the only thing it says
        if not answer.done():
            answer.set_result(went_well)

    def _on_loaded() -> None:
        _settle(True)  # noqa: FBT003

    def _on_failed() -> None:
        _settle(False)  # noqa: FBT003

    session.loaded.connect(_on_loaded)
    session.failed.connect(_on_failed)
    session.crashed.connect(_on_failed)
    session.open()
    try:
        return await asyncio.wait_for(answer, _SECONDS)
    except TimeoutError:
        return False
    finally:
        session.close()


def _one(html: str) -> Source:
    document = Served("text/html; charset=utf-8", html.encode())
    return {INDEX: document}.get
