"""A zip from outside: looked at whole before a byte of it is unpacked, and never unpacked onto the disk."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr

SIGNATURE: Final = b"PK\x03\x04"
MAX_MEMBERS: Final = 10_000
MAX_DIRECTORY: Final = 4_000_000
"""How many bytes the list of members may have; Python reads the whole of it at once."""

_END: Final = struct.Struct("<4s4H2LH")
_END_SIGNATURE: Final = b"PK\x05\x06"
_LARGE_END: Final = b"PK\x06\x07"
_LARGE_END_SIZE: Final = 20
_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class ZipSource:
    """The members of an opened zip by name; each is read whole, and only up to what it said it has."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened
        self._members = {info.filename: info for info in opened.infolist() if not info.is_dir()}
        if len(self._members) != sum(not info.is_dir() for info in opened.infolist()):
            _refuse(tr("Two files in it have the same name."))
        for info in self._members.values():
            path = PurePosixPath(info.filename)
            if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
                _refuse(tr("“{filename}” does not stay inside it.").format(filename=info.filename[:80]))
            if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
                _refuse(
                    tr("“{filename}” is encrypted, or packed in a way that is not read here.").format(
                        filename=info.filename[:80]
                    )
                )

    def sizes(self) -> dict[str, int]:
        """Return what every member says its size is once unpacked, in bytes."""
        return {name: info.file_size for name, info in self._members.items()}

    def read(self, name: str) -> bytes | None:
        """Unpack a member, None when there is none of that name; one whose bytes are damaged raises InvalidValue."""
        info = self._members.get(name)
        if info is None:
            return None
        with self._opened.open(info) as member:
            return member.read(info.file_size)


@contextmanager
def open_zip(path: Path) -> Iterator[ZipSource]:
    """Open a zip; anything odd about it, before or while it is read, raises InvalidValue."""
    try:
        with path.open("rb") as file:
            _check_end(file)
            with zipfile.ZipFile(file) as opened:
                yield ZipSource(opened)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        message = tr("The archive is damaged.")
        raise InvalidValue(message, detail=f"{str(error)[:120]}.", done=tr("Nothing was imported.")) from error
    except OSError as error:
        message = tr("The file {name} cannot be read.").format(name=path.name)
        raise InvalidValue(message, detail=f"{error.strerror or error}.", done=tr("Nothing was imported.")) from error


def _check_end(file: IO[bytes]) -> None:
    """Look at the end of the zip before its list of members is read: a zip can be nothing but a list of millions."""
    size = file.seek(0, 2)
    start = size - _END.size
    if start < 0:
        _refuse(tr("It is cut short."))
    file.seek(max(0, start - _LARGE_END_SIZE))
    tail = file.read()
    signature, _, _, _, members, directory, _, comment = _END.unpack(tail[-_END.size :])
    if signature != _END_SIGNATURE or comment:
        _refuse(tr("Its end is not where it should be: it is cut short, or something was added to it."))
    if tail.startswith(_LARGE_END) or members > MAX_MEMBERS or directory > MAX_DIRECTORY:
        _refuse(
            tr("It holds more than {max_members} files, or more than four gigabytes.").format(max_members=MAX_MEMBERS)
        )
    file.seek(0)


def _refuse(detail: str) -> None:
    message = tr("This zip is not an archive the console can read.")
    raise InvalidValue(message, detail=detail, done=tr("Nothing was imported."))
