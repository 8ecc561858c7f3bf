"""How much the endpoint takes; its service document says so."""

from typing import Final

BODY_BYTES: Final = 2_000_000
MEDIA_BYTES: Final = 100_000_000
ENTRIES_A_READ: Final = 100
CHANGES_A_READ: Final = 500
BODY_SECONDS: Final = 30.0
MEDIA_SECONDS: Final = 600.0
