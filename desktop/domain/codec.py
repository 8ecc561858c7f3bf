"""Entries and coverages as JSON and back.

Reading is strict: an unknown key, an unknown kind or a value of the wrong type raises InvalidValue and names the
place. Writing leaves out what has its default, so that equal values have equal JSON.
"""

from typing import TypeVar

from desktop.domain import moment
from desktop.domain.block_codec import block_from_json, block_to_json
from desktop.domain.clock import Clock, ClockEvent, ClockTurn
from desktop.domain.clock import turn as turn_clock
from desktop.domain.coverage import Coverage, Handover, Seen, SummaryPoint
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal
from desktop.domain.members import Json, Reader, lean, read_id, read_text, read_time
from desktop.domain.problem import InvalidValue

Member = TypeVar("Member", Stage, ClockTurn)


def entry_to_json(entry: Entry) -> Json:
    """Write an entry."""
    withdrawal = entry.withdrawal
    return lean(
        {
            "id": str(entry.id),
            "coverage": str(entry.coverage_id),
            "at": moment.to_json(entry.at),
            "headline": entry.headline,
            "blocks": [block_to_json(block) for block in entry.blocks],
            "stage": entry.stage.value,
            "byline": list(entry.byline),
            "key": entry.is_key_moment,
            "edited_at": moment.to_json(entry.edited_at) if entry.edited_at else None,
            "corrections": [correction_to_json(each) for each in entry.corrections],
            "withdrawal": {"reason": withdrawal.reason, "at": moment.to_json(withdrawal.at)} if withdrawal else None,
        },
        keep="id coverage at headline blocks stage",
    )


def entry_from_json(value: object) -> Entry:
    """Read an entry."""
    reader = Reader(value, "An entry")
    entry = Entry(
        id=reader.ident("id"),
        coverage_id=reader.ident("coverage"),
        at=reader.time("at"),
        headline=reader.text("headline", ""),
        blocks=reader.many("blocks", block_from_json),
        stage=_member(Stage, reader.text("stage", Stage.DRAFT.value)),
        byline=reader.many("byline", read_text),
        is_key_moment=reader.flag("key"),
        edited_at=reader.one("edited_at", read_time),
        corrections=reader.many("corrections", correction_from_json),
        withdrawal=reader.one("withdrawal", _withdrawal),
    )
    reader.end()
    return entry


def correction_to_json(correction: Correction) -> Json:
    """Write a correction."""
    return {"text": correction.text, "at": moment.to_json(correction.at)}


def correction_from_json(value: object) -> Correction:
    """Read a correction."""
    reader = Reader(value, "A correction")
    correction = Correction(reader.text("text"), reader.time("at"))
    reader.end()
    return correction


def _withdrawal(value: object) -> Withdrawal:
    reader = Reader(value, "A withdrawal")
    withdrawal = Withdrawal(reader.text("reason"), reader.time("at"))
    reader.end()
    return withdrawal


def summary_point_to_json(point: SummaryPoint) -> Json:
    """Write a summary point."""
    return lean(
        {
            "id": str(point.id),
            "text": point.text,
            "rests_on": [str(entry) for entry in point.rests_on],
            "seen": [{"entry": str(seen.entry_id), "words": seen.words} for seen in point.seen],
            "confirmed_at": moment.to_json(point.confirmed_at) if point.confirmed_at else None,
        },
        keep="id text rests_on",
    )


def summary_point_from_json(value: object) -> SummaryPoint:
    """Read a summary point."""
    reader = Reader(value, "A summary point")
    point = SummaryPoint(
        reader.ident("id"),
        reader.text("text"),
        reader.many("rests_on", read_id),
        reader.many("seen", _seen),
        reader.one("confirmed_at", read_time),
    )
    reader.end()
    return point


def _seen(value: object) -> Seen:
    reader = Reader(value, "What a summary point was confirmed by")
    seen = Seen(reader.ident("entry"), reader.text("words"))
    reader.end()
    return seen


def _handover_to_json(handover: Handover) -> Json:
    return lean(
        {
            "note": handover.note,
            "by": handover.by,
            "at": moment.to_json(handover.at),
            "taken_by": handover.taken_by,
            "taken_at": moment.to_json(handover.taken_at) if handover.taken_at else None,
        },
        keep="note by at",
    )


def _handover(value: object) -> Handover:
    reader = Reader(value, "A handover")
    handover = Handover(
        reader.text("note"),
        reader.text("by"),
        reader.time("at"),
        reader.text("taken_by", ""),
        reader.one("taken_at", read_time),
    )
    reader.end()
    return handover


def coverage_to_json(coverage: Coverage) -> Json:
    """Write a coverage without its entries."""
    value = {
        "id": str(coverage.id),
        "headline": coverage.headline,
        "zone": coverage.zone,
        "house": coverage.house,
        "description": coverage.description,
        "clock": clock_to_json(coverage.clock),
        "summary": [summary_point_to_json(point) for point in coverage.summary],
        "pinned": str(coverage.pinned) if coverage.pinned else None,
        "planned_for": moment.to_json(coverage.planned_for) if coverage.planned_for else None,
        "handovers": [_handover_to_json(each) for each in coverage.handovers],
    }
    return lean(value, keep="id headline zone house description clock summary pinned")


def coverage_from_json(value: object) -> Coverage:
    """Read a coverage; a zone that does not exist or a clock that cannot be raises InvalidValue."""
    reader = Reader(value, "A coverage")
    coverage = Coverage(
        id=reader.ident("id"),
        headline=reader.text("headline"),
        zone=moment.zone(reader.text("zone")).key,
        house=reader.text("house", "default"),
        description=reader.text("description", ""),
        clock=reader.one("clock", clock_from_json) or (),
        summary=reader.many("summary", summary_point_from_json),
        pinned=reader.one("pinned", read_id),
        planned_for=reader.one("planned_for", read_time),
        handovers=reader.many("handovers", _handover),
    )
    reader.end()
    return coverage


def clock_to_json(clock: Clock) -> list[Json]:
    """Write the turns of a clock."""
    return [_event_to_json(event) for event in clock]


def clock_from_json(value: object) -> Clock:
    """Read the turns of a clock, each as it can follow the one before."""
    if not isinstance(value, list):
        message = "A coverage clock is not a list of turns."
        raise InvalidValue(message)
    clock: Clock = ()
    for written in value:
        clock = turn_clock(clock, _event(written))
    return clock


def _event_to_json(event: ClockEvent) -> Json:
    return lean(
        {
            "turn": event.turn.value,
            "at": moment.to_json(event.at),
            "until": moment.to_json(event.until) if event.until else None,
            "message": event.message,
            "entry": str(event.entry_id) if event.entry_id else None,
        },
        keep="turn at",
    )


def _event(value: object) -> ClockEvent:
    reader = Reader(value, "A turn of the clock")
    event = ClockEvent(
        _member(ClockTurn, reader.text("turn")),
        reader.time("at"),
        reader.one("until", read_time),
        reader.text("message", ""),
        reader.one("entry", read_id),
    )
    reader.end()
    return event


def _member(kind: type[Member], name: str) -> Member:
    try:
        return kind(name)
    except ValueError as error:
        message = f"“{name[:40]}” is not a known {kind.__name__.lower()}."
        raise InvalidValue(message) from error
