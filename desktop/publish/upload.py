"""A file on its way to an endpoint."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upload:
    """A media file to send, named by its SHA-256 in hex."""

    sha256: str
    media_type: str
    path: Path
