"""The command line: one table of commands, one way to tell a problem.

A command's module is imported when the command is asked for: the window's own command must not wait for the others.
"""

import sys
from argparse import REMAINDER, SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Final

from desktop.domain.problem import InUse, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the command table: what the command is for, and the module whose COMMANDS hold it."""

    summary: str
    module: str


TABLE: Final[Mapping[str, Row]] = {
    "import": Row("take a page in from text, HTML, JSON or an archive", "desktop.cli.coverages"),
    "list": Row("list the coverages", "desktop.cli.coverages"),
    "show": Row("show a coverage's summary and entries", "desktop.cli.coverages"),
    "export": Row("write a coverage as a site, text, feed, data, mail or archive", "desktop.cli.coverages"),
    "house": Row("check a house profile, or list those that ship", "desktop.cli.houses"),
    "endpoint": Row("add, test, list or remove an endpoint; try the contract on anybody's", "desktop.cli.endpoints"),
    "publish": Row("publish every ready entry, and print a receipt per operation", "desktop.cli.publishing"),
    "correct": Row("correct a live entry, and tell readers what was wrong", "desktop.cli.publishing"),
    "withdraw": Row("take an entry back from readers, with a reason", "desktop.cli.publishing"),
    "outbox": Row("list what waits to be sent, and hold, send, move, discard or pause", "desktop.cli.receipts"),
    "receipts": Row("search what was sent, and which answer it had", "desktop.cli.receipts"),
    "rehearse": Row("serve a rehearsal endpoint on this computer", "desktop.cli.rehearse"),
    "doctor": Row("look whether the workspace and what it needs are well", "desktop.cli.doctor"),
}

EXIT_PROBLEM: Final = 1
EXIT_BUSY: Final = 3
EXIT_INTERRUPTED: Final = 130


def run(table: Mapping[str, Row], arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when done, 1 on a problem, 2 on wrong usage, 3 when a window has the folder open."""
    chosen = _parser(table).parse_args(arguments)
    command = import_module(table[chosen.command].module).COMMANDS[chosen.command]
    # The common options may stand anywhere, also behind a command of a command.
    common = ArgumentParser(add_help=False, allow_abbrev=False)
    _common(common)
    _, rest = common.parse_known_args(chosen.arguments, chosen)
    parser = ArgumentParser(f"newsroom {chosen.command}", description=f"{table[chosen.command].summary}.".capitalize())
    command.configure(parser)
    args = parser.parse_args(rest, chosen)
    try:
        return int(command.run(args))
    except Problem as problem:
        sys.stderr.write(f"newsroom: {problem}\n")
        return EXIT_BUSY if isinstance(problem, InUse) else EXIT_PROBLEM
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _parser(table: Mapping[str, Row]) -> ArgumentParser:
    commands = "\n".join(f"  {name:10}  {row.summary}" for name, row in table.items())
    parser = ArgumentParser(
        "newsroom",
        usage="newsroom [--data DIR] [--json] COMMAND ...",
        description="The desk for the people who run live pages.",
        epilog=f"commands:\n{commands}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Newsroom Console {version('newsroom-console')}")
    parser.set_defaults(data=None, json=False)
    _common(parser)
    parser.add_argument("command", choices=table, metavar="COMMAND", help=SUPPRESS)
    parser.add_argument("arguments", nargs=REMAINDER, help=SUPPRESS)
    return parser


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", default=SUPPRESS, help="the workspace folder")
    parser.add_argument("--json", action="store_true", default=SUPPRESS, help="print the result as JSON")
