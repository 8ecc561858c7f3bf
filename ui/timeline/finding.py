"""Looking for words among a coverage's entries, in a thread: which hold them, and what stands around them."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace

_EXCERPTS: Final = 200  # the newest that are found show the words around; more are found by scrolling too long

Found = tuple[frozenset[UUID], dict[UUID, str]]
"""The ids of entries that hold the words, and excerpts of the newest of them."""


def find(workspace: "Workspace", coverage_id: UUID, words: str) -> Found:
    """Return the entries of a coverage that hold words."""
    hits = workspace.search(words, coverage_id=coverage_id, limit=_EXCERPTS)
    excerpts = {hit.entry_id: " ".join(hit.excerpt.split()) for hit in hits}
    if len(hits) < _EXCERPTS:
        return frozenset(excerpts), excerpts
    rows = workspace.timeline(coverage_id, None, words=words)
    return frozenset(row.id for row in rows), excerpts
