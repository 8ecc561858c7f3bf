"""A console that ended without closing: what is known of it is kept, and told at the next start.

Nothing of what was typed is in a report: it holds versions, times and where the program stood. What was typed is in
the workspace, where every word is saved as it is written.
"""

import faulthandler
import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, TextIO

from desktop.domain import moment
from ui.words import tr

MARK: Final = "newsroom.running"
TRACE: Final = "crash.trace"
REPORTS: Final = "crashes"
_LARGEST: Final = 200_000
_KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class Crash:
    """A run that ended without closing: when it was started, and the report kept of it."""

    started: datetime | None
    report: Path
    text: str


class Watch:
    """Marks a folder as in use by this process, and writes where it stood should it crash; ends with `close`.

    Made while the workspace's lock is held, so that a mark which is there is that of a run that has ended.
    """

    def __init__(self, folder: Path) -> None:
        self._mark = folder / MARK
        self.crash = _crash_of(folder)
        self._trace: TextIO = (folder / TRACE).open("w", encoding="utf-8")
        faulthandler.enable(self._trace)
        told = {"started": moment.to_json(moment.now()), "process": os.getpid(), **_versions()}
        self._mark.write_text(json.dumps(told), encoding="utf-8")

    def close(self) -> None:
        """Say that this run ended as it should."""
        faulthandler.disable()
        self._trace.close()
        self._mark.unlink(missing_ok=True)


def sentence(crash: Crash) -> str:
    """Tell the producer what happened and that nothing is lost."""
    if crash.started is None:
        return tr("The console ended without closing. Everything saved until then is here.")
    said = tr("The console that was started at {time} ended without closing. Everything saved until then is here.")
    return said.format(time=f"{crash.started.astimezone():%H:%M:%S}")


def _crash_of(folder: Path) -> Crash | None:
    """Write the report of the last run, None when it ended as it should."""
    mark = folder / MARK
    if not mark.exists():
        return None
    told, trace = _read(mark), _read(folder / TRACE)
    known = _members(told)
    started = known.get("started")
    found = moment.now()
    where = trace.strip() or "It left no trace: the process was ended from outside, or the computer stopped."
    lines = [
        "Newsroom Console ended without closing.",
        *(f"{name}: {value}" for name, value in known.items()),
        f"found: {moment.to_json(found)}",
        "",
        where,
    ]
    text = "\n".join(lines) + "\n"
    reports = folder / REPORTS
    reports.mkdir(exist_ok=True)
    report = reports / f"{found:%Y-%m-%dT%H-%M-%S}.txt"
    report.write_text(text, encoding="utf-8")
    for old in sorted(reports.glob("*.txt"))[:-_KEPT]:
        old.unlink()
    return Crash(None if started is None else moment.from_json(started), report, text)


def _members(told: str) -> dict[str, str]:
    """Read what a mark says; one that was being written when the computer stopped says nothing."""
    try:
        found = json.loads(told)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(_LARGEST)
    except OSError:
        return ""


def _versions() -> dict[str, str]:
    return {"console": _version("newsroom-console"), "python": sys.version.split()[0], "system": sys.platform}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
