"""The acts on a page's summary, each inside the transaction of whoever calls, and each kept as a version."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from desktop.domain import moment
from desktop.domain.coverage import SummaryPoint
from desktop.domain.members import parse
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.problem import InvalidValue
from desktop.domain.summary import Keeping, LiveSummary, confirmed, settled
from desktop.domain.wire import summary_from_wire
from desktop.domain.words import tr
from desktop.store.reading import Reading
from desktop.store.writing import Writing


def save(writing: Writing, coverage_id: UUID, points: Sequence[SummaryPoint], producer: str) -> None:
    """Keep bullets in their order; what readers would see differently is kept as a version."""
    coverage = writing.coverage(coverage_id)
    kept = settled(coverage.summary, points, writing.grounds(points), moment.now())
    if kept == coverage.summary:
        return
    if not writing.summary_versions(coverage_id) and coverage.summary:
        writing.keep_summary(coverage_id, coverage.summary, Keeping.CHANGED, "")
    writing.put_coverage(replace(coverage, summary=kept))
    writing.keep_summary(coverage_id, kept, Keeping.CHANGED, producer)


def confirm(writing: Writing, coverage_id: UUID, point_id: UUID, producer: str) -> None:
    """Hold a bullet true as its entries stand now."""
    coverage = writing.coverage(coverage_id)
    grounds, now = writing.grounds(coverage.summary), moment.now()
    points = tuple(confirmed(point, grounds, now) if point.id == point_id else point for point in coverage.summary)
    if points == coverage.summary:
        message = tr("This bullet is no longer in the summary.")
        raise InvalidValue(message, done=tr("Nothing was changed."))
    writing.put_coverage(replace(coverage, summary=points))
    writing.keep_summary(coverage_id, points, Keeping.CONFIRMED, producer)


def restore(writing: Writing, coverage_id: UUID, number: int, producer: str) -> None:
    """Bring a kept version back, as it was confirmed then: what changed since is doubtful again."""
    kept = next((each for each in writing.summary_versions(coverage_id) if each.number == number), None)
    if kept is None:
        message = tr("The summary has no version {number}.").format(number=number)
        raise InvalidValue(message)
    writing.put_coverage(replace(writing.coverage(coverage_id), summary=kept.points))
    writing.keep_summary(coverage_id, kept.points, Keeping.RESTORED, producer)


def keep_published(writing: Writing, coverage_id: UUID, sent: Sequence[Operation], producer: str) -> None:
    """Keep the version that is on its way to readers, when one is."""
    if any(operation.kind is OperationKind.SUMMARY for operation in sent):
        writing.keep_summary(coverage_id, writing.coverage(coverage_id).summary, Keeping.PUBLISHED, producer)


def live(reading: Reading, coverage_id: UUID, endpoint_id: UUID) -> LiveSummary | None:
    """Read the bullets an endpoint acknowledged; None when it holds none of ours."""
    held = reading.publication(endpoint_id, OperationKind.SUMMARY, coverage_id)
    if held is None:
        return None
    points, _ = summary_from_wire(parse(reading.operation(held.operation_id).payload))
    return LiveSummary(points, held.acknowledged_at)
