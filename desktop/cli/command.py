"""One command of `newsroom`: its name, its arguments, what it does."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.domain.problem import InvalidValue
from desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does, and which arguments it takes. `run` returns the exit code; it may raise a Problem."""

    run: Callable[[Namespace], int]
    configure: Callable[[ArgumentParser], None] = lambda _: None


def say(args: Namespace, value: Any, words: str) -> None:
    """Print a result: as one JSON line with --json, else in words."""
    line = json.dumps(value, ensure_ascii=False) if args.json else words
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def folder(args: Namespace) -> Path:
    """Return the workspace folder asked for, or the one of this computer's account."""
    if args.data is not None:
        return Path(args.data)
    import platformdirs  # noqa: PLC0415 - most commands are given a folder

    return platformdirs.user_data_path("Newsroom Console", appauthor=False)


def open_workspace(args: Namespace, *, writes: bool) -> Workspace:
    """Open the workspace folder asked for; writing while a window has it open raises StoreLocked."""
    return Workspace.open(folder(args), writes=writes)


def find_coverage(workspace: Workspace, wanted: str) -> UUID:
    """Find a coverage by id, by the start of one, or by its headline; none or several raise InvalidValue."""
    rows = workspace.coverages()
    found = [row.id for row in rows if row.headline == wanted or (wanted and str(row.id).startswith(wanted.lower()))]
    if len(found) != 1:
        message = f"{'No coverage' if not found else 'More than one coverage'} is called “{wanted[:60]}”."
        raise InvalidValue(message, next_action="“newsroom list” shows what is there.")
    return found[0]


def read_id(wanted: str) -> UUID:
    """Read an entry's id from the command line."""
    try:
        return UUID(wanted)
    except ValueError as error:
        message = f"“{wanted[:40]}” is not an entry's id."
        raise InvalidValue(message, next_action="“newsroom show COVERAGE” lists them.") from error
