"""The folder an export is written into: file by file in one step each, and never over what we did not write."""

import filecmp
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from desktop.domain.problem import Problem
from desktop.domain.words import tr

RECORD: Final = ".newsroom-export.json"
"""Lists what this console wrote into a folder, so that writing again replaces that and nothing else."""


class ExportRefused(Problem):
    """A folder an export cannot, or must not, be written into."""


class ExportFolder:
    """A folder being written. `must_be_ours` refuses one that already holds something this console did not write.

    `changed` lists the files whose bytes were not there already, in the order they were written.
    """

    def __init__(self, out: Path, *, must_be_ours: bool = False) -> None:
        self.out = out
        self.changed: list[str] = []
        with _told(out):
            if out.exists() and not out.is_dir():
                message = tr("{name} is a file, not a folder.").format(name=out.name)
                raise ExportRefused(message, next_action=tr("Name another folder."))
            out.mkdir(parents=True, exist_ok=True)
            before = self._recorded()
            if must_be_ours and before is None and any(out.iterdir()):
                message = tr("The folder {name} holds files this console did not write.").format(name=out.name)
                raise ExportRefused(
                    message, done=tr("Nothing was written."), next_action=tr("Name an empty or a new folder.")
                )
        self._ours: set[str] = before or set()
        self._written: set[str] = set()

    def claim(self, paths: Iterable[str]) -> None:
        """Record files before they are written, so that an export cut short can be done again over what it left.

        Raises ExportRefused, and then nothing is written, when one of them is somebody else's.
        """
        wanted = set(paths)
        for path in sorted(wanted - self._ours):
            self._refuse_others(path, self._below(path))
        if wanted <= self._ours:
            return
        self._ours |= wanted
        with _told(self.out):
            self._record(self._ours)

    def read(self, path: str) -> bytes | None:
        """Return what an earlier export left under a name, None when it left nothing."""
        if path not in self._ours:
            return None
        try:
            return self._below(path).read_bytes()
        except OSError:
            return None

    def write(self, path: str, data: bytes) -> Path:
        """Write a file below the folder unless it says so already; a half-written one is never seen under its name."""
        return self._put(path, lambda part: part.write_bytes(data), lambda there: _holds(there, data))

    def copy(self, path: str, source: Path) -> Path:
        """Copy a file below the folder unless it is there already."""
        return self._put(
            path, lambda part: shutil.copyfile(source, part), lambda there: filecmp.cmp(source, there, shallow=False)
        )

    def keep(self, path: str, data: Callable[[], bytes]) -> Path:
        """Write a file whose name tells what it holds; one that is there is not even made again."""
        return self._put(path, lambda part: part.write_bytes(data()), lambda there: there.stat().st_size > 0)

    def make(self, path: str, fill: Callable[[Path], object]) -> Path:
        """Make a file below the folder by a function that fills it."""
        return self._put(path, fill, lambda _there: False)

    def finish(self, replaced: Callable[[str], bool]) -> None:
        """Record what was written, and remove what an earlier export of the same kind left: files `replaced` names."""
        left = sorted(self._ours - self._written)
        stale = [path for path in left if replaced(path)]
        with _told(self.out):
            for path in stale:
                self._below(path).unlink(missing_ok=True)
            for folder in {PurePosixPath(path).parent for path in stale}:
                with suppress(OSError):  # one that still holds something stays
                    self.out.joinpath(*folder.parts).rmdir()
            self._record(self._written | (set(left) - set(stale)))

    def _put(self, path: str, fill: Callable[[Path], object], is_there: Callable[[Path], bool]) -> Path:
        target = self._below(path)
        with _told(self.out):
            if path not in self._ours and path not in self._written:
                self._refuse_others(path, target)
            if not (target.is_file() and is_there(target)):
                target.parent.mkdir(parents=True, exist_ok=True)
                _replace(target, fill)
                self.changed.append(path)
        self._written.add(path)
        return target

    def _refuse_others(self, path: str, target: Path) -> None:
        if target.exists():
            message = tr("The folder {name} already holds a file named {path}.").format(name=self.out.name, path=path)
            raise ExportRefused(message, done=tr("It was left as it is."), next_action=tr("Name another folder."))

    def _below(self, path: str) -> Path:
        relative = PurePosixPath(path)
        if relative.is_absolute() or not relative.parts or ".." in relative.parts or "\\" in path or ":" in path:
            message = tr("“{path}” does not stay inside the folder.").format(path=path[:80])
            raise ExportRefused(message)
        return self.out.joinpath(*relative.parts)

    def _recorded(self) -> set[str] | None:
        try:
            record = json.loads((self.out / RECORD).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        files = record.get("files") if isinstance(record, dict) else None
        return {path for path in files if isinstance(path, str)} if isinstance(files, list) else None

    def _record(self, files: set[str]) -> None:
        data = json.dumps({"schema": 1, "files": sorted(files)}, indent=1, ensure_ascii=False).encode()
        if not _holds(self.out / RECORD, data):
            _replace(self.out / RECORD, lambda part: part.write_bytes(data))


def _holds(there: Path, data: bytes) -> bool:
    return there.is_file() and there.stat().st_size == len(data) and there.read_bytes() == data


def _replace(target: Path, fill: Callable[[Path], object]) -> None:
    part = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        fill(part)
        os.replace(part, target)  # noqa: PTH105 - the atomic step, named as the system names it
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Tell what the system refused in a sentence."""
    try:
        yield
    except PermissionError as error:
        message = tr("There is no right to write into {name}.").format(name=out.name)
        raise ExportRefused(message, next_action=tr("Name another folder.")) from error
    except OSError as error:
        message = tr("The export into {name} failed.").format(name=out.name)
        raise ExportRefused(message, detail=f"{error.strerror or error}.") from error
