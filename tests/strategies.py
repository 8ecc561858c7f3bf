"""Hypothesis strategies for domain values, shared by the tests of every part."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st

from desktop.domain import moment
from desktop.domain.blocks import (
    Block,
    ContentWarning,
    Crop,
    Embed,
    Focus,
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
from desktop.domain.clock import Clock, ClockEvent, ClockTurn, allowed_turns, turn
from desktop.domain.coverage import Coverage, Handover, Seen, SummaryPoint
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal
from desktop.domain.text import Span, clean, join

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).map(clean)
SHA256 = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
IDS = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)).map(moment.to_utc)  # noqa: DTZ001 - Hypothesis wants naive bounds and adds the zone
SPANS = st.builds(
    Span,
    LETTERS,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://example.org/a", "mailto:desk@example.org"]),
)
TEXTS = st.lists(SPANS, max_size=4).map(join)
FOCUS = st.builds(Focus, st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 0.75]))
IMAGES = st.builds(
    Image,
    media=st.none() | SHA256,
    alt=LETTERS,
    decorative=st.booleans(),
    credit=LETTERS,
    caption=LETTERS,
    focus=FOCUS,
    width=st.integers(0, 4000),
    height=st.integers(0, 4000),
    crop=st.none() | st.builds(Crop, SHA256, *[st.sampled_from([0.0, 0.25, 0.5, 1.0])] * 4),
)
EMBEDS = st.builds(
    Embed,
    provider=st.sampled_from(["x", "youtube", "generic"]),
    kind=st.sampled_from(["post", "video"]),
    address=st.none() | st.just("https://x.com/i/status/20"),
    quoted=LETTERS,
    author=LETTERS,
    posted_at=st.none() | MOMENTS,
    picture=st.none() | IMAGES,
)
PROSE: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXTS),
    st.builds(Heading, TEXTS),
    st.builds(List, st.lists(TEXTS, max_size=3).map(tuple), st.booleans()),
    st.builds(Quote, TEXTS, LETTERS),
)
CARDS: st.SearchStrategy[Block] = st.one_of(
    IMAGES,
    st.builds(Gallery, st.lists(IMAGES, max_size=3).map(tuple)),
    st.builds(Video, st.none() | SHA256, LETTERS, LETTERS, st.none() | IMAGES, st.none(), st.none() | SHA256),
    EMBEDS,
    st.builds(ContentWarning, LETTERS),
    st.builds(VerificationNote, LETTERS),
    st.builds(InternalNote, LETTERS, LETTERS),
)
BLOCKS = PROSE | CARDS
ENTRIES = st.builds(
    Entry,
    id=IDS,
    coverage_id=IDS,
    at=MOMENTS,
    headline=LETTERS,
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    stage=st.sampled_from(Stage),
    byline=st.lists(LETTERS, max_size=2).map(tuple),
    is_key_moment=st.booleans(),
    edited_at=st.none() | MOMENTS,
    corrections=st.lists(st.builds(Correction, LETTERS, MOMENTS), max_size=2).map(tuple),
    withdrawal=st.none() | st.builds(Withdrawal, LETTERS, MOMENTS),
)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Any clock that can be."""
    clock: Clock = ()
    for at in sorted(draw(st.lists(MOMENTS, max_size=4, unique=True))):
        kind = draw(st.sampled_from(allowed_turns(clock)))
        clock = turn(clock, ClockEvent(kind, at, message=draw(LETTERS) if kind is ClockTurn.PAUSED else ""))
    return clock


POINTS = st.builds(
    SummaryPoint,
    IDS,
    LETTERS,
    st.lists(IDS, max_size=2).map(tuple),
    st.lists(st.builds(Seen, IDS, SHA256), max_size=2).map(tuple),
    st.none() | MOMENTS,
)
HANDOVERS = st.builds(Handover, LETTERS, LETTERS, MOMENTS, LETTERS, st.none() | MOMENTS)
COVERAGES = st.builds(
    Coverage,
    id=IDS,
    headline=LETTERS,
    zone=st.sampled_from(["Europe/London", "Asia/Kolkata", "UTC"]),
    house=st.just("default"),
    description=LETTERS,
    clock=clocks(),
    summary=st.lists(POINTS, max_size=3).map(tuple),
    pinned=st.none() | IDS,
    planned_for=st.none() | MOMENTS,
    handovers=st.lists(HANDOVERS, max_size=2).map(tuple),
)
