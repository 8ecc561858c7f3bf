"""The third line of a row: what stands behind its status."""

from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.shared import times
from ui.words import tr, tr_count


def note(row: TimelineRow, now: datetime, zone: ZoneInfo) -> str:
    """Return what a producer should know of a row, in one line; another desk's version over ours comes first."""
    if row.theirs_by:
        said = tr("{by} published another version; yours is kept").format(by=row.theirs_by)
        return _join(said, row.note)
    match row.status:
        case Status.DRAFT | Status.READY:
            return _join(
                row.author, tr("changed {moment}").format(moment=times.moment(row.changed_at, now, zone)), _parts(row)
            )
        case Status.QUEUED:
            return row.note or tr("Waiting to be sent")
        case Status.SENDING:
            return row.note or tr("On its way, not yet accepted")
        case Status.LIVE:
            live = (
                tr("Live since {moment}").format(moment=times.moment(row.live_at, now, zone))
                if row.live_at
                else tr("Readers have it")
            )
            return _join(live, tr("published by {by}").format(by=row.live_by) if row.live_by else "", _parts(row))
        case Status.LIVE_EDITED:
            seen = (
                tr("readers still see the {moment} version").format(moment=times.moment(row.live_at, now, zone))
                if row.live_at
                else ""
            )
            return _join(tr("Edited {moment}").format(moment=times.moment(row.changed_at, now, zone)), seen)
        case Status.FAILED:
            return row.note or tr("Refused; the outbox says why")
        case Status.UNKNOWN:
            return row.note or tr("Sent without an answer; asking what arrived")
        case Status.WITHDRAWN:
            return row.note or tr("Readers no longer see it")


def _parts(row: TimelineRow) -> str:
    embeds = tr_count("{count} embed", "{count} embeds", row.embeds).format(count=row.embeds) if row.embeds else ""
    images = tr_count("{count} picture", "{count} pictures", row.images).format(count=row.images) if row.images else ""
    return ", ".join(filter(None, (images, embeds)))


def _join(*parts: str) -> str:
    return " · ".join(filter(None, parts))
