"""Commands over the outbox and its journal: receipts, outbox."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from desktop.cli.command import Command, say
from desktop.cli.workspace import find_coverage, opened, read_id
from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationState
from desktop.domain.problem import InvalidValue
from desktop.publish import journal
from desktop.store.journal import Search
from desktop.workspace import Workspace

_MOST = 100_000


def _configure_receipts(parser: ArgumentParser) -> None:
    parser.add_argument("coverage", nargs="?", help="only of this coverage")
    parser.add_argument("--search", default="", metavar="WORDS", help="words that all must stand in a row")
    parser.add_argument("--to", metavar="NAME", help="only of this endpoint")
    parser.add_argument("--entry", metavar="ID", help="only of this entry")
    parser.add_argument("--outcome", default="", choices=["", *OperationState], metavar="O", help="such as refused")
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="only of this day, in the coverage's zone, else in UTC")
    parser.add_argument("--as", dest="form", choices=["words", "csv", "json"], default="words")


def _receipts(args: Namespace) -> int:
    with opened(args, writes=False) as workspace:
        coverage_id = find_coverage(workspace, args.coverage) if args.coverage else None
        zone = moment.zone(workspace.coverage(coverage_id).zone if coverage_id else "UTC")
        since, until = _day(args.day, zone)
        wanted = Search(
            words=args.search,
            coverage_id=coverage_id,
            endpoint_id=_endpoint(workspace, args.to).id if args.to else None,
            entry_id=read_id(args.entry) if args.entry else None,
            outcome=args.outcome,
            since=since,
            until=until,
        )
        names = {each.id: each.name for each in workspace.endpoints()}
        written = journal.rows(workspace.journal(wanted, _MOST), names)
    args.json = args.json or args.form == "json"
    if args.form == "csv":
        say(args, written, journal.as_csv(written).rstrip())
        return 0
    shown = ("at", "outcome", "kind", "endpoint", "by", "headline", "detail")
    lines = ["  ".join(row[name] for name in shown if row[name]) for row in written]
    say(args, {"receipts": written}, "\n".join(lines) or "No receipt fits.")
    return 0


def _configure_outbox(parser: ArgumentParser) -> None:
    parser.add_argument(
        "deed",
        nargs="?",
        default="list",
        choices=["list", "send", "hold", "discard", "first", "last", "pause", "resume"],
        help="list (the default), or what to do with an item, or with an endpoint: pause, resume",
    )
    parser.add_argument("what", nargs="*", metavar="ID", help="items by id, or held for all that is held")
    parser.add_argument("--to", metavar="NAME", help="the endpoint to list, pause or resume")
    parser.add_argument("--on-air", action="store_true", help="say that this may go to readers")


def _outbox(args: Namespace) -> int:
    """Look at what waits, or decide about it; what is let go is sent by the next `publish`, or by an open window."""
    with opened(args, writes=args.deed != "list") as workspace:
        if args.deed in {"pause", "resume"}:
            if not args.to:
                message = "Say which endpoint, with --to."
                raise InvalidValue(message)
            endpoint = _endpoint(workspace, args.to)
            (workspace.pause if args.deed == "pause" else workspace.resume)(endpoint.id)
        decisions: dict[str, Callable[[UUID], None]] = {
            "send": partial(workspace.retry, on_air=args.on_air),
            "hold": workspace.hold,
            "discard": workspace.discard,
            "first": workspace.send_first,
            "last": workspace.send_last,
        }
        if args.deed in decisions:
            for operation_id in _chosen(workspace, args.what):
                decisions[args.deed](operation_id)
        endpoints = [_endpoint(workspace, args.to)] if args.to else list(workspace.endpoints())
        paused = [each.name for each in endpoints if workspace.is_paused(each.id)]
        left = [
            (each, operation)
            for each in endpoints
            for operation in workspace.operations(endpoint_id=each.id, states=WAITING | PARKED)
        ]
    items = [_item(endpoint, operation) for endpoint, operation in left]
    lines = [f"Paused: {name}" for name in paused]
    shown = ("id", "state", "kind", "endpoint", "reason")
    lines += ["  ".join(item[name] for name in shown if item[name]) for item in items]
    say(args, {"paused": paused, "items": items}, "\n".join(lines) or "The outbox is empty.")
    return 0


def _chosen(workspace: Workspace, written: Sequence[str]) -> list[UUID]:
    if written == ["held"]:
        return [each.id for each in workspace.operations(states={OperationState.HELD})]
    if not written:
        message = "Say which items, by their ids, or held for all that is held."
        raise InvalidValue(message)
    return [read_id(each) for each in written]


def _item(endpoint: Endpoint, operation: Operation) -> dict[str, str]:
    return {
        "id": str(operation.id),
        "state": operation.state.value,
        "kind": operation.kind.value,
        "target": str(operation.target_id),
        "endpoint": endpoint.name,
        "made_at": moment.to_json(operation.made_at),
        "reason": operation.reason,
    }


def _endpoint(workspace: Workspace, name: str) -> Endpoint:
    with workspace.store.read() as reading:
        return reading.endpoint_named(name)


def _day(written: str | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Return the first moment of a day and of the next."""
    if written is None:
        return None, None
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        message = f"“{written[:20]}” is not a day, such as 2026-03-14."
        raise InvalidValue(message) from error
    first, following = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    return moment.to_utc(first), moment.to_utc(following)


COMMANDS = {
    "receipts": Command(_receipts, _configure_receipts),
    "outbox": Command(_outbox, _configure_outbox),
}
