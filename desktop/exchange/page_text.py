"""A page as plain text: read from what somebody copied or saved, and written so that it reads the same again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.domain.progress import counted
from desktop.domain.text import clean
from desktop.domain.timeline import newest_first
from desktop.domain.words import tr
from desktop.exchange.imported import Imported, Unplaced
from desktop.exchange.text_grammar import Grammar, publisher_in
from desktop.exchange.text_reader import ReadEntry, ReadPage, read_page
from desktop.exchange.text_source import Line, read_lines
from desktop.exchange.text_writer import page_lines
from desktop.exchange.text_zone import moment_of
from desktop.page import profile
from desktop.page.house import House


def read(data: bytes, house: House | None = None, title: str | None = None) -> Imported:
    """Read a page, or several after one another, worded by a house; without one every shipped wording is tried.

    Entries come in ready, with their times. What cannot be placed is kept as a paragraph and listed by its line.
    Text in which no wording is recognised, and what is no text, raise InvalidValue.
    """
    lines = read_lines(data)
    worded = _suited(house, lines) if house else _best(lines)
    page = read_page(lines, Grammar(worded))
    if not page.entries and not page.summary:
        message = tr("No update is recognised in this text.")
        raise InvalidValue(
            message,
            detail=tr("No line tells when it was published in the wording of the house profile."),
            done=tr("Nothing was imported."),
            next_action=tr("Name the house profile that words this page."),
        )
    names = profile.shipped_names()
    is_shipped = worded.name in names and worded == House.shipped(worded.name)
    imported = _imported(page, worded, title)
    return Imported(
        coverage=imported.coverage,
        entries=imported.entries,
        unplaced=tuple(sorted(imported.unplaced, key=lambda each: each.line)),
        house=None if is_shipped else worded.to_json(),
    )


def write(coverage: Coverage, entries: Iterable[Entry], house: House) -> str:
    """Write the ready entries of a coverage, newest first, as the text of its page."""
    ready = (entry for entry in newest_first(entries) if entry.stage is Stage.READY)
    return "\n".join(page_lines(coverage, ready, house)) + "\n"


def _best(lines: Sequence[Line]) -> House:
    """Return the shipped profile that recognises the most headlines."""
    houses = [_suited(House.shipped(name), lines) for name in sorted(profile.shipped_names(), key=_default_first)]
    grammars = [Grammar(house) for house in houses]
    return max(grammars, key=lambda grammar: sum(grammar.headline(line.text) is not None for line in lines)).house


def _default_first(name: str) -> tuple[bool, str]:
    return name != "default", name


def _suited(house: House, lines: Sequence[Line]) -> House:
    """Return the house under the publisher's name that the page itself prints."""
    publisher = publisher_in((line.text for line in lines), house)
    if publisher == house.publisher:
        return house
    return House.resolve(house.name, {**house.values, "publisher.name": publisher}, f"The house profile “{house.name}”")


def _imported(page: ReadPage, house: House, title: str | None) -> Imported:
    coverage_id = new_id()
    zone = house.zone
    unplaced = list(page.unplaced)
    dated: list[tuple[datetime, ReadEntry]] = []
    for read_entry in counted(tr("Reading updates"), page.entries):
        published = read_entry.headline.published
        found = moment_of(published, house, zone)
        if found is None:
            # The time is then the coverage's own, and the line is listed for somebody to look at.
            unplaced.append(Unplaced(read_entry.line, f"{published.headline} ({published.zone_name})"))
            found = moment_of(type(published)(published.headline, published.local, ""), house, zone)
        elif not dated:
            zone = found[1]
        if found is not None:
            dated.append((found[0], read_entry))
    # Ids are made oldest first, so that entries of the same minute keep their order.
    dated.reverse()
    dated.sort(key=lambda pair: pair[0])
    entries = tuple(
        Entry(
            id=new_id(),
            coverage_id=coverage_id,
            at=at,
            headline=read_entry.headline.published.headline,
            blocks=tuple(read_entry.blocks),
            stage=Stage.READY,
        )
        for at, read_entry in dated
    )
    start = (ClockEvent(ClockTurn.STARTED, entries[0].at),) if entries else ()
    day = f", {entries[-1].at:%Y-%m-%d}" if entries else ""
    coverage = Coverage(
        id=coverage_id,
        headline=clean((title or "").strip()) or tr("Imported page{day}").format(day=day),
        zone=zone,
        house=house.name if house.name in profile.shipped_names() else "default",
        clock=start,
        summary=tuple(SummaryPoint(new_id(), point) for point in page.summary),
    )
    return Imported(coverage=coverage, entries=newest_first(entries), unplaced=tuple(unplaced))
