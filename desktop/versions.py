"""The acts on an entry's versions, each inside the transaction of whoever calls."""

from dataclasses import replace
from uuid import UUID

from desktop.domain import moment
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind
from desktop.domain.revision import Reason, Revision
from desktop.store.reading import Reading
from desktop.store.writing import Writing


def live(reading: Reading, entry_id: UUID, endpoint_id: UUID) -> Revision | None:
    """Read the version readers of an endpoint have, None when they have nothing of the entry or it was withdrawn."""
    held = reading.publication(endpoint_id, OperationKind.ENTRY, entry_id)
    if held is None or held.is_withdrawn:
        return None
    return next((each for each in reading.revisions(entry_id) if each.digest == held.digest), None)


def keep(writing: Writing, entry: Entry, reason: Reason, producer: str) -> None:
    """Keep a version of an entry unless the newest one says just this."""
    newest = writing.newest_revision(entry.id)
    if newest is None or newest.entry != entry:
        writing.add_revision(entry, reason, producer)
    else:
        writing.put_entry(entry, producer)


def duplicate(writing: Writing, entry_id: UUID, producer: str) -> Entry:
    """Start a draft, timed now, that says what an entry says; what was told to readers of that one stays with it."""
    copy = replace(
        writing.entry(entry_id),
        id=new_id(),
        at=moment.now(),
        stage=Stage.DRAFT,
        is_key_moment=False,
        edited_at=None,
        corrections=(),
        withdrawal=None,
    )
    writing.put_entry(copy, producer)
    return copy
