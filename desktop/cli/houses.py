"""Commands about house profiles: list, check."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop.cli.command import Command, say
from desktop.page import house_check, profile


def _configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|list")
    check = actions.add_parser("check", help="say every sentence of a profile once, and name what is wrong in it")
    check.add_argument("file", type=Path)
    check.add_argument("--out", type=Path, metavar="DIR", help="also write a page worded by it, to be looked at")
    actions.add_parser("list", help="list the profiles that ship")


def _run(args: Namespace) -> int:
    return _check(args) if args.action == "check" else _list(args)


def _check(args: Namespace) -> int:
    report = house_check.check(args.file)
    result = {
        "name": report.name,
        "sound": report.is_sound,
        "missing": list(report.missing),
        "unknown": [key for key, _ in report.unknown],
        "unused": list(report.unused),
        "faults": list(report.faults),
        "said": {each.key: each.words for each in report.said},
    }
    verdict = f"{args.file.name} can word a page." if report.is_sound else f"{args.file.name} cannot word a page yet."
    say(args, result, "\n".join([*report.lines(), verdict]))
    if args.out is not None and report.house is not None:
        house_check.write_preview(report.house, args.out)
    return 0 if report.is_sound else 1


def _list(args: Namespace) -> int:
    names = sorted(profile.shipped_names())
    say(args, names, "\n".join(names))
    return 0


COMMANDS = {"house": Command(_run, _configure)}
