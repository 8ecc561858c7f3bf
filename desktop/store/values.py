"""Values only the store makes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desktop.domain.clock import ClockState


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
