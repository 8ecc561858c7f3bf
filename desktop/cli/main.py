"""The command line: one table of commands, one way to tell a problem."""

import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Sequence
from importlib.metadata import version

from desktop.cli import coverages, doctor, endpoints, publishing, rehearse
from desktop.cli.command import Command
from desktop.domain.problem import Problem
from desktop.store.problems import StoreLocked

COMMANDS: tuple[Command, ...] = (
    *coverages.COMMANDS,
    *endpoints.COMMANDS,
    *publishing.COMMANDS,
    *rehearse.COMMANDS,
    *doctor.COMMANDS,
)

EXIT_PROBLEM = 1
EXIT_BUSY = 3
EXIT_INTERRUPTED = 130


def run(commands: Sequence[Command], arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when done, 1 on a problem, 2 on wrong usage, 3 when a window has the folder open."""
    args = _parser(commands).parse_args(arguments)
    command = next(each for each in commands if each.name == args.command)
    try:
        return command.run(args)
    except StoreLocked as problem:
        sys.stderr.write(f"newsroom: {problem}\n")
        return EXIT_BUSY
    except Problem as problem:
        sys.stderr.write(f"newsroom: {problem}\n")
        return EXIT_PROBLEM
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _parser(commands: Sequence[Command]) -> ArgumentParser:
    parser = ArgumentParser("newsroom", description="The desk for the people who run live pages.")
    parser.add_argument("--version", action="version", version=f"Newsroom Console {version('newsroom-console')}")
    parser.set_defaults(data=None, json=False)
    _common(parser)
    # The same two options after the command's name, without undoing what stood before it.
    common = ArgumentParser(add_help=False)
    _common(common)
    rows = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        command.configure(rows.add_parser(command.name, help=command.summary, parents=[common]))
    return parser


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", default=SUPPRESS, help="the workspace folder")
    parser.add_argument("--json", action="store_true", default=SUPPRESS, help="print the result as JSON")
