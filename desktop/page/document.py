"""A page of entries as one HTML document, and the parts of it that an open page exchanges."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from desktop.domain import clock
from desktop.domain.blocks import Embed, images
from desktop.domain.clock import ClockState
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.page.entry_html import Article
from desktop.page.house import House
from desktop.page.layout import FRONT, Layout, Page, changed_at
from desktop.page.linked_data import as_script_data, linked_data
from desktop.page.site import MediaFile, media_path
from desktop.page.template_set import render

ASKS_EVERY: Final = {ClockState.PLANNED: 60, ClockState.LIVE: 15, ClockState.PAUSED: 120, ClockState.ENDED: 0}
"""How often an open page asks for news, in seconds; a page that has ended never asks."""

NO_FRONT: Final = Markup('<div class="front" id="front"></div>')
"""What older pages have in the place of summary and key moments."""

_REV_LETTERS: Final = 12
_GATE_WORDS: Final = (
    "loading",
    "loaded",
    "answered",
    "failed",
    "declined",
    "address_missing",
    "no_frame",
    "expired",
    "reworded",
    "policy_changed",
    "signal",
    "platform",
    "offline",
)
_NEWS: Final = ("new", "edited", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every document of a site has around its entries. `address` is absolute, "" when it is not known."""

    coverage: Coverage
    house: House
    mark: str
    address: str
    feed: bool


def render_document(
    frame: Frame, page: Page, articles: Sequence[Article], front: Markup, last: datetime | None, picture: str
) -> bytes:
    """Render one document; `articles` are those of its entries, in their order, and `front` what stands above them.

    `picture` is the path of the one that stands for the page elsewhere, "" for none.
    """
    coverage, house = frame.coverage, frame.house
    address = f"{frame.address}{'' if page.path == FRONT else page.path}" if frame.address else ""
    first = page.entries[-1].at if page.entries else None
    html = render(
        "page.html",
        house=house,
        coverage=coverage,
        page=page,
        front_page=FRONT,
        mark=frame.mark,
        feed=frame.feed,
        policy=policy(house),
        address=address,
        mail=f"mailto:?subject={quote(coverage.headline)}&body={quote(address)}" if address else "",
        picture=f"{frame.address}{picture}" if frame.address and picture else "",
        asks_every=ASKS_EVERY[clock.state(coverage.clock)],
        articles=[_eager(article.html) if place == 0 else article.html for place, article in enumerate(articles)],
        clock=clock_html(coverage, house, last),
        last=last,
        front=front,
        front_rev=rev_of(front),
        linked_data=linked_data(coverage, [article.data for article in articles], house, address, first, last),
        copy=script_copy(house, coverage.zone),
        has_gates=any(isinstance(block, Embed) for entry in page.entries for block in entry.blocks),
    )
    return html.encode()


def clock_html(coverage: Coverage, house: House, last: datetime | None) -> Markup:
    """Render the line that says where the coverage stands and when it last changed."""
    until = coverage.clock[-1].until if coverage.clock else None
    state = clock.state(coverage.clock).value
    html = render("clock.html", house=house, zone=coverage.zone, state=state, until=until, last=last)
    return Markup(html.strip())  # noqa: S704 - from our own template


def front_html(coverage: Coverage, house: House, layout: Layout) -> Markup:
    """Render what stands above the entries of the front page: summary, key moments, the pinned entry."""
    newest = {entry.id for entry in layout.newest()}
    summary = [(point, [found for each in point.rests_on if (found := layout.get(each))]) for point in coverage.summary]

    def jump(entry: Entry) -> str:
        # Inside the page an entry is jumped to, elsewhere it is gone to.
        return f"#{entry.id}" if entry.id in newest else layout.permalink(entry.id)

    html = render(
        "front.html",
        house=house,
        coverage=coverage,
        summary=summary,
        moments=layout.moments(),
        pinned=layout.get(coverage.pinned) if coverage.pinned else None,
        jump=jump,
    )
    return Markup(html.strip())  # noqa: S704 - from our own template


def rev_of(html: str) -> str:
    """Name a part of a page by its bytes."""
    return hashlib.sha256(html.encode()).hexdigest()[:_REV_LETTERS]


def last_on(page: Page, layout: Layout, coverage: Coverage) -> datetime | None:
    """Return when a document last changed, None when it never had anything.

    An older page tells of its own entries alone, so that news elsewhere does not change its bytes.
    """
    if page.path != FRONT:
        return max(map(changed_at, page.entries), default=None)
    return max([at for at in (layout.last, *(event.at for event in coverage.clock)) if at], default=None)


def policy(house: House) -> str:
    """Return the page's Content-Security-Policy."""
    own = " ".join(f" https://{host}" for host in house.hosts)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"media-src 'self'{own}; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=64)
def script_copy(house: House, zone: str) -> Markup:
    """Write the sentences the page's script says."""
    said: dict[str, object] = {
        "days": house.values["embed.days"],
        "zone": zone,
        "publisher": house.publisher,
        **{key: house.template(f"embed.{key}") for key in _GATE_WORDS},
        **{key: house.plural(f"live.{key}") for key in _NEWS},
        **{key: house.template(f"live.{key}") for key in ("many", "stale", "again")},
        "remembered": house.template("memory.remembered"),
        "withdrawn_consent": house.template("memory.withdrawn"),
        "controls": house.template("memory.controls"),
        "copied": house.template("share.copied"),
    }
    return as_script_data(said)


def _eager(html: Markup) -> Markup:
    # What stands at the top is wanted at once; everything below waits until it is scrolled to.
    return Markup(html.replace(' loading="lazy"', "", 1))  # noqa: S704 - still our own markup


def first_picture(entries: Sequence[Entry], media: Mapping[str, MediaFile]) -> str:
    """Return the path of the newest picture on a page, "" when it has none."""
    blocks = (block for entry in entries if not entry.withdrawal for block in entry.blocks)
    shown = (image.media for block in blocks for image in images(block))
    found = next((media[sha256] for sha256 in shown if sha256 and sha256 in media), None)
    return media_path(found) if found else ""
