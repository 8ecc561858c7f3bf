"""The archive of a coverage: one zip with the coverage, every version of its entries, its bin, and all its files."""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.domain.members import Json
from desktop.domain.problem import InvalidValue
from desktop.domain.progress import counted
from desktop.domain.words import tr
from desktop.exchange import lossless
from desktop.exchange.folder import ExportFolder, ExportRefused
from desktop.exchange.history import Past
from desktop.exchange.imported import Imported
from desktop.exchange.zip_source import open_zip
from desktop.page.site import MediaFile, media_path

ARCHIVE: Final = "coverage.zip"
MAX_MEDIA: Final = 1_000_000_000

_COVERAGE: Final = "coverage.json"
_MEDIA: Final = re.compile(r"media/[0-9a-f]{64}\.[a-z0-9]{2,4}")
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o644 << 16


def write(
    folder: ExportFolder,
    coverage: Coverage,
    entries: Iterable[Entry],
    media: Mapping[str, MediaFile],
    house: Json | None,
    past: Past,
) -> Path:
    """Write the archive into a folder; equal values give equal bytes. Files of `media` that have a path come along.

    One that could not be imported again, for its size, raises ExportRefused.
    """
    data = lossless.write(coverage, entries, media, house, past=past)
    files = {media_path(file): path for file in media.values() if isinstance(path := getattr(file, "path", None), Path)}
    if len(data) > lossless.MAX_BYTES or sum(path.stat().st_size for path in files.values()) > MAX_MEDIA:
        message = tr("The pictures and videos of this coverage are larger than {megabytes} MB.").format(
            megabytes=MAX_MEDIA // 1000000
        )
        raise ExportRefused(
            message, done=tr("No archive was written."), next_action=tr("Export it as JSON: that is a folder.")
        )

    def fill(part: Path) -> None:
        with zipfile.ZipFile(part, "w", allowZip64=False) as made:
            made.writestr(_member(_COVERAGE, zipfile.ZIP_DEFLATED), data)
            for name, path in counted(tr("Packing media"), sorted(files.items())):
                with path.open("rb") as source, made.open(_member(name, zipfile.ZIP_STORED), "w") as target:
                    shutil.copyfileobj(source, target)

    return folder.make(ARCHIVE, fill)


def read(path: Path) -> Imported:
    """Read what `write` wrote, whole or not at all; anything else, or anything more, raises InvalidValue."""
    with open_zip(path) as source:
        sizes = source.sizes()
        strangers = [name for name in sizes if name != _COVERAGE and not _MEDIA.fullmatch(name)]
        if _COVERAGE not in sizes or strangers:
            message = tr("This zip is not an archived coverage.")
            found = (
                tr("It holds “{strangers}”.").format(strangers=strangers[0][:80])
                if strangers
                else tr("It holds no {coverage}.").format(coverage=_COVERAGE)
            )
            raise InvalidValue(message, detail=found, done=tr("Nothing was imported."))
        files = sum(size for name, size in sizes.items() if name != _COVERAGE)
        if sizes[_COVERAGE] > lossless.MAX_BYTES or files > MAX_MEDIA:
            message = tr("The archive unpacks to more than {megabytes} MB.").format(
                megabytes=(lossless.MAX_BYTES + MAX_MEDIA) // 1000000
            )
            raise InvalidValue(message, done=tr("Nothing was imported."))
        fetched: set[str] = set()
        imported = lossless.read_with(source.read(_COVERAGE) or b"", _noting(source.read, fetched))
    others = sorted(sizes.keys() - fetched - {_COVERAGE})
    altered = [name for name in fetched & sizes.keys() if name[6:70] in imported.missing]
    if others or altered:
        message = tr("The archive is damaged.")
        found = tr("“{altered}” is not the file the coverage speaks of.").format(altered=(altered or others)[0])
        raise InvalidValue(message, detail=found, done=tr("Nothing was imported."))
    return imported


def _noting(read_member: Callable[[str], bytes | None], fetched: set[str]) -> Callable[[str], bytes | None]:
    def fetch(name: str) -> bytes | None:
        fetched.add(name)
        return read_member(name)

    return fetch


def _member(name: str, compression: int) -> zipfile.ZipInfo:
    """Describe a member so that the same bytes make the same zip, on any system and any day."""
    info = zipfile.ZipInfo(name, _NO_DATE)
    info.compress_type, info.create_system, info.external_attr = compression, _UNIX, _MODE
    return info
