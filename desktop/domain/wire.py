"""What travels to a native endpoint: pages, summaries and entries as JSON. Internal notes never do.

The writer and the reader of the contract stand side by side here, so that publisher and endpoint cannot differ.
"""

from uuid import UUID

from desktop.domain import moment
from desktop.domain.block_codec import block_from_json, block_to_json
from desktop.domain.blocks import InternalNote, public
from desktop.domain.clock import ClockState, ended_at, started_at, state
from desktop.domain.codec import clock_from_json, clock_to_json, correction_from_json, correction_to_json
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal, for_readers
from desktop.domain.members import Json, Reader, lean, read_id, read_text, read_time
from desktop.domain.problem import InvalidValue

_STATES = {
    ClockState.PLANNED: "upcoming",
    ClockState.LIVE: "live",
    ClockState.PAUSED: "paused",
    ClockState.ENDED: "ended",
}


def page_to_wire(coverage: Coverage, house: Json, op: UUID) -> Json:
    """Write a page: `house` is the resolved house profile, so that the endpoint words the page as the desk does."""
    start, end = started_at(coverage.clock), ended_at(coverage.clock)
    until = coverage.clock[-1].until if coverage.clock else None
    return lean(
        {
            "id": str(coverage.id),
            "headline": coverage.headline,
            "description": coverage.description,
            "state": _STATES[state(coverage.clock)],
            "coverage_start": moment.to_json(start) if start else None,
            "coverage_end": moment.to_json(end) if end else None,
            "resumes_at": moment.to_json(until) if until else None,
            "clock": clock_to_json(coverage.clock),
            "pinned": str(coverage.pinned) if coverage.pinned else None,
            "zone": coverage.zone,
            "language": house.get("language"),
            "house": house,
            "op": str(op),
        },
        keep="id headline state",
    )


def page_from_wire(value: object) -> tuple[Coverage, Json, UUID]:
    """Read a page: the coverage without its summary, the resolved house profile, and the operation."""
    reader = Reader(value, "A page")
    stated = reader.text("state")
    if stated not in _STATES.values():
        message = f"“{stated[:40]}” is not a state of a page."
        raise InvalidValue(message)
    for derived in ("coverage_start", "coverage_end", "resumes_at"):
        reader.one(derived, read_time)
    reader.one("language", read_text)
    house = reader.one("house", _object) or {}
    op = reader.ident("op")
    coverage = Coverage(
        id=reader.ident("id"),
        headline=_within(reader.text("headline"), 200, "A page's headline"),
        zone=moment.zone(reader.text("zone", "UTC")).key,
        description=reader.text("description", ""),
        clock=reader.one("clock", clock_from_json) or (),
        pinned=reader.one("pinned", read_id),
    )
    reader.end()
    return coverage, house, op


def summary_to_wire(coverage: Coverage, op: UUID) -> Json:
    """Write the whole ordered list of bullets."""
    bullets = [
        lean(
            {"id": str(point.id), "text": point.text, "entries": [str(entry) for entry in point.rests_on]},
            keep="id text",
        )
        for point in coverage.summary
    ]
    return {"bullets": bullets, "op": str(op)}


def summary_from_wire(value: object) -> tuple[tuple[SummaryPoint, ...], UUID]:
    """Read the bullets and the operation."""
    reader = Reader(value, "A summary")
    points, op = reader.many("bullets", _bullet, required=True), reader.ident("op")
    reader.end()
    if len(points) > 12:  # noqa: PLR2004 - the contract's limit
        message = "A summary has at most 12 bullets."
        raise InvalidValue(message)
    return points, op


def entry_to_wire(entry: Entry, op: UUID) -> Json:
    """Write an entry as readers may have it."""
    public, withdrawal = for_readers(entry), entry.withdrawal
    return lean(
        {
            "id": str(entry.id),
            "at": moment.to_json(entry.at),
            "title": entry.headline,
            "state": "retracted" if withdrawal else "published",
            "key": entry.is_key_moment,
            "byline": list(entry.byline),
            "edited_at": moment.to_json(entry.edited_at) if entry.edited_at else None,
            "corrections": [correction_to_json(correction) for correction in entry.corrections],
            "retraction": withdrawal.reason if withdrawal else None,
            "retracted_at": moment.to_json(withdrawal.at) if withdrawal else None,
            "blocks": [block_to_json(block) for block in public.blocks],
            "op": str(op),
        },
        keep="id at title state blocks op",
    )


def entry_from_wire(value: object, coverage_id: UUID) -> tuple[Entry, UUID]:
    """Read an entry and its operation; an internal note among its blocks raises InvalidValue."""
    reader = Reader(value, "An entry")
    entry_id, at, op = reader.ident("id"), reader.time("at"), reader.ident("op")
    stated = reader.text("state")
    retraction, retracted_at = reader.one("retraction", read_text), reader.one("retracted_at", read_time)
    corrections = reader.many("corrections", correction_from_json)
    correction, corrected_at = reader.one("correction", read_text), reader.one("corrected_at", read_time)
    if correction and not corrections:
        corrections = (Correction(correction, corrected_at or at),)
    if stated not in {"published", "retracted"}:
        message = f"“{stated[:40]}” is not a state of an entry."
        raise InvalidValue(message)
    blocks = reader.many("blocks", block_from_json, required=True)
    if any(isinstance(block, InternalNote) for block in blocks):
        message = "An internal note must not leave the desk."
        raise InvalidValue(message)
    if any(public(block) != block for block in blocks):
        message = "What a picture was cut from must not leave the desk."
        raise InvalidValue(message)
    entry = Entry(
        id=entry_id,
        coverage_id=coverage_id,
        at=at,
        headline=reader.text("title", ""),
        blocks=blocks,
        stage=Stage.READY,
        byline=reader.many("byline", read_text),
        is_key_moment=reader.flag("key"),
        edited_at=reader.one("edited_at", read_time),
        corrections=corrections,
        withdrawal=Withdrawal(retraction or "", retracted_at or at) if stated == "retracted" else None,
    )
    reader.end()
    return entry, op


def _bullet(value: object) -> SummaryPoint:
    reader = Reader(value, "A bullet")
    rests_on = reader.many("entries", read_id)
    single = reader.one("entry", read_id)
    point = SummaryPoint(
        reader.ident("id"),
        _within(reader.text("text"), 300, "A bullet"),
        rests_on or ((single,) if single else ()),
    )
    reader.end()
    return point


def _within(written: str, most: int, what: str) -> str:
    if not written.strip() or len(written) > most:
        message = f"{what} needs between 1 and {most} characters."
        raise InvalidValue(message)
    return written


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        message = "A house profile is not an object."
        raise InvalidValue(message)
    return value
