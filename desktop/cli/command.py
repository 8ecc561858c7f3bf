"""One command of `newsroom`: its name, its arguments, what it does."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
