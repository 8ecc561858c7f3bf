"""What is sent to WordPress for an operation: titles and HTML, worded as the page's house profile says."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from desktop.domain.clock import state
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import media_of
from desktop.domain.members import Json, parse
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.wire import entry_from_wire, page_from_wire, summary_from_wire
from desktop.page.guest_html import GuestPicture, entry_html, page_html, summary_html, title_html
from desktop.page.house import House
from desktop.publish.answer import Answer
from desktop.publish.books import Books

FindPicture = Callable[[str], Awaitable[GuestPicture | Answer | None]]

# WordPress leaves an HTML block as it is: without, it makes paragraphs of line ends.
_BLOCK: Final = "<!-- wp:html -->\n{}\n<!-- /wp:html -->"
# The entries of a category, newest first, each whole: the page shows them, and stays in step by itself.
_ENTRIES: Final = """<!-- wp:query {{"queryId":1,"query":{{"perPage":50,"pages":0,"offset":0,"postType":"post",\
"order":"desc","orderBy":"date","inherit":false,"taxQuery":{{"category":[{category}]}}}}}} -->
<div class="wp-block-query"><!-- wp:post-template -->
<!-- wp:post-date {{"format":"j F Y, H:i T","isLink":true}} /-->
<!-- wp:post-title {{"level":2}} /-->
<!-- wp:post-content /-->
<!-- /wp:post-template -->
<!-- wp:query-pagination -->
<!-- wp:query-pagination-previous /-->
<!-- wp:query-pagination-numbers /-->
<!-- wp:query-pagination-next /-->
<!-- /wp:query-pagination --></div>
<!-- /wp:query -->"""
_SECTION: Final = "<!-- nc:{name} -->{html}<!-- /nc:{name} -->"


@dataclass(frozen=True, slots=True)
class Composed:
    """What an operation makes of a post: its headline, its content and when readers see it was written."""

    title: str
    content: str
    at: datetime | None = None


class Composer:
    """Writes for one endpoint. Reads the page's wording from the books where the operation does not carry it."""

    def __init__(self, books: Books, find_picture: FindPicture, endpoint: Endpoint) -> None:
        self._books = books
        self._find_picture = find_picture
        self._is_rehearsal = endpoint.environment is not Environment.PRODUCTION
        # A site that lets nothing be hidden would show readers a gate that does nothing.
        self._has_gates = endpoint.detail("gate") != "lost"
        self._pages: dict[UUID, tuple[Coverage, House]] = {}

    async def entry(self, operation: Operation) -> Composed | Answer:
        """Write an entry; an answer in its place when a picture's address cannot be asked for now."""
        coverage, house = await self._page(operation)
        entry, op = entry_from_wire(parse(operation.payload), operation.coverage_id)
        pictures: dict[str, GuestPicture] = {}
        for sha256 in media_of(entry):
            found = await self._find_picture(sha256)
            if isinstance(found, GuestPicture):
                pictures[sha256] = found
            elif found is not None:
                return found
        title = house.word("copy.withdrawn_headline") if entry.withdrawal else entry.headline
        html = entry_html(
            entry, house, coverage.zone, pictures, str(op), banner=self._banner(house), has_gates=self._has_gates
        )
        return Composed(title_html(title), _BLOCK.format(html), entry.at)

    async def section(self, operation: Operation) -> Composed:
        """Write the part of a page's post that is the page's own, or its summary."""
        coverage, house = await self._page(operation)
        ident, op = str(operation.coverage_id), str(operation.id)
        if operation.kind is OperationKind.SUMMARY:
            points, _ = summary_from_wire(parse(operation.payload))
            html = summary_html(ident, points, house, op)
        else:
            status = house.word(f"state.{state(coverage.clock).value}")
            html = page_html(ident, coverage.description, status, op, self._banner(house))
        return Composed(title_html(coverage.headline), html)

    async def _page(self, operation: Operation) -> tuple[Coverage, House]:
        if operation.kind is OperationKind.PAGE:
            self._pages[operation.coverage_id] = _read_page(parse(operation.payload))
        elif operation.coverage_id not in self._pages:
            wire = await self._books.page(operation.coverage_id)
            self._pages[operation.coverage_id] = (
                _read_page(wire) if wire else (Coverage(id=operation.coverage_id, headline=""), House.shipped())
            )
        return self._pages[operation.coverage_id]

    def _banner(self, house: House) -> str:
        return house.words("rehearsal.banner") if self._is_rehearsal else ""


def new_page(html: str, category: int) -> str:
    """Write the whole content of a page's post, its summary still empty."""
    parts = (_BLOCK.format(_SECTION.format(name=name, html=words)) for name, words in (("page", html), ("summary", "")))
    return "\n\n".join((*parts, _ENTRIES.format(category=category)))


def section_of(content: str, name: str) -> str | None:
    """Return one part of a page's post, None when somebody took it out."""
    start, end = _SECTION.format(name=name, html="\n").split("\n")
    _, found, rest = content.partition(start)
    section, ended, _ = rest.partition(end)
    return section if found and ended else None


def with_section(content: str, name: str, html: str) -> str | None:
    """Put one part of a page's post in the place of the one before, None when somebody took it out."""
    standing = section_of(content, name)
    if standing is None:
        return None
    before, after = _SECTION.format(name=name, html=standing), _SECTION.format(name=name, html=html)
    return content.replace(before, after, 1)


def _read_page(wire: Json) -> tuple[Coverage, House]:
    coverage, house, _ = page_from_wire(wire)
    return coverage, House.from_json(house) if house else House.shipped()
