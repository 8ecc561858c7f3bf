"""Commands about coverages: import, list, show, export."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop.cli.command import Command, say
from desktop.cli.workspace import find_coverage, opened
from desktop.domain import moment
from desktop.domain.blocks import Embed, images
from desktop.exchange.files import ExportKind
from desktop.page.house import House


def _configure_import(parser: ArgumentParser) -> None:
    forms = "a page as text, a live blog's HTML or JSON-LD, an exported coverage.json, or an archive"
    parser.add_argument("file", type=Path, help=forms)
    parser.add_argument("--house", type=Path, metavar="FILE", help="the house profile that words the page")
    parser.add_argument("--title", metavar="T", help="the coverage's headline")


def _import(args: Namespace) -> int:
    house = House.lay_over(args.house) if args.house else None
    with opened(args, writes=True) as workspace:
        imported = workspace.import_file(args.file, house, args.title)
    blocks = [block for entry in imported.entries for block in entry.blocks]
    result = {
        "coverage": str(imported.coverage.id),
        "entries": len(imported.entries),
        "summary_points": len(imported.coverage.summary),
        "embeds": sum(isinstance(block, Embed) for block in blocks),
        "images": sum(len(images(block)) for block in blocks),
        "unplaced": [{"line": each.line, "text": each.text} for each in imported.unplaced],
    }
    words = (
        f"Imported “{imported.coverage.headline}”: {result['entries']} entries, {result['summary_points']} summary "
        f"points, {result['embeds']} embeds, {result['images']} pictures.\n"
    )
    words += "".join(
        f"Line {each.line} has no place of its own and was kept: {each.text}\n" for each in imported.unplaced
    )
    say(args, result, words + f"Coverage {imported.coverage.id}")
    return 0


def _list(args: Namespace) -> int:
    with opened(args, writes=False) as workspace:
        rows = workspace.coverages()
    result = [
        {"coverage": str(row.id), "headline": row.headline, "state": row.state, "entries": row.entries} for row in rows
    ]
    words = "\n".join(f"{row.id}  {row.state:8} {row.entries:6} entries  {row.headline}" for row in rows)
    say(args, result, words or "No coverage yet. “newsroom import FILE” takes one in.")
    return 0


def _configure_coverage(parser: ArgumentParser) -> None:
    parser.add_argument("coverage", help="a coverage's id, the start of one, or its headline")


def _show(args: Namespace) -> int:
    with opened(args, writes=False) as workspace:
        coverage = workspace.coverage(find_coverage(workspace, args.coverage))
        rows = workspace.timeline(coverage.id, None)
        house = workspace.house(coverage.id)
    result = {
        "coverage": str(coverage.id),
        "headline": coverage.headline,
        "zone": coverage.zone,
        "summary": [point.text for point in coverage.summary],
        "entries": [
            {"entry": str(row.id), "at": moment.to_json(row.at), "headline": row.headline, "status": row.status.value}
            for row in rows
        ],
    }
    lines = [coverage.headline, *(f"  • {point.text}" for point in coverage.summary)]
    lines += [
        f"{row.id}  {row.status.value:10} {row.headline}  ({house.published_at(row.at, coverage.zone)})" for row in rows
    ]
    say(args, result, "\n".join(lines))
    return 0


def _configure_export(parser: ArgumentParser) -> None:
    _configure_coverage(parser)
    parser.add_argument("--as", dest="kind", choices=[kind.value for kind in ExportKind], required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder that is written")
    parser.add_argument("--house", type=Path, metavar="FILE", help="a house profile to word it with instead")


def _export(args: Namespace) -> int:
    house = House.lay_over(args.house) if args.house else None
    with opened(args, writes=False) as workspace:
        coverage_id = find_coverage(workspace, args.coverage)
        written = workspace.export(coverage_id, ExportKind(args.kind), args.out, house)
    say(args, {"coverage": str(coverage_id), "file": str(written)}, f"Wrote {written}")
    return 0


COMMANDS = {
    "import": Command(_import, _configure_import),
    "list": Command(_list),
    "show": Command(_show, _configure_coverage),
    "export": Command(_export, _configure_export),
}
