"""One page loaded once, to see that the browser works here."""

from ui.sealed.scheme import INDEX, Served, Source
from ui.sealed.session import PageNotShown, Session
from ui.tasks import Tasks


async def load_once(page: str | Source, tasks: Tasks) -> bool:
    """Load an HTML document, or the first page of a source, without a view; False when it fails, crashes or hangs."""
    session = Session(_one(page) if isinstance(page, str) else page, tasks, "check")
    try:
        await session.load()
    except PageNotShown:
        return False
    finally:
        session.close()
    return True


def _one(html: str) -> Source:
    document = Served("text/html; charset=utf-8", html.encode())
    return {INDEX: document}.get
