"""The command that opens the console."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.command import Command, folder
from ui.start import run

if TYPE_CHECKING:  # imported after the first paint
    from ui.app import Console


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a page to bring in")
    parser.add_argument("--offscreen", action="store_true", help="run without a display")
    parser.add_argument("--sample", action="store_true", help="open the sample page")


def _open(args: Namespace) -> int:
    journey = _with_sample if args.sample else None
    return run(folder(args), args.files, offscreen=args.offscreen, journey=journey)


async def _with_sample(console: "Console") -> int:
    console.window.sheets.try_sample()
    await console.closing()
    return 0


COMMANDS = {"open": Command(_open, _configure)}
