"""Values only the store makes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desktop.domain.clock import ClockState
from desktop.domain.endpoint import Receipt
from desktop.domain.outbox import OperationKind, OperationState


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A coverage as the list of coverages shows it. `entries` counts those outside the bin."""

    id: UUID
    headline: str
    state: ClockState
    entries: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds the words searched for; `excerpt` is plain text around them."""

    entry_id: UUID
    coverage_id: UUID
    headline: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture or video on disk. `width` and `height` are in pixels, 0 when not known; `size` is in bytes."""

    sha256: str
    media_type: str
    width: int
    height: int
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """An unfinished operation as the outbox lists it; `headline` is the entry's, "" for a page or a summary."""

    id: UUID
    endpoint_id: UUID
    kind: OperationKind
    target_id: UUID
    headline: str
    state: OperationState
    attempts: int
    reason: str
    made_at: datetime
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """What is unfinished: its first items, the parked ones before those that wait; how many wait, failed, are held.

    Those that are held are counted among those that wait.
    """

    items: tuple[OutboxItem, ...] = ()
    waiting: int = 0
    failed: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A receipt with what it was for; `headline` is the entry's as it stands now, "" for a page or a summary.

    `kind` and `target_id` are None when what was sent is no longer known; `revision` is 0 for all but entries.
    """

    receipt: Receipt
    kind: OperationKind | None
    headline: str
    target_id: UUID | None = None
    revision: int = 0
    by: str = ""
