"""How far the desk is with an entry."""

from enum import StrEnum


class Stage(StrEnum):
    """How far the desk is with an entry; what readers have is its `Status`."""

    DRAFT = "draft"
    READY = "ready"
