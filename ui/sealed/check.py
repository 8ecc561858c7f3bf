"""One page loaded once, to see that the browser works here."""

from desktop.page.site import Site
from ui.sealed.scheme import INDEX, Served, Source
from ui.sealed.session import PageNotShown, Session
from ui.sealed.site_pages import SitePages
from ui.tasks import Tasks


async def load_once(page: str | Site | Source, tasks: Tasks | None = None) -> bool:
    """Load an HTML document, a site (its media aside) or a source, without a view; False when it does not stand."""
    own = tasks or Tasks()
    session = Session(_source(page), own, "check")
    try:
        await session.load()
    except PageNotShown:
        return False
    finally:
        session.close()
        if tasks is None:
            await own.close()
    return True


def _source(page: str | Site | Source) -> Source:
    match page:
        case str():
            return {INDEX: Served("text/html; charset=utf-8", page.encode())}.get
        case Site():
            return SitePages(page, _nowhere)
        case _:
            return page


def _nowhere(_sha256: str) -> None:
    return None
