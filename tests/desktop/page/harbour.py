"""A small coverage of our own, with every kind of block."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image as Canvas

from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Embed,
    Gallery,
    Heading,
    Image,
    InternalNote,
    List,
    Paragraph,
    Quote,
    VerificationNote,
    Video,
)
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Correction, Entry, Withdrawal
from desktop.domain.text import Span, text
from desktop.page.edition import HEAD
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import PageFile, Site
from desktop.page.variants import make, variants

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
PICTURE = "ab" * 32
COVERAGE = UUID(int=7)


@dataclass(frozen=True)
class Media:
    sha256: str = PICTURE
    media_type: str = "image/png"
    width: int = 640
    height: int = 360


def entry(number: int, headline: str, *blocks: Block, **more: Any) -> Entry:
    at = NOON + timedelta(minutes=5 * number)
    return Entry(id=UUID(int=number), coverage_id=COVERAGE, at=at, headline=headline, blocks=blocks, **more)


def site(*entries: Entry, mark: str = "", house: House | None = None, **more: Any) -> Site:
    clock = (ClockEvent(ClockTurn.STARTED, NOON),)
    coverage = Coverage(id=COVERAGE, headline="Harbour bridge closed after the storm", clock=clock, **more)
    newest = tuple(sorted(entries, key=lambda each: each.at, reverse=True))
    return Site(coverage=coverage, entries=newest, house=house or House.shipped(), media={PICTURE: Media()}, mark=mark)


POST = "https://twitter.com/harbour_desk/status/1234567890"
CLIP = "https://www.youtube.com/watch?v=abcdefghijk"


def full_site() -> Site:
    image = Image(media=PICTURE, alt="The bridge in fog", credit="Quay Agency", caption="The bridge at dawn")
    told = datetime(2026, 3, 14, 11, 40, tzinfo=UTC)
    return site(
        entry(
            1,
            "Bridge closed to all traffic",
            ContentWarning("Some readers may be upset by the picture below."),
            Paragraph((Span("The bridge "), Span("is closed", bold=True), Span(", the harbour office says "))),
            Paragraph((Span("in a statement", href="https://office.example/closed"), Span("."))),
            image,
            Heading(text("What is known")),
            List((text("Two cables are slack"), text("Nobody is hurt"))),
            Quote(text("We would rather close it twice than open it once too early."), "Harbour office"),
            byline=("Ada Marsh", "Jo Tide"),
            is_key_moment=True,
        ),
        entry(
            2,
            "What people see from the shore",
            VerificationNote("We could not yet confirm when the clips were filmed."),
            Embed(
                "x",
                address=POST,
                quoted="The cables are singing.\nNever heard that.",
                author="Harbour desk",
                posted_at=told,
            ),
            Embed("x", address=POST + "1", quoted="Second look at the deck.", author="Harbour desk"),
            Embed("x", address=POST + "2"),
            Embed("youtube", "video", address=CLIP, quoted="Storm over the harbour"),
            InternalNote("Call the harbour master before noon."),
        ),
        entry(
            3,
            "Ferries take over",
            Gallery((image, Image(alt="A full ferry", credit="Quay Agency"), Image(media=PICTURE, alt="A queue"))),
            Video(caption="The first ferry leaves the quay", credit="Quay Agency"),
            Paragraph(text("Every ten minutes, free of charge.")),
            edited_at=NOON + timedelta(minutes=40),
            corrections=(Correction("We first wrote every five minutes.", NOON + timedelta(minutes=41)),),
            is_key_moment=True,
        ),
        entry(
            4,
            "A headline nobody should read any more",
            Paragraph(text("Nor this text.")),
            withdrawal=Withdrawal("The photograph was of another bridge.", NOON + timedelta(minutes=50)),
        ),
        entry(
            5,
            "An embed without its address",
            Embed("x"),
            Embed("generic", "post", address="https://unknown.example/p/1"),
        ),
        summary=(
            SummaryPoint(UUID(int=91), "The harbour bridge is closed after the storm", (UUID(int=1), UUID(int=3))),
            SummaryPoint(UUID(int=92), "Ferries run every ten minutes instead", (UUID(int=3),)),
        ),
        pinned=UUID(int=3),
    )


def parts(shown: Site) -> Iterator[PageFile]:
    """Yield what open pages ask for: the parts that the head names, then the head."""
    renderer = Renderer()
    head = renderer.file(shown, HEAD)
    assert head is not None
    told = json.loads(head.data)
    changes = [f"{each['entry']}.{each['rev']}" for each in told["changes"] if "rev" in each]
    for name in (f"front.{told['top']}", *told["newest"], *changes):
        part = renderer.file(shown, f"e/{name}.html")
        assert part is not None
        yield part
    yield head


def write_site(shown: Site, folder: Path) -> Path:
    for file in (*Renderer().files(shown), *parts(shown)):
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    (folder / "media").mkdir(exist_ok=True)
    original = folder / "media" / f"{PICTURE}.png"
    original.write_bytes(_png())
    for variant in variants(Media()):
        (folder / variant.path).write_bytes(make(variant, original))
    return folder / "index.html"


def _png() -> bytes:
    bytes_ = BytesIO()
    Canvas.linear_gradient("L").resize((640, 360)).save(bytes_, "PNG")
    return bytes_.getvalue()
