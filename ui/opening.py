"""The command that opens the console."""

from argparse import ArgumentParser, Namespace

from desktop.cli.command import Command, folder
from ui.app import Console, run


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--offscreen", action="store_true", help="run without a display")
    parser.add_argument("--sample", action="store_true", help="open the sample page")


def _open(args: Namespace) -> int:
    return run(folder(args), offscreen=args.offscreen, journey=_with_sample if args.sample else None)


async def _with_sample(console: Console) -> int:
    console.window.sheets.try_sample()
    await console.closing()
    return 0


COMMANDS = {"open": Command(_open, _configure)}
