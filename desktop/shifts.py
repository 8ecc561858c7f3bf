"""Planning a coverage and handing it from shift to shift, inside the transaction of whoever calls."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desktop.domain import moment
from desktop.domain.clock import ClockState, state
from desktop.domain.coverage import Coverage, Handover
from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean
from desktop.domain.words import tr
from desktop.store.writing import Writing


def plan(writing: Writing, coverage_id: UUID, at: datetime | None) -> Coverage:
    """Say when coverage is meant to start, None for no time; one that has started, or a past time, is refused."""
    coverage = writing.coverage(coverage_id)
    if state(coverage.clock) is not ClockState.PLANNED:
        message = tr("Coverage has started already, so its start cannot be planned.")
        raise InvalidValue(message, done=tr("Nothing was changed."))
    if at is not None and at <= moment.now():
        message = tr("The start of a coverage is planned for a time to come.")
        raise InvalidValue(message, next_action=tr("Choose a later time, or start coverage now."))
    planned = replace(coverage, planned_for=at)
    writing.put_coverage(planned)
    return planned


def hand_over(writing: Writing, coverage_id: UUID, note: str, producer: str) -> Coverage:
    """Leave a note to the next shift; one without words is refused."""
    if not note.strip():
        message = tr("A handover needs a note for the next shift.")
        raise InvalidValue(message)
    coverage = writing.coverage(coverage_id)
    left = Handover(clean(note.strip()), producer, moment.now())
    handed = replace(coverage, handovers=(*coverage.handovers, left))
    writing.put_coverage(handed)
    return handed


def take_over(writing: Writing, coverage_id: UUID, producer: str) -> Coverage:
    """Say that every note that is still open has been read by who works here now."""
    coverage, now = writing.coverage(coverage_id), moment.now()
    read = tuple(
        each if each.taken_by else replace(each, taken_by=producer, taken_at=now) for each in coverage.handovers
    )
    taken = replace(coverage, handovers=read)
    writing.put_coverage(taken)
    return taken
