"""The folder an export is written into: file by file in one step each, and never over what we did not write."""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from desktop.domain.problem import Problem

RECORD: Final = ".newsroom-export.json"
"""Lists what this console wrote into a folder, so that writing again replaces that and nothing else."""


class ExportRefused(Problem):
    """A folder an export cannot, or must not, be written into."""


class ExportFolder:
    """A folder being written. `must_be_ours` refuses one that already holds something this console did not write."""

    def __init__(self, out: Path, *, must_be_ours: bool = False) -> None:
        self.out = out
        with _told(out):
            if out.exists() and not out.is_dir():
                message = f"{out.name} is a file, not a folder."
                raise ExportRefused(message, next_action="Name another folder.")
            out.mkdir(parents=True, exist_ok=True)
            self._before = self._recorded()
            if must_be_ours and self._before is None and any(out.iterdir()):
                message = f"The folder {out.name} holds files this console did not write."
                raise ExportRefused(message, done="Nothing was written.", next_action="Name an empty or a new folder.")
        self._written: set[str] = set()

    def write(self, path: str, data: bytes) -> Path:
        """Write a file below the folder; a half-written one is never seen under its name."""
        return self._put(path, lambda part: part.write_bytes(data))

    def copy(self, path: str, source: Path) -> Path:
        """Copy a file below the folder."""
        return self._put(path, lambda part: shutil.copyfile(source, part))

    def finish(self, replaced: Callable[[str], bool]) -> None:
        """Record what was written, and remove what an earlier export of the same kind left: files `replaced` names."""
        left = sorted((self._before or set()) - self._written)
        stale = [path for path in left if replaced(path)]
        with _told(self.out):
            for path in stale:
                self._below(path).unlink(missing_ok=True)
            files = sorted(self._written | (set(left) - set(stale)))
            data = json.dumps({"schema": 1, "files": files}, indent=1, ensure_ascii=False).encode()
            _replace(self.out / RECORD, lambda part: part.write_bytes(data))

    def _put(self, path: str, fill: Callable[[Path], object]) -> Path:
        target = self._below(path)
        with _told(self.out):
            if path not in (self._before or ()) and path not in self._written and target.exists():
                message = f"The folder {self.out.name} already holds a file named {path}."
                raise ExportRefused(message, done="It was left as it is.", next_action="Name another folder.")
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, fill)
        self._written.add(path)
        return target

    def _below(self, path: str) -> Path:
        relative = PurePosixPath(path)
        if relative.is_absolute() or not relative.parts or ".." in relative.parts or "\\" in path or ":" in path:
            message = f"“{path[:80]}” does not stay inside the folder."
            raise ExportRefused(message)
        return self.out.joinpath(*relative.parts)

    def _recorded(self) -> set[str] | None:
        try:
            record = json.loads((self.out / RECORD).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        files = record.get("files") if isinstance(record, dict) else None
        return {path for path in files if isinstance(path, str)} if isinstance(files, list) else None


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
        message = f"There is no right to write into {out.name}."
        raise ExportRefused(message, next_action="Name another folder.") from error
    except OSError as error:
        message = f"The export into {out.name} failed."
        raise ExportRefused(message, detail=f"{error.strerror or error}.") from error
