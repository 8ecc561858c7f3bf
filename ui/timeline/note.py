"""The third line of a row: what stands behind its status."""

from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.shared import times
from ui.words import tr


def note(row: TimelineRow, now: datetime, zone: ZoneInfo) -> str:
    """Return what a producer should know of a row, in one line; another desk's version over ours comes first."""
    if row.theirs_by:
        said = tr("{by} published another version; yours is kept").format(by=row.theirs_by)
        return _join(said, row.note)
    match row.status:
        case Status.DRAFT | Status.READY:
            return _join(row.author, f"changed {times.moment(row.changed_at, now, zone)}", _parts(row))
        case Status.QUEUED:
            return row.note or "Waiting to be sent"
        case Status.SENDING:
            return row.note or "On its way, not yet accepted"
        case Status.LIVE:
            live = f"Live since {times.moment(row.live_at, now, zone)}" if row.live_at else "Readers have it"
            return _join(live, tr("published by {by}").format(by=row.live_by) if row.live_by else "", _parts(row))
        case Status.LIVE_EDITED:
            seen = f"readers still see the {times.moment(row.live_at, now, zone)} version" if row.live_at else ""
            return _join(f"Edited {times.moment(row.changed_at, now, zone)}", seen)
        case Status.FAILED:
            return row.note or "Refused; the outbox says why"
        case Status.UNKNOWN:
            return row.note or "Sent without an answer; asking what arrived"
        case Status.WITHDRAWN:
            return row.note or "Readers no longer see it"


def _parts(row: TimelineRow) -> str:
    embeds = f"{row.embeds} embed{'s' if row.embeds > 1 else ''}" if row.embeds else ""
    images = f"{row.images} picture{'s' if row.images > 1 else ''}" if row.images else ""
    return ", ".join(filter(None, (images, embeds)))


def _join(*parts: str) -> str:
    return " · ".join(filter(None, parts))
