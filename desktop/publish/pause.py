"""Pausing an endpoint: nothing more is sent there until a producer says so, whatever is started anew meanwhile."""

from uuid import UUID

from desktop.store.reading import Reading
from desktop.store.writing import Writing


def is_paused(reading: Reading, endpoint_id: UUID) -> bool:
    """Tell whether publishing to an endpoint is paused."""
    return bool(reading.setting(_key(endpoint_id)))


def set_paused(writing: Writing, endpoint_id: UUID, *, is_paused: bool) -> None:
    """Pause publishing to an endpoint, or let it go on."""
    writing.put_setting(_key(endpoint_id), "yes" if is_paused else "")


def _key(endpoint_id: UUID) -> str:
    return f"paused:{endpoint_id}"
