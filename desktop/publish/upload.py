"""A file on its way to an endpoint."""

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.blocks import images
from desktop.domain.members import parse
from desktop.domain.outbox import Operation
from desktop.domain.wire import entry_from_wire


@dataclass(frozen=True, slots=True)
class Upload:
    """A media file to send, named by its SHA-256 in hex; `alt` and `caption` as the entry that needs it has them."""

    sha256: str
    media_type: str
    path: Path
    alt: str = ""
    caption: str = ""


def described(upload: Upload, operation: Operation) -> Upload:
    """Return a file with what the entry that needs it says of it."""
    entry, _ = entry_from_wire(parse(operation.payload), operation.coverage_id)
    shown = (image for block in entry.blocks for image in images(block) if image.media == upload.sha256)
    image = next(shown, None)
    return replace(upload, alt=image.alt, caption=image.caption) if image else upload
