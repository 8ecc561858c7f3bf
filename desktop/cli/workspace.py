"""The workspace a command works in, and what its arguments name there."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from desktop.cli.command import folder
from desktop.domain.problem import InvalidValue
from desktop.workspace import Workspace


@contextmanager
def opened(args: Namespace, *, writes: bool) -> Iterator[Workspace]:
    """Open the workspace folder asked for, and close it; writing while a window has it open raises StoreLocked."""
    workspace = Workspace.open(folder(args), writes=writes)
    try:
        yield workspace
    finally:
        workspace.close()


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
