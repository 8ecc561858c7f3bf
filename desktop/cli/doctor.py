"""The command that looks whether everything is well."""

import platform
import sqlite3
from argparse import ArgumentParser, Namespace
from importlib.metadata import version

from desktop.cli.command import Command, folder, say
from desktop.cli.workspace import opened
from desktop.domain.outbox import FAILED, WAITING
from desktop.domain.problem import Problem
from desktop.publish.credentials import Credentials
from desktop.store.lock import WorkspaceLock


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--rescue",
        action="store_true",
        help="move a damaged database aside, save what is whole of it",
    )


def _rescue(args: Namespace) -> int:
    """Save what can be read; refused while a window has the folder open."""
    from desktop.store.rescue import rescue  # noqa: PLC0415 - only a damaged workspace needs it

    lock = WorkspaceLock.acquire(folder(args))
    try:
        saved = rescue(folder(args))
    finally:
        lock.release()
    result = {"aside": str(saved.aside), "saved": saved.saved, "lost": list(saved.lost)}
    lines = [f"Saved {saved.saved} rows into a new database; the damaged one is {saved.aside}."]
    say(args, result, "\n".join([*lines, *(f"Lost: {what}" for what in saved.lost)]))
    return 0


def _doctor(args: Namespace) -> int:
    if args.rescue:
        return _rescue(args)
    looked_at = {
        "console": version("newsroom-console"),
        "python": platform.python_version(),
        "qt": version("PySide6"),
        "sqlite": sqlite3.sqlite_version,
        "folder": str(folder(args)),
    }
    troubles: list[str] = []
    try:
        with opened(args, writes=False) as workspace:
            looked_at["coverages"] = str(len(workspace.coverages()))
            looked_at["waiting"] = str(len(workspace.operations(states=WAITING)))
            looked_at["failed"] = str(len(workspace.operations(states=FAILED)))
            troubles += (f"The database is damaged: {what}." for what in workspace.store.check())
    except Problem as problem:
        troubles.append(str(problem))
    try:
        looked_at["keyring"] = Credentials().backend_name()
    except Problem as problem:
        looked_at["keyring"] = str(problem)
    lines = [f"{name:10} {value}" for name, value in looked_at.items()] + troubles
    say(args, {**looked_at, "troubles": troubles}, "\n".join([*lines, "All is well." if not troubles else ""]).rstrip())
    return 1 if troubles else 0


COMMANDS = {"doctor": Command(_doctor, _configure)}
