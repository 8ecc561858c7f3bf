"""What can be wrong with a store, for a person to put right."""

from desktop.domain.problem import InUse, Problem


class StoreTooNew(Problem):
    """The database was written by a newer console; it is left untouched."""


class StoreDamaged(Problem):
    """The database, or something in it, cannot be trusted; it is left untouched."""


class StoreLocked(InUse):
    """Somebody else holds the database or the workspace."""


class StoreUnwritable(Problem):
    """The disk refuses: it is full, broken, or not ours to write to. Nothing of the change was kept."""


class StoreGone(Problem):
    """The database was deleted, renamed or replaced while it was open."""


class NotFound(Problem):
    """There is no such coverage, entry, endpoint or operation."""


class StillInUse(Problem):
    """Something cannot be removed while changes wait to be sent."""


class NameTaken(Problem):
    """Another endpoint has this name already."""
