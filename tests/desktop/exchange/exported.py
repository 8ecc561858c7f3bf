"""The sample and other coverages as sites whose files lie on this machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from desktop.domain.entry import Stage, for_readers
from desktop.exchange.imported import Imported
from desktop.exchange.sample import FOLDER, load
from desktop.page.house import House
from desktop.page.site import Site


@dataclass(frozen=True)
class StoredFile:
    sha256: str
    media_type: str
    width: int
    height: int
    path: Path


def site_of(imported: Imported, house: House) -> Site:
    stored: Mapping[str, StoredFile] = {
        file.sha256: StoredFile(file.sha256, file.media_type, file.width, file.height, path)
        for file in imported.media
        for path in (FOLDER / "media").glob(f"{file.sha256}.*")
    }
    entries = tuple(for_readers(entry) for entry in imported.entries if entry.stage is Stage.READY)
    return Site(coverage=imported.coverage, entries=entries, house=house, media=MappingProxyType(dict(stored)))


def sample() -> Site:
    return site_of(load(), House.shipped())
