"""Goals 7 and 11: what one edit costs among few and many entries, a full rendering, and what readers download."""

import gzip
import json
import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from time import process_time
from typing import Final
from uuid import UUID

import orjson

from desktop.domain.blocks import List, Paragraph, Quote
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry
from desktop.domain.text import Span, text
from desktop.page.edition import HEAD, Edition
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from tests.bench.measure import Figure, interleaved

TITLE: Final = "The reader's page"
_NOON: Final = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
_SIZES: Final = (20, 2_000, 10_000)
_PAIRS: Final = 25
_WORDS: Final = (
    "The harbour office has closed the bridge to all traffic after the night's storm, and the ferries will run every "
    "ten minutes until the cables have been looked at from both banks. Nobody was hurt."
)


def figures() -> Iterator[Figure]:
    """Measure, and yield one figure after another."""
    yield from _edits()
    yield _one_entry()
    yield _whole()
    yield _linked_data()
    yield from _weights()


def coverage_of(number: int) -> Site:
    """Make a coverage of so many entries, none like another."""
    coverage_id = UUID(int=1)
    entries = tuple(_entry(place, coverage_id) for place in range(number, 0, -1))
    points = tuple(SummaryPoint(UUID(int=90 + place), _WORDS[:80], (entries[place].id,)) for place in range(5))
    clock = (ClockEvent(ClockTurn.STARTED, _NOON),)
    coverage = Coverage(id=coverage_id, headline="Harbour bridge closed", clock=clock, summary=points)
    return Site(coverage=coverage, entries=entries, house=House.shipped())


def _entry(place: int, coverage_id: UUID) -> Entry:
    said = (
        Paragraph((Span(f"Report {place}. "), Span(_WORDS, bold=True))),
        Paragraph(
            (Span("More from "), Span("the office", href=f"https://office.example/{place}"), Span(f". {_WORDS}"))
        ),
        List((text(f"{place} ferries"), text("2 banks"))),
        Quote(text(_WORDS[:90]), "Harbour office"),
    )
    at = _NOON + timedelta(minutes=place)
    return Entry(id=UUID(int=1_000 + place), coverage_id=coverage_id, at=at, headline=f"Update {place}", blocks=said)


def _edits() -> Iterator[Figure]:
    """Edit an entry in the middle of a coverage and write again what changes: its page, the front page, the head."""
    works = {size: _editor(coverage_of(size)) for size in _SIZES}
    times = interleaved({str(size): work for size, work in works.items()}, _PAIRS, process_time)
    yield Figure("one edit among 20", statistics.median(times["20"]) * 1_000, "ms", spread=_spread(times["20"]))
    for size in _SIZES[1:]:
        ratios = [one / base for one, base in zip(times[str(size)], times["20"], strict=True)]
        yield Figure(
            f"one edit among {size:,}, times that among 20",
            statistics.median(ratios),
            "x",
            limit=1.2,
            spread=_spread(ratios),
        )


def _editor(site: Site) -> Callable[[], object]:
    edition = Renderer().edition(site)
    _write(edition)
    edited, numbers = site.entries[len(site.entries) // 2], count()
    return lambda: _edit(edition, edited, next(numbers))


def _edit(edition: Edition, edited: Entry, number: int) -> None:
    edition.put(replace(edited, headline=f"Edited {number}", edited_at=_NOON + timedelta(days=9, seconds=number)))
    _write(edition)


def _write(edition: Edition) -> int:
    return sum(len(file.data) for file in edition.rewritten())


def _one_entry() -> Figure:
    site, numbers = coverage_of(20), count()
    edition = Renderer().edition(site)

    def render() -> None:
        for entry in site.entries:
            edition.article(replace(entry, headline=f"Edited {next(numbers)}"))

    times = [taken / len(site.entries) for taken in interleaved({"entry": render}, 30, process_time)["entry"]]
    return Figure("one entry rendered", statistics.median(times) * 1_000, "ms", limit=0.2, spread=_spread(times))


def _whole() -> Figure:
    site = coverage_of(2_000)
    times = interleaved({"all": lambda: sum(len(file.data) for file in Renderer().files(site))}, 3, process_time)["all"]
    return Figure("2,000 entries rendered, every page", statistics.median(times), "s", spread=_spread(times))


def _linked_data() -> Figure:
    front = next(iter(Renderer().files(coverage_of(2_000)))).data.decode()
    value = json.loads(front.split('<script type="application/ld+json">')[1].split("</script>")[0])
    updates = value["liveBlogUpdate"] * 100
    works = {"orjson": lambda: orjson.dumps(updates), "json": lambda: json.dumps(updates)}
    times = interleaved(works, 15, process_time)
    ratios = [ours / plain for ours, plain in zip(times["orjson"], times["json"], strict=True)]
    return Figure(
        "JSON-LD of 2,000, times the standard json", statistics.median(ratios), "x", limit=0.25, spread=_spread(ratios)
    )


def _weights() -> Iterator[Figure]:
    site = coverage_of(400)
    edition = Renderer().edition(site)
    files = {file.path: file.data for file in Renderer().files(site)}
    edition.put(replace(site.entries[5], headline="Edited"))
    head = edition.file(HEAD)
    told = json.loads(head.data) if head else {"newest": []}
    part = edition.file(f"e/{told['newest'][5]}.html")
    sizes = {
        "page of 20 entries, compressed": (len(gzip.compress(files["index.html"])), 20_000),
        "reader.js, compressed": (len(gzip.compress(files["reader.js"])), 8_000),
        "page.css, compressed": (len(gzip.compress(files["page.css"])), None),
        "head.json, compressed": (len(gzip.compress(head.data)) if head else 0, 1_000),
        "an update of one entry, compressed": (
            sum(len(gzip.compress(file.data)) for file in (head, part) if file),
            3_000,
        ),
    }
    for name, (size, limit) in sizes.items():
        yield Figure(name, float(size), "bytes", limit=limit)


def _spread(times: list[float]) -> float:
    """Return how far the middle half lies apart, as a share of the median."""
    low, middle, high = statistics.quantiles(times, n=4)
    return (high - low) / middle if middle else 0.0
