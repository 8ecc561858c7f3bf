"""Revisions: what an entry said at a moment, kept for good."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.codec import entry_to_json
from desktop.domain.entry import Entry, for_readers
from desktop.domain.members import canonical


class Reason(StrEnum):
    """Why a revision was kept."""

    READY = "ready"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    EDITING = "editing"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Revision:
    """One kept version of an entry. `number` counts from 1 per entry; `digest` is that of its entry."""

    id: UUID
    entry: Entry
    number: int
    reason: Reason
    author: str
    made_at: datetime
    digest: str


def digest(entry: Entry) -> str:
    """Return the SHA-256, in hex, of everything readers get of an entry; notes and stages of the desk do not count."""
    return hashlib.sha256(canonical(entry_to_json(for_readers(entry)))).hexdigest()
